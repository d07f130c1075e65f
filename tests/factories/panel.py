"""Those who act for a national body, and what they are sent."""

from datetime import date
from typing import Any

from cspr.people.models import BodyKind, Membership
from cspr.permissions import Role
from tests.factories.people import make_bodies, make_member


def make_officers(*kinds: str, **belongs: Any) -> list[Membership]:
    """One person for each body named, all with the role of a Panel officer."""
    bodies = make_bodies()
    return [
        make_member(Role.PANEL_OFFICER, body=bodies[kind], name=f"Invented {kind} officer", **belongs)
        for kind in kinds
    ]


def make_panel_officer(**belongs: Any) -> Membership:
    """Somebody who acts for the Panel."""
    (officer,) = make_officers(BodyKind.PANEL, **belongs)
    return officer


def make_former(officer: Membership) -> Membership:
    """Somebody who acted for the same body once."""
    return make_member(
        Role.PANEL_OFFICER, body=officer.body, name="Invented former officer", ends_on=date(2021, 1, 1)
    )
