"""Reads about the family of a review: who they are, what each was told, what waits. Rule 5.3."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from cspr.cases.models import Case
from cspr.people.models import Membership
from rapid_reviews.models import FamilyContact, FamilyPerson, RapidReview
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.workflow.family import latest, waits_for_the_decision

DECIDED = (ReviewStatus.SIGNED, ReviewStatus.SENT, ReviewStatus.ANSWERED)


def people_of(review: RapidReview) -> "QuerySet[FamilyPerson]":
    """The family, those who are contacted together beside each other, with all that is recorded: two queries."""
    rows = FamilyPerson.objects.filter(review=review).select_related("review__case")
    return rows.prefetch_related("contacts__recorded_by__user").order_by("side", "added_at")


def find_person(review: RapidReview, person_id: UUID) -> FamilyPerson | None:
    return people_of(review).filter(pk=person_id).first()


def untold(review: RapidReview) -> list[FamilyPerson]:
    """Of whom neither is recorded that they were told the decision nor why not."""
    return [one for one in people_of(review) if waits_for_the_decision(one)]


def to_look_at_again(acting: Membership, *, until: date) -> list[FamilyContact]:
    """Reasons not to tell somebody that still stand and are to be looked at by a day."""
    people = _people_visible(acting).filter(contacts__look_again_on__lte=until).distinct()
    standing = [one for person in people for one in latest(person.contacts.all()).values()]
    due = [one for one in standing if one.look_again_on is not None and one.look_again_on <= until]
    return sorted(due, key=lambda one: one.look_again_on or date.max)


def waiting_for_the_decision(acting: Membership) -> list[FamilyPerson]:
    """People of signed reviews of whom nothing is recorded about the decision."""
    people = _people_visible(acting).filter(review__status__in=DECIDED)
    return [one for one in people if waits_for_the_decision(one)]


def decided_without_family(acting: Membership) -> list[RapidReview]:
    """Signed reviews on which nobody of the family is written down, so that nobody can be told."""
    visible = Case.objects.visible_to(acting).filter(partnership_id=acting.partnership_id)
    rows = RapidReview.objects.filter(status__in=DECIDED, case__in=visible, family__isnull=True)
    return list(rows.select_related("case"))


def _people_visible(acting: Membership) -> "QuerySet[FamilyPerson]":
    visible = Case.objects.visible_to(acting).filter(partnership_id=acting.partnership_id)
    rows = FamilyPerson.objects.filter(review__case__in=visible).select_related("review__case")
    return rows.prefetch_related("contacts__person__review__case")
