"""Verbs on who comes to a meeting: invited, present or not, a conflict of interest declared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cspr.audit.recording import record, recorded
from cspr.cases import services as cases
from cspr.govuk.words import capital
from cspr.models import Changed
from cspr.now import now
from cspr.people.models import Membership
from cspr.workflow import Refused
from rapid_reviews.models import Attendance, Meeting
from rapid_reviews.options.meeting import Part, Presence
from rapid_reviews.selectors.meeting import can_be_invited, has_an_account, is_walled_off
from rapid_reviews.services.meeting import locked_for
from rapid_reviews.services.review import keep
from rapid_reviews.workflow.meeting import ATTEND

TWICE = "This person is on the list already"
HAS_AN_ACCOUNT = "Somebody of this name has an account: select them, or add what tells this person apart"
HAS_A_CONFLICT = (
    "Somebody of this name has a conflict of interest in this case: add what tells this person apart"
)
LIFT_THE_WALL = "This person has an account, so the business unit manager lifts the wall on the case."


@dataclass(frozen=True)
class Seen:
    """One person's attendance on a page: what it showed when it was opened, and what was answered."""

    was: str
    now: str


@recorded
def invite(
    meeting: Meeting,
    *,
    part: Part,
    membership: Membership | None = None,
    name: str = "",
    agency: str = "",
    partner: str = "",
    presence: Presence = Presence.INVITED,
    by: Membership,
) -> Attendance:
    """Put somebody on the list: a person with an account, or one by name. Who speaks for a partner is a member.

    A delegated partner speaks for their own partner, whatever was typed.
    """
    row = locked_for(meeting, ATTEND, by=by)
    if membership is not None:
        _refuse_strangers(row, [membership], field="membership")
        name, partner = membership.user.full_name, membership.partner or partner
        agency = agency or _organisation(membership)
    if not name.strip():
        raise Refused(fields={"name": "Select a person, or enter a name"})
    if not agency.strip():
        raise Refused(fields={"agency": "Enter the agency"})
    _refuse_partner_who_only_informs(part, partner)
    if membership is None:
        _refuse_a_name(row, name, agency)
    elif _is_listed(membership, *_listed(row)):
        raise Refused(fields={"membership": TWICE})
    return _put_on_the_list(
        row, membership=membership, name=name, agency=agency, partner=partner, part=part, presence=presence, by=by
    )  # fmt: skip


@recorded
def invite_people(
    meeting: Meeting, *, people: Iterable[Membership], part: Part, by: Membership
) -> list[Attendance]:
    """Put people with accounts on the list at once; who is on it already stays as they are.

    Who speaks for a safeguarding partner is a member, whatever ``part`` the others come in.
    """
    row, asked = locked_for(meeting, ATTEND, by=by), list(people)
    _refuse_strangers(row, asked, field="people")
    accounts, names = _listed(row)
    return [
        _put_on_the_list(
            row, membership=one, name=one.user.full_name, agency=_organisation(one), partner=one.partner,
            part=Part.MEMBER if one.partner else part, presence=Presence.INVITED, by=by,
        )
        for one in asked
        if not _is_listed(one, accounts, names)
    ]  # fmt: skip


def _refuse_a_name(meeting: Meeting, name: str, agency: str) -> None:
    """Somebody with an account is selected, so that a conflict they declare reaches it."""
    if meeting.attendance.filter(name__iexact=name, agency__iexact=agency).exists():
        raise Refused(fields={"name": TWICE})
    if has_an_account(meeting.case, name):
        raise Refused(fields={"name": HAS_AN_ACCOUNT})
    if is_walled_off(meeting.case, name):
        raise Refused(fields={"name": HAS_A_CONFLICT})


def _listed(meeting: Meeting) -> tuple[set[UUID], set[tuple[str, str]]]:
    """Who stands on the list by their account, and who by name and agency alone, since before they had an account."""
    accounts, names = set(), set()
    for one in meeting.attendance.all():
        if one.membership_id is not None:
            accounts.add(one.membership_id)
        else:
            names.add((one.name.casefold(), one.agency.casefold()))
    return accounts, names


def _is_listed(membership: Membership, accounts: set[UUID], names: set[tuple[str, str]]) -> bool:
    own = (membership.user.full_name.casefold(), _organisation(membership).casefold())
    return membership.pk in accounts or own in names


def _put_on_the_list(meeting: Meeting, *, by: Membership, **columns: Any) -> Attendance:
    found = Attendance(meeting=meeting, added_at=now(), added_by=by, **columns)
    keep(found, by=by, force_insert=True)
    detail = {"name": found.name, "agency": found.agency}
    record("meeting.invited", by=by, subject=meeting, case=meeting.case, detail=detail)
    return found


def _refuse_strangers(meeting: Meeting, people: Sequence[Membership], *, field: str) -> None:
    """Everybody named has to do with the case and has no conflict of interest, now that the meeting is locked."""
    named = {one.pk for one in people}
    if can_be_invited(meeting.case).filter(pk__in=named).count() != len(named):
        raise Refused(fields={field: "Select who has to do with this case and has no conflict of interest"})


def _organisation(membership: Membership) -> str:
    organisation = membership.agency or membership.partnership or membership.body
    return capital(membership.get_partner_display()) or (organisation.name if organisation else "")


def _refuse_partner_who_only_informs(part: str, partner: str) -> None:
    if partner and part != Part.MEMBER:
        raise Refused(fields={"part": "Somebody who speaks for a safeguarding partner is a member"})


@recorded
def record_presence(
    attendance: Attendance, *, presence: Presence, part: Part, revision: int | None, by: Membership
) -> Attendance:
    """Record whether somebody came, and in which part. Raises Changed over somebody else's later save."""
    meeting = locked_for(attendance.meeting, ATTEND, by=by)
    row = meeting.attendance.select_for_update().get(pk=attendance.pk)
    _refuse_partner_who_only_informs(part, row.partner)
    if (row.presence, row.part) == (presence, part):
        return row
    row.advance(revision)
    row.part = part
    return _keep_presence(meeting, row, presence, by=by)


@recorded
def record_roll(meeting: Meeting, *, changes: Mapping[UUID, Seen], by: Membership) -> list[Attendance]:
    """Record of several people on the list whether they came; answers whose attendance changed.

    Raises Changed where somebody recorded something else of one of them since that person's was shown.
    """
    row = locked_for(meeting, ATTEND, by=by)
    listed = row.attendance.select_for_update().filter(pk__in=changes)
    differ = [one for one in listed if one.presence != changes[one.pk].now]
    if any(one.presence != changes[one.pk].was for one in differ):
        raise Changed
    for one in differ:
        one.advance(None)
        _keep_presence(row, one, Presence(changes[one.pk].now), by=by)
    return differ


def _keep_presence(meeting: Meeting, row: Attendance, presence: Presence, *, by: Membership) -> Attendance:
    row.presence = presence
    keep(row, by=by)
    detail = {"name": row.name, "presence": row.get_presence_display().lower()}
    record("meeting.attendance_recorded", by=by, subject=meeting, case=meeting.case, detail=detail)
    return row


@recorded
def declare_conflict(attendance: Attendance, *, reason: str, by: Membership) -> Attendance:
    """Record that somebody declared a conflict of interest: they no longer count, and are walled off the case.

    Who has no account cannot open the case anyway. Declared already, it stays as it was.
    """
    meeting = locked_for(attendance.meeting, ATTEND, by=by)
    row = (
        meeting.attendance.select_for_update(of=("self",))
        .select_related("membership__user")
        .get(pk=attendance.pk)
    )
    if not reason.strip():
        raise Refused(fields={"reason": "Enter what the conflict of interest is"})
    if row.declared_at is not None:
        return row
    row.conflict, row.declared_at, row.declared_by = reason, now(), by
    row.revision += 1
    keep(row, by=by)
    record("meeting.conflict_declared", by=by, subject=meeting, case=meeting.case, detail={"name": row.name})
    if row.membership is not None:
        cases.wall_off(meeting.case, user=row.membership.user, by=by, reason=reason)
    return row


@recorded
def withdraw_conflict(attendance: Attendance, *, reason: str, by: Membership) -> Attendance:
    """A conflict was recorded of the wrong person who has no account: they count again, the entry stays in the history.

    Of somebody with an account the wall is lifted, by the manager. Withdrawn twice it is withdrawn once.
    """
    meeting = locked_for(attendance.meeting, ATTEND, by=by)
    row = meeting.attendance.select_for_update().get(pk=attendance.pk)
    if row.membership_id is not None:
        raise Refused(LIFT_THE_WALL)
    if not reason.strip():
        raise Refused(fields={"reason": "Enter the reason"})
    if row.declared_at is None:
        return row
    row.conflict, row.declared_at, row.declared_by = "", None, None
    row.revision += 1
    keep(row, by=by)
    detail = {"name": row.name, "reason": reason}
    record("meeting.conflict_withdrawn", by=by, subject=meeting, case=meeting.case, detail=detail)
    return row
