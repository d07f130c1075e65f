"""Reads about a national review the Panel holds: its letters, what was recorded of it since. Rule 7.2."""

from datetime import date

from django.db.models import QuerySet

from cspr.now import london_day
from rapid_reviews.models import NationalConsidered, NationalScope, PanelAnswer, RapidReview, SecretaryTold
from rapid_reviews.options.sending import PanelAnswerKind

WHO = ("recorded_by__user", "recorded_by__partnership", "recorded_by__body")


def national_letters(review: RapidReview) -> "QuerySet[PanelAnswer]":
    """The Panel's letters that say it will hold a national review, the first one first."""
    rows = PanelAnswer.objects.filter(sent__review=review, kind=PanelAnswerKind.NATIONAL_REVIEW)
    found = rows.select_related("sent__review", "received_by__user", "replied_by__user", "reply_document")
    return found.prefetch_related(
        "letter__versions", *(f"considered__{one}" for one in WHO)
    ).order_by("received_at")  # fmt: skip


def told_of_it_on(review: RapidReview) -> date | None:
    """The day the Panel's first such letter came; None where there is none."""
    first = national_letters(review).values_list("received_at", flat=True).first()
    return london_day(first) if first else None


def considered(answer: PanelAnswer) -> "QuerySet[NationalConsidered]":
    """What was recorded of a letter's criteria and circumstances, the entry that stands first."""
    return NationalConsidered.objects.filter(answer=answer).select_related(*WHO).order_by("-recorded_at")


def discussions(review: RapidReview) -> "QuerySet[NationalScope]":
    """Scope and method as they were discussed, the entry made last first."""
    return NationalScope.objects.filter(review=review).select_related(*WHO).order_by("-recorded_at")


def secretary_told(review: RapidReview) -> "QuerySet[SecretaryTold]":
    """What was recorded of telling the Secretary of State, the entry that stands first."""
    return SecretaryTold.objects.filter(review=review).select_related(*WHO).order_by("-recorded_at")
