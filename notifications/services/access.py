"""Verbs on who may open a case: declare a conflict, wall a person off, lift a wall, break the glass (roles.md)."""

from datetime import datetime, timedelta

from django.urls import reverse

from cspr.audit.recording import recorded
from cspr.cases import services as cases
from cspr.cases.models import Case, CaseGrant, Wall
from cspr.dispatch import services as dispatch
from cspr.now import now
from cspr.people.models import Membership, User
from cspr.people.selectors import managers_of
from cspr.permissions import Permission, can
from cspr.workflow import Refused
from notifications import phrases


def _require(by: Membership, permission: Permission) -> None:
    if not can(by, permission):
        raise Refused(f"This is not yours to do: it needs {permission.whose}.")


@recorded
def declare_conflict(case: Case, *, by: Membership, reason: str) -> Wall:
    """Wall oneself off a case: from this moment it is hidden from this person, whatever their role."""
    _require(by, Permission.DECLARE_CONFLICT)
    if not reason.strip():
        raise Refused(fields={"reason": "Enter what the conflict of interest is"})
    return cases.wall_off(case, user=by.user, by=by, reason=reason)


@recorded
def wall_off(case: Case, *, user: User, by: Membership, reason: str) -> Wall:
    """Wall another person off a case: the manager's act. Their access ends at once."""
    _require(by, Permission.WALL_OFF)
    if user.pk == by.user_id:
        raise Refused("To step back from a case yourself, declare a conflict of interest.")
    if not reason.strip():
        raise Refused(fields={"reason": "Enter what the conflict of interest is"})
    return cases.wall_off(case, user=user, by=by, reason=reason)


@recorded
def lift_wall(wall: Wall, *, by: Membership, reason: str) -> Wall:
    """Let a person see a case again, with a reason: the manager's act, never for oneself."""
    _require(by, Permission.WALL_OFF)
    if not reason.strip():
        raise Refused(fields={"reason": "Enter why the person may see the case again"})
    if wall.lifted_at is not None:
        return wall
    return cases.lift_wall(wall, by=by, reason=reason)


@recorded
def break_glass(case: Case, *, by: Membership, reason: str) -> CaseGrant:
    """Open a case to oneself for four hours, with a reason; every manager is mailed at once. A wall still denies."""
    _require(by, Permission.BREAK_GLASS)
    if case.partnership_id != by.partnership_id:
        raise Refused(fields={"reference": "Enter the reference of a case of your partnership"})
    grant = cases.break_glass(case, by=by, reason=reason)
    for manager in managers_of(case.partnership):
        dispatch.post(
            to=manager,
            subject=phrases.GLASS_BROKEN,
            reference=case.reference,
            link=reverse("case", args=[case.pk]),
            by=by,
            about=case,
        )
    return grant


@recorded
def open_to(case: Case, *, to: Membership, by: Membership, reason: str) -> CaseGrant:
    """Break the glass for another person: the manager opens the case to them for four hours; they are mailed."""
    _require(by, Permission.WALL_OFF)
    if not reason.strip():
        raise Refused(fields={"reason": "Enter why this person needs to open the case now"})
    if Wall.objects.filter(case=case, user_id=to.user_id, lifted_at__isnull=True).exists():
        raise Refused(fields={"person": "This person has a conflict of interest in the case"})
    grant = cases.grant_access(case, to=to, by=by, reason=reason, until=_four_hours_from_now())
    link = reverse("case", args=[case.pk])
    dispatch.post(to=to, subject=phrases.CASE_OPENED, reference=case.reference, link=link, by=by, about=case)
    return grant


def _four_hours_from_now() -> datetime:
    return now() + timedelta(hours=cases.BREAK_GLASS_HOURS)
