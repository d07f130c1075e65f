"""When a family can be told what; what of the family still waits. Pure. Rule 5.3."""

from collections.abc import Iterable
from datetime import date

from cspr.govuk.dates import long_date
from cspr.now import london_day
from rapid_reviews.models import FamilyContact, FamilyPerson, RapidReview
from rapid_reviews.options.family import Matter


def why_not_yet_a_matter(matter: str, letter_on: date | None) -> str | None:
    """A national review is a matter once the Panel's letter came (7.2): before it nobody is told, or not told."""
    if matter == Matter.NATIONAL and letter_on is None:
        return "The Panel has not answered that it will hold a national review"
    return None


def why_not_told_yet(review: RapidReview, matter: str) -> str | None:
    """A decision is told once it is one: signed by all three partners."""
    if matter == Matter.DECISION and review.signed_at is None and review.sent_at is None:
        return "The partners have not all signed the decision, so it cannot have been told"
    return None


def why_not_told_then(
    review: RapidReview, matter: str, on: date, letter_on: date | None = None
) -> str | None:
    """Nobody is told before the local authority knew, of a national review before the letter, or of the only decision
    there is before it was signed."""
    if matter == Matter.NATIONAL and letter_on is not None and on < letter_on:
        return f"The Panel’s letter came on {long_date(letter_on)}, so it was not told before"
    only_one = review.signed_at is not None and review.sent_at is None
    if matter == Matter.DECISION and only_one and on < london_day(review.signed_at):
        signed_on = long_date(london_day(review.signed_at))
        return f"The partners signed the decision on {signed_on}, so it was not told before"
    aware_at = review.notification.incident.aware_at
    if aware_at is not None and on < london_day(aware_at):
        return f"The local authority became aware on {long_date(london_day(aware_at))}, so it was not told before"
    return None


def latest(contacts: Iterable[FamilyContact]) -> dict[str, FamilyContact]:
    """What stands about each matter: the entry made last, told or not told. A correction is another entry."""
    return {one.matter: one for one in sorted(contacts, key=lambda one: one.recorded_at)}


def waits_for_the_decision(person: FamilyPerson) -> bool:
    """Whether nothing is recorded about telling this person the decision as it stands.

    A decision taken again, as the Panel asked, is told again: what was recorded of the first does not speak of it.
    """
    standing, signed_at = latest(person.contacts.all()).get(Matter.DECISION), person.review.signed_at
    if standing is None or signed_at is None:
        return standing is None
    return standing.recorded_at < signed_at or standing.on < london_day(signed_at)
