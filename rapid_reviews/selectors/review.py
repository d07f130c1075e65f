"""Reads about a rapid review: the one of a case, the row locked for writing."""

from django.db.models import QuerySet

from cspr.cases.models import Case
from cspr.people.models import Membership
from rapid_reviews.models import RapidReview

WITH = ("case__partnership", "notification__incident", "put_by__user", "signed_by__user", "opened_by__user")


def reviews() -> "QuerySet[RapidReview]":
    return RapidReview.objects.select_related(*WITH).prefetch_related("sections", "criteria", "proposals")


def find_review(case: Case) -> RapidReview | None:
    """The rapid review of a case, where one is open, with all that is written in it; the case keeps it."""
    found = reviews().filter(case=case).first()
    if found is not None:
        found.case = case
    return found


def with_review(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """The cases with the rapid review of each, where one is open, in the same statement."""
    return cases.select_related("rapid_review")


def review_of(case: Case) -> RapidReview | None:
    """The same without what is written in it: asked for once, or not where it came with the case."""
    found: RapidReview | None = getattr(case, "rapid_review", None)
    return found


def locked(review: RapidReview) -> RapidReview:
    """The row, locked for writing. Every verb on a review, its sections or its signatures locks it first."""
    return reviews().select_for_update(of=("self",)).get(pk=review.pk)


def hold_walls(case: Case) -> None:
    """Lock the case as ``wall_off`` does: a wall raised at this second is seen already, or waits until all is done."""
    Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.merged_into_id or case.pk)


def comes_to(review: RapidReview, by: Membership) -> bool:
    """Whether a person may record what the Panel wrote: the case is open to them, or it was sent to the Panel's own."""
    if by.is_panel:
        return bool(RapidReview.objects.sent_to(by).filter(pk=review.pk).exists())
    return reaches(review.case, by)


def reaches(case: Case, by: Membership) -> bool:
    """Whether a person may open the case now: a wall raised since the page was opened counts (roles.md)."""
    return Case.objects.visible_to(by).filter(pk=case.pk).exists()
