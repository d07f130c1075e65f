"""Reads about the family of a review: who they are, what each was told, what waits. Rule 5.3."""

from uuid import UUID

from django.db.models import QuerySet

from rapid_reviews.models import FamilyPerson, RapidReview
from rapid_reviews.workflow.family import waits_for_the_decision


def people_of(review: RapidReview) -> "QuerySet[FamilyPerson]":
    """The family, those who are contacted together beside each other, with all that is recorded: two queries."""
    rows = FamilyPerson.objects.filter(review=review).select_related("review__case")
    return rows.prefetch_related("contacts__recorded_by__user").order_by("side", "added_at")


def find_person(review: RapidReview, person_id: UUID) -> FamilyPerson | None:
    return people_of(review).filter(pk=person_id).first()


def untold(review: RapidReview) -> list[FamilyPerson]:
    """Of whom neither is recorded that they were told the decision nor why not."""
    return [one for one in people_of(review) if waits_for_the_decision(one)]
