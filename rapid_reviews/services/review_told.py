"""Telling the Panel, Ofsted and the Department for Education that a local review will be held (clock C7)."""

from datetime import datetime

from django.db.models import QuerySet

from cspr.audit.recording import recorded
from cspr.cases.models import Case
from cspr.deadlines import services as deadlines
from cspr.dispatch.models import Telling, TellingKind
from cspr.dispatch.services import To, stop_telling, tell
from cspr.now import london_day
from cspr.people.models import BodyKind, Membership
from cspr.people.selectors import body_in_force
from rapid_reviews.models import RapidReview
from rapid_reviews.options.review import Outcome
from rapid_reviews.workflow.content import current_proposal

C7 = "C7"
TO_TELL = (BodyKind.PANEL, BodyKind.OFSTED, BodyKind.SECRETARY_OF_STATE)


@recorded
def tell_of_local_review(review: RapidReview, *, at: datetime, by: Membership) -> list[Telling]:
    """Once the partners decided to hold a local review: start C7 and ask that each body be told, one by one.

    Another decision, or one told of before, asks nothing.
    """
    case, proposal = review.case, current_proposal(review)
    if proposal is None or proposal.outcome != Outcome.LOCAL_REVIEW or deadlines.running(case, C7):
        return []
    deadline = deadlines.start(case, clock=C7, moment=at, by=by)
    named = f"Reviewer: {proposal.reviewer_name}" if proposal.reviewer_name else ""
    bodies = [body_in_force(kind, london_day(at)) for kind in TO_TELL]
    return [
        tell(
            case,
            what=TellingKind.REVIEW_DECIDED,
            to=To.body_named(body),
            by=by,
            clock=C7,
            until=deadline.due_on,
            note=named,
        )
        for body in bodies
        if body is not None
    ]


@recorded
def no_longer_told(review: RapidReview, *, by: Membership, reason: str) -> None:
    """The decision was taken back before everybody was told: nobody else is told, and C7 no longer runs."""
    deadlines.withdraw(review.case, clock=C7, by=by, reason=reason)
    for telling in _waiting(review.case):
        stop_telling(telling, by=by, reason=reason)


def _waiting(case: Case) -> "QuerySet[Telling]":
    return Telling.objects.filter(case=case, clock=C7, status__in=Telling.OPEN)
