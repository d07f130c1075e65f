"""Verbs on guests: somebody of an organisation without an account, named in the record and able to sign in nowhere."""

from datetime import date
from uuid import uuid4

from cspr.audit.recording import record, recorded
from cspr.now import now, today
from cspr.people.models import Agency, AgencyKind, Membership, User
from cspr.permissions import Role

NOWHERE = "guest.invalid"
"""The domain of a guest's address here: nothing is delivered to it, so no password can be asked for (RFC 2606)."""


@recorded
def add_guest_organisation(*, name: str, by: Membership) -> Agency:
    """Add an organisation without account. It serves no partnership: nobody can be invited into it by a manager."""
    agency = Agency.objects.create(name=name, kind=AgencyKind.OTHER)
    record("organisation.guest_added", by=by, subject=agency, detail={"name": name})
    return agency


@recorded
def make_guest(*, agency: Agency, name: str, role: Role, ends_on: date, by: Membership) -> Membership:
    """A capacity in which a guest acts through a link: no password, no address that receives, until a day."""
    user = User.objects.create_user(email=f"{uuid4()}@{NOWHERE}", full_name=f"{name} (guest)")
    membership = Membership.objects.create(
        user=user, role=role, agency=agency, title="Guest", starts_on=today(), ends_on=ends_on
    )
    detail = {"name": user.full_name, "capacity": membership.capacity}
    record("person.guest_made", by=by, subject=membership, detail=detail)
    return membership


@recorded
def end_guest(membership: Membership, *, by: Membership) -> None:
    """End a guest's capacity at once. Ended twice it stays as it was."""
    ended = Membership.objects.filter(pk=membership.pk, ended_at__isnull=True)
    if ended.update(ended_at=now(), ended_by=by):
        detail = {"name": membership.user.full_name, "capacity": membership.capacity}
        record("person.guest_ended", by=by, subject=membership, detail=detail)
