"""People and organisations, built as the system builds them. Names are recognisably invented."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from cspr.cases.services import give_partnership_access
from cspr.people.models import Agency, AgencyKind, Body, BodyKind, Membership, Partner, Partnership, User
from cspr.permissions import Permission, Role, can
from tests.kept import kept

_numbers = count(1)
FROM = date(2020, 1, 1)


def make_user(name: str = "") -> User:
    """Somebody who can sign in."""
    n = next(_numbers)
    return User.objects.create_user(email=f"person{n}@example.test", full_name=name or f"Invented Person {n}")


def make_partnership(code: str = "NVL", name: str = "Northvale") -> Partnership:
    return Partnership.objects.create(code=code, name=f"{name} Safeguarding Children Partnership")


def make_agency(*partnerships: Partnership, name: str = "", kind: AgencyKind = AgencyKind.SCHOOL) -> Agency:
    agency = Agency.objects.create(name=name or f"Invented Agency {next(_numbers)}", kind=kind)
    agency.partnerships.set(partnerships)
    return agency


def make_member(role: Role, *, user: User | None = None, name: str = "", **belongs: Any) -> Membership:
    """A person in one capacity, with the access that the capacity brings."""
    starts_on = belongs.pop("starts_on", FROM)
    membership = Membership.objects.create(
        user=user or make_user(name), role=role, starts_on=starts_on, **belongs
    )
    if membership.partnership_id and can(membership, Permission.SEE_CASES) and role != Role.LEAD_PARTNER:
        give_partnership_access(membership, by=None)
    return membership


@dataclass
class World:
    """One partnership and everybody in it."""

    partnership: Partnership
    officer: Membership
    second_officer: Membership
    manager: Membership
    la: Membership
    icb: Membership
    police: Membership
    la_lead: Membership
    scrutineer: Membership
    school: Agency
    hospital: Agency
    referrer: Membership
    agency_lead: Membership
    other_referrer: Membership

    @property
    def partners(self) -> list[Membership]:
        return [self.la, self.icb, self.police]

    def everybody(self) -> dict[str, Membership]:
        return {name: value for name, value in vars(self).items() if isinstance(value, Membership)}


@kept
def make_world(code: str = "NVL", name: str = "Northvale") -> World:
    """A partnership with its unit, its partners, two agencies and their people."""
    own = make_partnership(code, name)
    school = make_agency(own, name=f"{name} Invented School")
    hospital = make_agency(own, name=f"{name} Invented Hospital Trust", kind=AgencyKind.HOSPITAL)
    return World(
        partnership=own,
        officer=make_member(Role.OFFICER, partnership=own, name=f"{name} Officer"),
        second_officer=make_member(Role.OFFICER, partnership=own, name=f"{name} Second Officer"),
        manager=make_member(Role.MANAGER, partnership=own, name=f"{name} Manager"),
        la=make_member(Role.PARTNER, partnership=own, partner=Partner.LA, name=f"{name} Council Partner"),
        icb=make_member(Role.PARTNER, partnership=own, partner=Partner.ICB, name=f"{name} Health Partner"),
        police=make_member(
            Role.PARTNER, partnership=own, partner=Partner.POLICE, name=f"{name} Police Partner"
        ),
        la_lead=make_member(
            Role.LEAD_PARTNER, partnership=own, partner=Partner.LA, name=f"{name} Lead Partner"
        ),
        scrutineer=make_member(Role.SCRUTINEER, partnership=own, name=f"{name} Scrutineer"),
        school=school,
        hospital=hospital,
        referrer=make_member(Role.REFERRER, agency=school, name=f"{name} Teacher"),
        agency_lead=make_member(Role.AGENCY_LEAD, agency=school, name=f"{name} Designated Lead"),
        other_referrer=make_member(Role.REFERRER, agency=hospital, name=f"{name} Nurse"),
    )


def make_administrator() -> Membership:
    return make_member(Role.ADMINISTRATOR, name="Invented Administrator")


def make_bodies() -> dict[str, Body]:
    """The national bodies, as data."""
    return {
        kind: Body.objects.create(
            kind=kind, name=BodyKind(kind).label, email=f"{kind}@example.test", effective_from=FROM
        )
        for kind in (BodyKind.PANEL, BodyKind.SECRETARY_OF_STATE, BodyKind.OFSTED)
    }
