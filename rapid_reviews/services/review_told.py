"""Telling the Panel, Ofsted and the Department for Education whether a local review will be held (clock C7)."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from cspr.audit.recording import recorded
from cspr.cases.models import Case
from cspr.deadlines import services as deadlines
from cspr.deadlines.models import OPEN, Deadline
from cspr.dispatch.models import Telling, TellingKind
from cspr.dispatch.services import To, stop_telling, tell
from cspr.now import london_day
from cspr.people.models import Body, BodyKind, Membership
from cspr.people.selectors import body_in_force
from rapid_reviews.models import RapidReview
from rapid_reviews.options.review import Outcome
from rapid_reviews.workflow.content import current_proposal

C7 = "C7"
TO_TELL = (BodyKind.PANEL, BodyKind.OFSTED, BodyKind.SECRETARY_OF_STATE)


@recorded
def tell_what_was_decided(review: RapidReview, *, at: datetime, by: Membership) -> list[Telling]:
    """Once the partners decided to hold a local review: start C7 and ask that each body be told, one by one.

    Each decision to hold one is told, with its own clock. After another decision, whoever had been told of a local
    review is told that it will not be held.
    """
    proposal = current_proposal(review)
    if proposal is None or proposal.outcome != Outcome.LOCAL_REVIEW:
        return tell_that_it_is_not_held(review, by=by)
    subject = f"v{proposal.version}" if Deadline.objects.filter(case=review.case, clock=C7).exists() else ""
    deadline = deadlines.start(review.case, clock=C7, subject=subject, moment=at, by=by)
    named = f"Reviewer: {proposal.reviewer_name}" if proposal.reviewer_name else ""
    bodies = [body_in_force(kind, london_day(at)) for kind in TO_TELL]
    return [
        tell(
            review.case,
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
def tell_that_it_is_not_held(review: RapidReview, *, by: Membership) -> list[Telling]:
    """Ask that each body told last that a local review will be held be told that it will not."""
    return [
        tell(review.case, what=TellingKind.REVIEW_NOT_HELD, to=To.body_named(body), by=by)
        for body in _told_of_one(Telling.objects.filter(case=review.case).select_related("body"))
    ]


def _told_of_one(tellings: Iterable[Telling]) -> list[Body]:
    last: dict[Body, str] = {}
    told = [one for one in tellings if one.told_at is not None and one.body is not None]
    for one in sorted(told, key=lambda one: one.told_at):  # type: ignore[arg-type,return-value]
        if one.what in {TellingKind.REVIEW_DECIDED, TellingKind.REVIEW_NOT_HELD}:
            last[one.body] = one.what  # type: ignore[index]
    return [body for body, what in last.items() if what == TellingKind.REVIEW_DECIDED]


@recorded
def no_longer_told(review: RapidReview, *, by: Membership, reason: str) -> None:
    """The decision was taken back before everybody was told: nobody else is told, and C7 no longer runs."""
    for deadline in _running(review.case):
        deadlines.withdraw(review.case, clock=C7, subject=deadline.subject, by=by, reason=reason)
    for telling in Telling.objects.filter(case=review.case, clock=C7, status__in=Telling.OPEN):
        stop_telling(telling, by=by, reason=reason)


@recorded
def all_told(case: Case, *, clock: str, at: datetime, by: Membership) -> None:
    """Everybody was told of the decision that stands: its clock is met."""
    for deadline in _running(case):
        deadlines.meet(case, clock=clock, subject=deadline.subject, at=at, by=by)


def _running(case: Case) -> "QuerySet[Deadline]":
    return Deadline.objects.filter(OPEN, case=case, clock=C7)
