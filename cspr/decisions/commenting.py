"""The verb of a comment on a decision, by somebody who has no vote on it (roles.md: the independent scrutineer)."""

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.decisions.models import Comment, Decision
from cspr.now import now
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import Refused


def comment_refusal(decision: Decision, by: Membership) -> str | None:
    """Why this person may not comment on this decision, as a sentence; None when they may."""
    if not can(by, Permission.COMMENT_ON_DECISION) or by.partnership_id != decision.case.partnership_id:
        return f"This is not yours to do: it needs {Permission.COMMENT_ON_DECISION.whose}."
    if not Case.objects.visible_to(by).filter(pk=decision.case_id).exists():
        return NOT_OPEN_TO_YOU
    return None


@recorded
def comment(decision: Decision, *, by: Membership, text: str) -> Comment:
    """Keep a comment beside the decision, whatever its state. The same words by one person twice are one comment."""
    locked = Decision.objects.select_for_update(of=("self",)).select_related("case").get(pk=decision.pk)
    refusal = comment_refusal(locked, by)
    if refusal:
        raise Refused(refusal)
    if not text.strip():
        raise Refused(fields={"text": "Enter your comment"})
    already = Comment.objects.filter(decision=locked, given_by=by, text=text).first()
    if already is not None:
        return already
    given = Comment(decision=locked, text=text, given_at=now(), given_by=by)
    given.save(force_insert=True)
    detail = {"question": locked.get_question_display()}
    record("decision.commented", by=by, subject=locked, case=locked.case, detail=detail)
    return given
