"""Sentences of an incident's events. They name steps, moments and routes, never what a referral says."""

SENTENCES = {
    "incident.opened": "The incident was opened by referral {referral}",
    "incident.record_dates": "The dates of the incident were recorded",
    "incident.record_awareness": "It was recorded that the local authority became aware on {moment}: {person}",
    "incident.correct_awareness": "The moment of awareness was corrected from {before} to {moment}: {reason}",
    "incident.correct_awareness_later": "The moment of awareness was corrected from {before} to {moment}: {reason}",
    "incident.answer_test": "A test was answered: {test}",
    "incident.confirm_route": "Route {route} was confirmed: {reason}",
    "incident.request_views": "The three partners were asked whether the incident is notifiable",
    "incident.take_back": "The question to the partners was taken back: {reason}",
    "incident.decide_notifiable": "The local authority decided to notify: {reason}",
    "incident.decide_not_notifiable": "The local authority decided not to notify: {reason}",
    "incident.reopen": "The incident was opened again: {reason}",
    "incident.link": "The incident was joined to {into}: {reason}",
    "incident.joined": "Case {source} was joined to this one: {reason}",
    "incident.mark_notified": "The incident was notified",
    "incident.area_added": "Another area was named: {area}",
    "incident.area_removed": "An area was taken off: {area}",
    "referral.outcome_changed": "A later outcome of referral {reference} was recorded: {outcome}",
}
