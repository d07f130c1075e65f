"""Reads about immediate safety actions and learning shared at once. Rule 6.1."""

from uuid import UUID

from django.db.models import QuerySet

from cspr.cases.models import Case
from cspr.people.models import Membership
from rapid_reviews.models import LearningShared, RapidReview, SafetyAction
from rapid_reviews.options.safety import ActionStatus


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


def actions_waiting(acting: Membership, *, limit: int = 200) -> "QuerySet[SafetyAction]":
    """Actions to be done on the cases this person may open, the earliest due first."""
    visible = Case.objects.visible_to(acting).filter(partnership_id=acting.partnership_id)
    rows = SafetyAction.objects.filter(status=ActionStatus.TO_DO, review__case__in=visible)
    return rows.select_related("review__case").order_by("due_on")[:limit]
