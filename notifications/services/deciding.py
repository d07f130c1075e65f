"""Verbs of the local authority's decision (rules 4.2, 4.3): decide with dissent on record, open again."""

from cspr.audit.recording import recorded
from cspr.decisions import services as decisions
from cspr.decisions.models import Answer
from cspr.engine import apply
from cspr.people.models import Membership
from cspr.workflow import AlreadyDone, Refused
from notifications.models import Incident
from notifications.selectors import incident as incidents
from notifications.services.incident_clocks import settle_clocks
from notifications.services.notification import open_pack
from notifications.services.outcomes import tell_referrers
from notifications.services.tellings import tell_of_incident
from notifications.workflow.incident import DECISIONS, REOPEN

NOT_NOTIFIABLE_REASON = "It was decided that the incident is not notifiable"
NO_DECISION = {"decided_at": None, "decided_by": None, "outcome": ""}


@recorded
def decide(
    incident: Incident,
    *,
    by: Membership,
    outcome: Answer,
    rationale: str,
    referrer_reason: str,
    without_view_reason: str = "",
) -> Incident:
    """Decide to notify or not (4.3). Views that differ stay as dissent; a missing view needs a reason.

    Meets C4. To notify tells the three partners and other areas one by one (C2) and opens the pack; not to notify
    withdraws C1 and C2, and C3 unless a death has to be told whatever was decided. ``referrer_reason`` is what the
    referring agencies read. Raises AlreadyDone when a colleague decided first.
    """
    locked = incidents.locked(incident)
    if locked.decided_by is not None and locked.decided_by.user_id != by.user_id:
        raise AlreadyDone(by=locked.decided_by, what="The decision")
    if locked.outcome == outcome:
        return locked
    if not referrer_reason.strip():
        raise Refused(fields={"referrer_reason": "Enter what the referring agencies should be told"})

    def settle(decided: Incident) -> None:
        _settle(decided, by=by, outcome=outcome, rationale=rationale, without_view_reason=without_view_reason)

    changes = {"outcome": outcome, "_history_user": by.user}
    decided = apply(locked, DECISIONS[outcome], by=by, reason=rationale, changes=changes, write=settle)
    settle_clocks(decided, by=by, reason=NOT_NOTIFIABLE_REASON)
    if decided.is_to_be_sent:
        open_pack(decided, by=by)
    if outcome == Answer.YES:
        tell_of_incident(decided, by=by)
    tell_referrers(decided, reason=referrer_reason, by=by)
    return decided


def _settle(
    incident: Incident, *, by: Membership, outcome: Answer, rationale: str, without_view_reason: str
) -> None:
    """Record the decision on the question; where the authority gave no view before, its decision is its view."""
    decision = incidents.open_question(incident.case, lock=True)
    if decision is None:
        raise Refused("There is no question open now.")
    if not rationale.strip():
        raise Refused(fields={"rationale": "Enter the reason for the decision"})
    if by.partner in decisions.missing_partners(decision):
        decisions.give_view(decision, by=by, answer=outcome, reason=rationale)
    decisions.settle(
        decision, by=by, outcome=outcome, rationale=rationale, without_view_reason=without_view_reason
    )


@recorded
def reopen(incident: Incident, *, by: Membership, reason: str) -> Incident:
    """Open an incident that was found not notifiable again, because of new information: the manager's act.

    The clocks run again from the recorded awareness, the cautious reading; a later one is a correction with its reason.
    """
    locked = incidents.locked(incident)
    changes = {**NO_DECISION, "_history_user": by.user}
    opened = apply(locked, REOPEN, by=by, reason=reason, changes=changes)
    settle_clocks(opened, by=by, reason=reason)
    return opened
