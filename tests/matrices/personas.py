"""Everybody who might knock: each role in the partnership of the case, the same in the other one, and the odd ones."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from cspr.people.models import Membership
from cspr.permissions import Role
from tests.factories.people import World, make_administrator, make_bodies, make_member, make_world

ENDED = date(2021, 1, 1)


@dataclass
class People:
    """``own`` are Northvale's, ``other`` Southmere's, by the name of what they are."""

    northvale: World
    southmere: World
    own: dict[str, Membership] = field(default_factory=dict)
    other: dict[str, Membership] = field(default_factory=dict)
    walled: Membership | None = None

    def everybody(self) -> Iterator[tuple[str, Membership]]:
        """Each person under a steady name: "officer", and "officer of the other partnership"."""
        yield from self.own.items()
        yield from ((f"other {name}", person) for name, person in self.other.items())


def make_people() -> People:
    """Two partnerships with every role in each, and one partner who will be walled off."""
    north, south = make_world("NVL", "Northvale"), make_world("SMR", "Southmere")
    people = People(north, south)
    people.own, people.other = _of(north), _of(south)
    people.walled = make_member(
        Role.PARTNER, partnership=north.partnership, partner="POLICE", name="Northvale Walled Partner"
    )
    panel = make_bodies()["panel"]
    people.own["panel officer"] = make_member(Role.PANEL_OFFICER, body=panel, name="Invented Panel Officer")
    people.own["administrator"] = make_administrator()
    return people


def _of(world: World) -> dict[str, Membership]:
    own = world.partnership
    return {
        "referrer": world.referrer,
        "colleague": make_member(Role.REFERRER, agency=world.school, name=f"{own.code} Colleague"),
        "agency lead": world.agency_lead,
        "contributor": make_member(Role.CONTRIBUTOR, agency=world.school, name=f"{own.code} Contributor"),
        "other agency": world.other_referrer,
        "officer": world.officer,
        "second officer": world.second_officer,
        "manager": world.manager,
        "la partner": world.la,
        "icb partner": world.icb,
        "police partner": world.police,
        "lead partner": world.la_lead,
        "scrutineer": world.scrutineer,
        "reviewer": make_member(Role.REVIEWER, partnership=own, name=f"{own.code} Reviewer"),
        "ended officer": make_member(
            Role.OFFICER, partnership=own, name=f"{own.code} Former Officer", ends_on=ENDED
        ),
    }
