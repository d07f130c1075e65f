"""Sentences of the review's events. They name steps, sections and answers, never what a section says."""

SENTENCES = {
    "rapidreview.opened": "The rapid review was opened by the notification {system_reference}",
    "rapidreview.section_saved": "A section of the rapid review was written: {section}",
    "rapidreview.criterion_answered": "A criterion was answered: {criterion}",
    "rapidreview.proposal_written": "The proposed decision was written: {outcome}",
    "rapidreview.put_to_partners": "The rapid review was put to the three partners, version {version}",
    "rapidreview.take_back": "The rapid review was taken back from the partners: {reason}",
    "rapidreview.complete_signing": "All three partners signed the rapid review",
    "rapidreview.uphold": "The lead safeguarding partners upheld the rapid review: {reason}",
    "rapidreview.send_back": "The lead safeguarding partners sent the rapid review back: {reason}",
    "rapidreview.redecide": "The decision is to be taken again: {reason}",
    "rapidreview.escalated": "The rapid review was escalated to the lead safeguarding partners: {why}",
    "rapidreview.lead_answered": "The lead safeguarding partner for the {partner} answered: {answer}",
}
