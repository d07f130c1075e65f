"""Reads about immediate safety actions and learning shared at once. Rule 6.1."""

from uuid import UUID

from django.db.models import QuerySet

from rapid_reviews.models import LearningShared, RapidReview, SafetyAction


def actions_of(review: RapidReview) -> "QuerySet[SafetyAction]":
    """The actions, those to be done first, the earliest due on top."""
    rows = SafetyAction.objects.filter(review=review).select_related(
        "review__case", "added_by__user", "done_by__user", "dropped_by__user"
    )
    return rows.order_by("-status", "due_on", "added_at")


def find_action(review: RapidReview, action_id: UUID) -> SafetyAction | None:
    return actions_of(review).filter(pk=action_id).first()


def learning_of(review: RapidReview) -> "QuerySet[LearningShared]":
    return LearningShared.objects.filter(review=review).select_related("recorded_by__user")
