"""A partnership of invented people, for the pages to be measured as."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cspr.cases.services import give_partnership_access
from cspr.people.models import Agency, AgencyKind, Membership, Partner, Partnership, User
from cspr.permissions import Permission, Role, can

AGENCIES = 40
FROM = date(2020, 1, 1)


@dataclass(frozen=True)
class World:
    """One partnership, its unit, its partners and the agencies that refer to it."""

    partnership: Partnership
    officer: Membership
    second_officer: Membership
    la: Membership
    icb: Membership
    police: Membership
    agency_lead: Membership
    agencies: list[Agency]


def build() -> World:
    """The people. ``agency_lead`` leads the first of the agencies."""
    own = Partnership.objects.create(code="BNC", name="Invented Safeguarding Children Partnership")
    agencies = [
        Agency.objects.create(name=f"Invented Agency {number}", kind=AgencyKind.SCHOOL)
        for number in range(AGENCIES)
    ]
    own.agencies.set(agencies)
    return World(
        partnership=own,
        officer=_member(Role.OFFICER, "Officer", partnership=own),
        second_officer=_member(Role.OFFICER, "Second Officer", partnership=own),
        la=_member(Role.PARTNER, "Council Partner", partnership=own, partner=Partner.LA),
        icb=_member(Role.PARTNER, "Health Partner", partnership=own, partner=Partner.ICB),
        police=_member(Role.PARTNER, "Police Partner", partnership=own, partner=Partner.POLICE),
        agency_lead=_member(Role.AGENCY_LEAD, "Agency Lead", agency=agencies[0]),
        agencies=agencies,
    )


def _member(role: Role, name: str, **belongs: Any) -> Membership:
    email = f"{name.lower().replace(' ', '.')}@example.test"
    user = User.objects.create_user(email=email, full_name=f"Invented {name}")
    membership = Membership.objects.create(user=user, role=role, starts_on=FROM, **belongs)
    if can(membership, Permission.SEE_CASES):
        give_partnership_access(membership, by=None)
    return membership
