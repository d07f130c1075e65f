"""Verbs on a person's roles: give one, change its particulars, end it (roles.md)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cspr.audit.recording import record, recorded
from cspr.now import now, today
from cspr.people import selectors
from cspr.people.models import Agency, Body, BodyKind, Membership, Partner, Partnership, User
from cspr.people.services.accounts import end_sessions
from cspr.people.workflow import (
    AGENCY_ROLES,
    NOT_A_MANAGERS,
    NOT_NOW,
    NOT_YOURSELF,
    PARTNER_ROLES,
    STAFF_ROLES,
    clash,
    overlap,
    roles_to_give,
    wrong_period,
)
from cspr.permissions import Permission, Role, can
from cspr.workflow import Refused


@dataclass(frozen=True)
class Place:
    """Where a role is held: exactly what the role needs of these."""

    partnership: Partnership | None = None
    agency: Agency | None = None
    body: Body | None = None
    partner: str = ""


@recorded
def give_role(
    *,
    email: str,
    full_name: str,
    role: Role,
    place: Place,
    by: Membership | None,
    title: str = "",
    delegation: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> tuple[Membership, bool]:
    """Give a person a role; answers it and whether the account is new.

    An email address already known adds the role to that person, whose name stays as it is. ``by`` is None only for the
    installation itself. Raises Refused: nobody gives themselves a role, nobody gives what is not theirs to give.
    """
    place = _settled(role, place, by)
    begins = starts_on or today()
    wrong = wrong_period(begins, ends_on, today()) if by is not None else {}
    if wrong:
        raise Refused(fields=wrong)
    address = email.strip().lower()
    if by is not None and by.user.email == address:
        raise Refused(NOT_YOURSELF)
    user = User.objects.select_for_update().filter(email=address).first()
    is_new = user is None
    if user is None:
        user = User.objects.create_user(email=address, full_name=full_name)
    _refuse_clash(user, role, place, begins, ends_on, by)
    membership = Membership.objects.create(
        user=user,
        role=role,
        partnership=place.partnership,
        agency=place.agency,
        body=place.body,
        partner=place.partner,
        title=title,
        delegation=delegation,
        starts_on=begins,
        ends_on=ends_on,
    )
    _record("invited" if is_new else "role_given", membership, by=by)
    return membership, is_new


@recorded
def change_role(
    membership: Membership, *, title: str, delegation: str, ends_on: date | None, by: Membership
) -> Membership:
    """Change what a role says of a person, and its last day. An ended role stays ended."""
    locked = _locked(membership, by=by)
    if locked.ended_at is not None:
        raise Refused("This role was ended. Give the person a new one.")
    if ends_on is not None and ends_on < max(locked.starts_on, today()):
        raise Refused(fields={"ends_on": "The last day must be today or in the future"})
    given = {"title": title, "delegation": delegation, "ends_on": ends_on}
    changed = [name for name, value in given.items() if getattr(locked, name) != value]
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, given[name])
    if "ends_on" in changed:
        place = Place(locked.partnership, locked.agency, locked.body, locked.partner)
        _refuse_clash(locked.user, Role(locked.role), place, locked.starts_on, ends_on, by, but=locked.pk)
    locked.save(update_fields=changed)
    words = {"title": "job title", "delegation": "delegation", "ends_on": "last day"}
    _record("role_changed", locked, by=by, changed=", ".join(words[name] for name in changed))
    return locked


@recorded
def end_role(membership: Membership, *, by: Membership) -> Membership:
    """End a role now: it opens nothing from the next request on, and the person is signed out everywhere."""
    locked = _locked(membership, by=by)
    if locked.ended_at is not None:
        return locked
    locked.ended_at, locked.ended_by = now(), by
    locked.save(update_fields=["ended_at", "ended_by"])
    _record("role_ended", locked, by=by)
    end_sessions(locked.user, by=by)
    return locked


def _settled(role: Role, place: Place, by: Membership | None) -> Place:
    """The place with exactly what the role needs, within the reach of who gives it. Raises Refused, by field."""
    if by is not None:
        if not can(by, Permission.MANAGE_PEOPLE) or role not in roles_to_give(Role(by.role)):
            raise Refused(fields={"role": NOT_A_MANAGERS})
        if role in AGENCY_ROLES and place.agency not in selectors.agencies_within(by):
            raise Refused(fields={"agency": "Select the agency"})
    of_the_manager = by.partnership if by is not None and by.role == Role.MANAGER else None
    partnership = of_the_manager or place.partnership
    if role in AGENCY_ROLES:
        return Place(agency=place.agency)
    if role in STAFF_ROLES and partnership is None:
        raise Refused(fields={"partnership": "Select the partnership"})
    if role in PARTNER_ROLES and place.partner not in Partner.values:
        raise Refused(fields={"partner": "Select which safeguarding partner they act for"})
    if role == Role.PANEL_OFFICER and (place.body is None or place.body.kind != BodyKind.PANEL):
        raise Refused(fields={"body": "Select the Panel"})
    return Place(
        partnership=partnership if role in STAFF_ROLES or role == Role.REVIEWER else None,
        body=place.body if role == Role.PANEL_OFFICER else None,
        partner=place.partner if role in PARTNER_ROLES else "",
    )


def _refuse_clash(
    user: User,
    role: Role,
    place: Place,
    starts_on: date,
    ends_on: date | None,
    by: Membership | None,
    but: UUID | None = None,
) -> None:
    """Refuse what the person's other roles in the same days stand against; a manager is not told which."""
    tells_all = by is None or by.role == Role.ADMINISTRATOR
    if not user.is_active:
        raise Refused("This account is closed. Open it again first." if tells_all else NOT_NOW)
    others = [
        one
        for one in user.memberships.filter(ended_at__isnull=True).exclude(pk__in=[but] if but else [])
        if overlap(starts_on, ends_on, one.starts_on, one.ends_on)
    ]
    here = (role, place.partnership, place.agency, place.body, place.partner)
    if any((one.role, one.partnership, one.agency, one.body, one.partner) == here for one in others):
        raise Refused("This person holds this role already.")
    partnership_id = place.partnership.pk if place.partnership else None
    sentence = clash(role, partnership_id, [(Role(one.role), one.partnership_id) for one in others])
    if sentence is not None:
        raise Refused(sentence if tells_all else NOT_NOW)


def _locked(membership: Membership, *, by: Membership) -> Membership:
    """The role, locked, if it is within the reach of ``by`` and not their own."""
    if not can(by, Permission.MANAGE_PEOPLE):
        raise Refused(f"This is not yours to do: it needs {Permission.MANAGE_PEOPLE.whose}.")
    if not selectors.people_within(by).filter(pk=membership.pk).exists():
        raise Refused("This person is not of your partnership.")
    locked = Membership.objects.select_for_update(of=("self",)).select_related("user").get(pk=membership.pk)
    if locked.user_id == by.user_id:
        raise Refused(NOT_YOURSELF)
    return locked


def _record(kind: str, membership: Membership, *, by: Membership | None, **detail: str) -> None:
    told = {"name": membership.user.full_name, "capacity": membership.capacity, **detail}
    record(f"person.{kind}", by=by, subject=membership, detail=told)
