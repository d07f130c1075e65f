"""The verb that takes back a decision already settled: its signatures no longer stand for what is now proposed."""

from cspr.audit.recording import record, recorded
from cspr.decisions.models import Decision, DecisionStatus
from cspr.now import now
from cspr.people.models import Membership
from cspr.workflow import Refused


@recorded
def take_back_settled(decision: Decision, *, by: Membership, reason: str) -> Decision:
    """Mark a settled version as taken back. Outcome, signatures and dissent stay readable in it."""
    locked = Decision.objects.select_for_update(of=("self",)).select_related("case").get(pk=decision.pk)
    if locked.status != DecisionStatus.SETTLED:
        raise Refused("Only a decision that was taken can be taken back.")
    locked.status, locked.taken_back_reason = DecisionStatus.TAKEN_BACK, reason
    locked.taken_back_at, locked.taken_back_by = now(), by
    locked.save()
    detail = {"question": locked.get_question_display(), "reason": reason}
    record("decision.taken_back", by=by, subject=locked, case=locked.case, detail=detail)
    return locked
