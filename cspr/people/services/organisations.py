"""Verbs on organisations: partnerships, agencies and which partnerships they serve, bodies."""

from collections.abc import Iterable
from datetime import date

from cspr.audit.recording import record, recorded
from cspr.now import today
from cspr.people import selectors
from cspr.people.models import Agency, Body, Membership, Partnership
from cspr.permissions import Permission, Role, can
from cspr.workflow import Refused


@recorded
def add_partnership(
    *, name: str, code: str, by: Membership | None, unit_email: str = "", unit_telephone: str = ""
) -> Partnership:
    """Add a partnership. Its code begins every reference of its cases and never changes."""
    _only_administrators(by)
    if Partnership.objects.filter(code=code).exists():
        raise Refused(fields={"code": "Another partnership has this code"})
    partnership = Partnership.objects.create(
        name=name, code=code, unit_email=unit_email, unit_telephone=unit_telephone
    )
    record("organisation.partnership_added", by=by, subject=partnership, detail={"name": name})
    return partnership


@recorded
def add_agency(*, name: str, kind: str, partnerships: Iterable[Partnership], by: Membership | None) -> Agency:
    """Add an agency and the partnerships it serves: for a manager, their own."""
    serves = _within(partnerships, by=by)
    agency = Agency.objects.create(name=name, kind=kind)
    agency.partnerships.set(serves)
    _record("agency_added", agency, serves, by=by)
    return agency


@recorded
def change_agency(
    agency: Agency, *, name: str, kind: str, partnerships: Iterable[Partnership], by: Membership
) -> Agency:
    """Change an agency: its name, its kind, the partnerships it serves. Its referrals stay where they were made."""
    _only_administrators(by)
    serves = _within(partnerships, by=by)
    locked = Agency.objects.select_for_update().get(pk=agency.pk)
    locked.name, locked.kind = name, kind
    locked.save()
    locked.partnerships.set(serves)
    _record("agency_changed", locked, serves, by=by)
    return locked


@recorded
def add_body(
    *, name: str, kind: str, email: str, by: Membership | None, effective_from: date | None = None
) -> Body:
    """Add a body a duty names as its recipient; a successor is a new row (rules.md, head)."""
    _only_administrators(by)
    body = Body.objects.create(name=name, kind=kind, email=email, effective_from=effective_from or today())
    record("organisation.body_added", by=by, subject=body, detail={"name": name})
    return body


def _within(partnerships: Iterable[Partnership], *, by: Membership | None) -> list[Partnership]:
    if by is None:
        return list(partnerships)
    if not can(by, Permission.MANAGE_PEOPLE):
        raise Refused(f"This is not yours to do: it needs {Permission.MANAGE_PEOPLE.whose}.")
    serves = [one for one in partnerships if one in selectors.partnerships_within(by)]
    if by.role == Role.MANAGER and by.partnership is not None:
        serves = [by.partnership]
    if not serves:
        raise Refused(fields={"partnerships": "Select the partnerships it serves"})
    return serves


def _only_administrators(by: Membership | None) -> None:
    if by is not None and (by.role != Role.ADMINISTRATOR or not can(by, Permission.MANAGE_PEOPLE)):
        raise Refused("This is not yours to do: it needs a system administrator.")


def _record(kind: str, agency: Agency, serves: list[Partnership], *, by: Membership | None) -> None:
    detail = {"name": agency.name, "partnerships": ", ".join(one.name for one in serves)}
    record(f"organisation.{kind}", by=by, subject=agency, detail=detail)
