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
    if matter == Matter.CLOSED and review.closed_at is None:
        return "The rapid review is not closed"
    return None


def why_not_told_then(
    review: RapidReview, matter: str, on: date, *, letter_on: date | None = None, first_on: date | None = None
) -> str | None:
    """Nobody is told of a thing before it was: before the local authority knew, of a national review before the letter,
    of the decision before the first one was signed, of the closing before it.
    """
    if matter == Matter.NATIONAL and letter_on is not None and on < letter_on:
        return f"The Panel’s letter came on {long_date(letter_on)}, so it was not told before"
    if matter == Matter.CLOSED and review.closed_at is not None and on < london_day(review.closed_at):
        return f"The rapid review was closed on {long_date(london_day(review.closed_at))}, so it was not told before"
    if matter == Matter.DECISION and first_on is not None and on < first_on:
        return f"The partners signed the decision on {long_date(first_on)}, so it was not told before"
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
