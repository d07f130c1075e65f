"""The family's log: what each was told, or why not; rows of the board; facts of the review. Rule 5.3."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from cspr.govuk.dates import long_date, medium_date
from cspr.govuk.parts import Row
from cspr.govuk.words import capital, inside_sentence
from cspr.now import today
from rapid_reviews.models import FamilyContact, FamilyPerson, RapidReview
from rapid_reviews.options.family import Matter
from rapid_reviews.selectors import family as selectors
from rapid_reviews.workflow.family import latest, waits_for_the_decision

ALONE = "Contacted on their own"
NOT_YET = "Not recorded yet"


@dataclass(frozen=True)
class Entry:
    """One contact, or one reason for none."""

    heading: str
    rows: list[Row]
    text: str


@dataclass(frozen=True)
class Member:
    """One person: how they are known, what stands about the decision, every entry, the latest first."""

    person: FamilyPerson
    rows: list[Row]
    entries: list[Entry]
    change_href: str
    told_href: str
    not_told_href: str


@dataclass(frozen=True)
class Side:
    """Those who are contacted together; split families stand apart."""

    heading: str
    members: list[Member]


def sides(people: Iterable[FamilyPerson]) -> list[Side]:
    """The family by who is contacted together."""
    found: dict[str, list[Member]] = {}
    for one in people:
        found.setdefault(one.side or ALONE, []).append(_member(one))
    return [Side(heading, members) for heading, members in found.items()]


def _member(person: FamilyPerson) -> Member:
    contacts = sorted(person.contacts.all(), key=lambda one: (one.on, one.recorded_at), reverse=True)
    rows = [Row("Who speaks with them", person.contact_lead)]
    if person.care:
        rows.append(Row("Mind", person.care))
    rows.append(Row("The decision", decision_of(person)))
    place = [person.review.case_id, person.pk]
    return Member(
        person=person,
        rows=rows,
        entries=[_entry(one) for one in contacts],
        change_href=reverse("family_change", args=place),
        told_href=reverse("family_told", args=place),
        not_told_href=reverse("family_not_told", args=place),
    )


def decision_of(person: FamilyPerson) -> str:
    """What stands about telling this person the decision and its rationale."""
    standing = latest(person.contacts.all()).get(Matter.DECISION)
    if standing is None:
        return "Nothing recorded yet"
    if waits_for_the_decision(person):
        return f"Nothing recorded yet of the decision taken again. Of the one before: {_of(standing)}"
    return capital(_of(standing))


def national_of(person: FamilyPerson, *, in_full: bool) -> str:
    """What stands about telling this person that there will be a national review (7.2); by whom only ``in_full``."""
    standing = latest(person.contacts.all()).get(Matter.NATIONAL)
    if standing is None:
        return NOT_YET
    if in_full:
        return capital(_of(standing))
    return f"{'Told' if standing.told else 'Not told'}, {long_date(standing.on)}"


def _of(standing: FamilyContact) -> str:
    if standing.told:
        return f"told on {long_date(standing.on)} by {standing.by_whom}, {standing.get_how_display().lower()}"
    again = (
        f", to be looked at again on {long_date(standing.look_again_on)}" if standing.look_again_on else ""
    )
    return f"not told: {inside_sentence(standing.get_constraint_display())}{again}"


def _entry(contact: FamilyContact) -> Entry:
    told = "Told" if contact.told else "Not told"
    heading = f"{told}, {medium_date(contact.on)}: {contact.get_matter_display().lower()}"
    if contact.told:
        rows = [
            Row("How", contact.get_how_display()),
            Row("By whom", contact.by_whom),
            Row("Advocate", contact.get_advocate_display()),
        ]
    else:
        rows = [
            Row("Why not", contact.get_constraint_display()),
            Row("Who decided", contact.by_whom),
            Row("Looked at again on", long_date(contact.look_again_on) if contact.look_again_on else ""),
        ]
    rows.append(Row("Written down by", contact.recorded_by.user.full_name))
    return Entry(heading, rows, contact.text or contact.reason)


def family_facts(review: RapidReview) -> list[tuple[str, str]]:
    """What stands for each person, as facts of the section on the family: never a name, nothing that was said."""
    return [(one.get_kin_display(), _fact(one)) for one in selectors.people_of(review)]


def _fact(person: FamilyPerson) -> str:
    standing = latest(person.contacts.all()).values()
    words = [
        f"{one.get_matter_display()}: {'told' if one.told else 'not told'} {medium_date(one.on)}"
        for one in standing
    ]
    return "; ".join(words) or f"Nothing recorded by {medium_date(today())}"
