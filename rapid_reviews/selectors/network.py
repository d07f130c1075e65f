"""Whom to ask, and whom they may be told of: the professional network and the family that the referrals name."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Case as Places
from django.db.models import IntegerField, QuerySet, When

from cspr.cases.models import Case
from cspr.govuk.dates import medium_date
from cspr.people.models import Agency
from notifications.models import FamilyMember, ReferredChild
from notifications.selectors.case_file import referrals_of
from rapid_reviews.models import RapidReview
from rapid_reviews.options.requests import RequestStatus


@dataclass(frozen=True)
class Candidate:
    """An agency that can be asked: how it comes to be here, and whether it was asked already."""

    agency: Agency
    named: str
    asked: bool

    @property
    def is_named(self) -> bool:
        return bool(self.named)


@dataclass(frozen=True)
class Network:
    """The agencies that serve the partnership, and names in the referrals that none of them has."""

    candidates: list[Candidate]
    unmatched: list[str]

    @property
    def unmatched_by_key(self) -> list[tuple[str, str]]:
        """(key, name): an address holds the key, because a name has no place in one."""
        return [(sha256(_plain(name).encode()).hexdigest()[:12], name) for name in self.unmatched]


@dataclass(frozen=True)
class Person:
    """Somebody of the referrals an agency may be told of, under a key that is steady."""

    key: str
    name: str
    about: str

    @property
    def words(self) -> str:
        return f"{self.name}: {self.about}" if self.about else self.name


def network_of(review: RapidReview) -> Network:
    """The professional network of the referrals matched to agencies with people here, named ones first."""
    case = review.case
    named = _named(case)
    asked = set(review.requests.exclude(status=RequestStatus.WITHDRAWN).values_list("agency_id", flat=True))
    known: dict[str, Agency] = {}
    for agency in Agency.objects.filter(partnerships=case.partnership_id).order_by("name"):
        known.setdefault(_plain(agency.name), agency)
    candidates = [
        Candidate(agency, named.get(name, ("", ""))[1], agency.pk in asked) for name, agency in known.items()
    ]
    candidates.sort(key=lambda one: (not one.is_named, one.agency.name))
    standing = review.requests.exclude(status=RequestStatus.WITHDRAWN).filter(is_guest=True)
    guests = {_plain(name) for name in standing.values_list("agency__name", flat=True)}
    unmatched = [words for name, (words, _) in named.items() if name not in known and name not in guests]
    return Network(candidates, unmatched)


def agencies_to_ask(review: RapidReview) -> list[Agency]:
    """The agencies that can be asked now: serving the partnership and without a standing request."""
    return [one.agency for one in network_of(review).candidates if not one.asked]


def can_be_asked(review: RapidReview) -> "QuerySet[Agency]":
    """The same as rows to choose from, those the referrals name first."""
    keys = [one.pk for one in agencies_to_ask(review)]
    places = Places(
        *(When(pk=key, then=place) for place, key in enumerate(keys)), output_field=IntegerField()
    )
    return Agency.objects.filter(pk__in=keys).order_by(places) if keys else Agency.objects.none()


def _named(case: Case) -> dict[str, tuple[str, str]]:
    """Agencies the referrals name: plain name to (name as written, why it is named)."""
    found: dict[str, tuple[str, str]] = {}
    for referral in referrals_of(case):
        found.setdefault(_plain(referral.agency.name), (referral.agency.name, "Made a referral"))
        for one in referral.agencies.all():
            kind = one.get_kind_display() if one.kind else ""
            why = ", ".join(filter(None, ("Named in a referral", kind)))
            found.setdefault(_plain(one.name), (one.name, why))
    return {name: words for name, words in found.items() if name}


def _plain(name: str) -> str:
    """A name as two people would write it alike: case, spacing and punctuation aside."""
    letters = "".join(letter if letter.isalnum() else " " for letter in name.casefold())
    return " ".join(word for word in letters.split() if word != "the")


def people_of(case: Case) -> list[Person]:
    """The children and the family of every referral, whom the unit may choose to name to an agency."""
    people: list[Person] = []
    for referral in referrals_of(case):
        people += [_child(one) for one in referral.children.all()]
        people += [_relative(one) for one in referral.family.all()]
    return list({(one.name, one.about): one for one in people}.values())


def told_people(case: Case, keys: Iterable[str]) -> list[dict[str, str]]:
    """What an agency is told of the people chosen, as it is frozen with the request."""
    wanted = set(keys)
    return [{"name": one.name, "about": one.about} for one in people_of(case) if one.key in wanted]


def _child(child: ReferredChild) -> Person:
    born = f"born {medium_date(child.born_on)}" if child.born_on else ""
    other = f"also known as {child.other_names}" if child.other_names else ""
    number = f"NHS number {child.nhs_number}" if child.nhs_number else ""
    lives = f"address: {child.address}" if child.address else ""
    about = "; ".join(filter(None, ("child", born, other, number, lives)))
    return Person(f"child/{child.pk}", child.name or child.get_kind_display(), about)


def _relative(person: FamilyMember) -> Person:
    born = f"born {medium_date(person.born_on)}" if person.born_on else ""
    lives = f"address: {person.address}" if person.address else ""
    related = person.get_relationship_display() if person.relationship else ""
    about = "; ".join(filter(None, (related.lower(), born, lives)))
    return Person(f"family/{person.pk}", person.name or related, about)
