"""When a family can be told what; what of the family still waits. Pure. Rule 5.3."""

from collections.abc import Iterable

from rapid_reviews.models import FamilyContact, FamilyPerson, RapidReview
from rapid_reviews.options.family import Matter


def why_not_told_yet(review: RapidReview, matter: str) -> str | None:
    """A decision is told once it is one: signed by all three partners."""
    if matter == Matter.DECISION and review.signed_at is None and review.sent_at is None:
        return "The partners have not all signed the decision, so it cannot have been told"
    return None


def latest(contacts: Iterable[FamilyContact]) -> dict[str, FamilyContact]:
    """What stands about each matter: the last entry, told or not told."""
    ordered = sorted(contacts, key=lambda one: (one.on, one.recorded_at))
    return {one.matter: one for one in ordered}


def waits_for_the_decision(person: FamilyPerson) -> bool:
    """Whether nothing is recorded about telling this person the decision."""
    return Matter.DECISION not in latest(person.contacts.all())
