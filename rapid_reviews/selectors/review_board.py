"""Rapid reviews that wait, for partners or for the Panel, with what a board row needs, in a fixed number of queries."""

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from cspr.deadlines.models import OPEN, Deadline
from cspr.decisions.models import Decision, DecisionStatus, Question
from cspr.people.models import Membership
from rapid_reviews.models import Escalation, RapidReview, SentReview
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.selectors.review import reviews_in

WAITING = (ReviewStatus.GATHERING, ReviewStatus.WITH_PARTNERS, ReviewStatus.SIGNED)


def waiting_reviews(acting: Membership) -> "QuerySet[RapidReview]":
    """Reviews not sent yet of the cases this person may open, each with ``due_on``, the day C5 is due."""
    return reviews_in(*WAITING, to=acting).annotate(due_on=_due_on("C5"))


def _due_on(clock: str) -> Subquery:
    running = Deadline.objects.filter(OPEN, case=OuterRef("case"), clock=clock)
    return Subquery(running.values("due_on")[:1])


def reviews_sent(acting: Membership) -> "QuerySet[RapidReview]":
    """Reviews of which a version went to the Panel, each with ``reply_expected_on``, the day of C8 (a chase)."""
    found = reviews_in(*WAITING, ReviewStatus.SENT, ReviewStatus.ANSWERED, to=acting)
    return found.filter(sent_at__isnull=False).annotate(reply_expected_on=_due_on("C8"))


def sendings_of(found: Iterable[RapidReview]) -> dict[object, list[SentReview]]:
    """Each review's sendings with the Panel's answers, the latest first."""
    rows = SentReview.objects.filter(review__in=[one.pk for one in found])
    sendings: dict[object, list[SentReview]] = {}
    for one in rows.prefetch_related("panel_answers").order_by("-sent_at", "-recorded_at"):
        sendings.setdefault(one.review_id, []).append(one)
    return sendings


def open_versions(found: Iterable[RapidReview]) -> dict[object, Decision]:
    """The version before the partners of each review's case, with its signatures."""
    cases = [one.case_id for one in found if one.status == ReviewStatus.WITH_PARTNERS]
    rows = Decision.objects.filter(
        case__in=cases, question=Question.RAPID_REVIEW, status=DecisionStatus.OPEN
    ).select_related("asked_by__user")
    return {one.case_id: one for one in rows.prefetch_related("sign_offs")}


def open_escalations(found: Iterable[RapidReview]) -> dict[object, Escalation]:
    """The escalation that waits for the lead partners, by case."""
    rows = Escalation.objects.filter(review__in=[one.pk for one in found], outcome="").select_related(
        "review"
    )
    return {one.review.case_id: one for one in rows.prefetch_related("answers")}
