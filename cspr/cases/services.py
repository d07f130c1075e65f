"""Verbs on the case itself: open it, close it, grant and wall off access, number what belongs to it."""

from datetime import datetime, timedelta

from django.contrib.auth.models import Permission as ObjectPermission
from django.db.models import Q
from guardian.shortcuts import assign_perm, remove_perm

from cspr.audit.recording import record, recorded
from cspr.cases import pseudonyms
from cspr.cases.models import Case, CaseGrant, Wall
from cspr.cases.reach import NOT_OPEN_TO_YOU, OPEN_CASE, SEE_ITS_CASES
from cspr.cases.walls import REGISTERED
from cspr.now import london_day, now
from cspr.people.models import Membership, Partnership, User
from cspr.people.workflow import SEE_THE_PARTNERSHIP
from cspr.permissions import Permission, can
from cspr.workflow import AlreadyDone, Refused

BREAK_GLASS_HOURS = 4


def _locked(partnership: Partnership, year: int) -> Partnership:
    row = Partnership.objects.select_for_update().get(pk=partnership.pk)
    if row.numbers_year != year:
        row.numbers_year, row.last_referral_number = year, 0
    return row


def next_case_numbers(partnership: Partnership, year: int) -> tuple[str, str]:
    """Reference and pseudonym of the next case, drawn under the partnership's lock. Case numbers never restart."""
    row = _locked(partnership, year)
    row.last_case_number += 1
    row.save(update_fields=["last_case_number", "numbers_year", "last_referral_number"])
    return f"{row.code}-{year}-{row.last_case_number:04d}", pseudonyms.for_number(row.last_case_number)


def next_referral_reference(partnership: Partnership, year: int) -> str:
    """Reference of the next referral, drawn under the partnership's lock: DUR-R-2026-0007."""
    row = _locked(partnership, year)
    row.last_referral_number += 1
    row.save(update_fields=["last_referral_number", "numbers_year"])
    return f"{row.code}-R-{year}-{row.last_referral_number:04d}"


@recorded
def open_case(partnership: Partnership, *, by: Membership, at: datetime | None = None) -> Case:
    """Open the case of one incident (rule 4.1)."""
    moment = at or now()
    reference, pseudonym = next_case_numbers(partnership, london_day(moment).year)
    case = Case(
        reference=reference, pseudonym=pseudonym, partnership=partnership, opened_at=moment, opened_by=by
    )
    case.save(force_insert=True)
    record("case.opened", by=by, subject=case, case=case, at=moment, detail={"reference": reference})
    return case


@recorded
def close_case(case: Case, *, by: Membership, reason: str, merged_into: Case | None = None) -> Case:
    """Close a case, for good or because it is the same incident as another, whose walls it then shares.

    Raises Refused for a case closed before or joined to itself.
    """
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    _require_open_to(by, locked)
    if locked.closed_at is not None:
        raise Refused("This case is closed already.")
    into = (merged_into.merged_into or merged_into) if merged_into else None
    if into == locked:
        raise Refused("A case cannot be joined to itself.")
    locked.closed_at, locked.closed_by, locked.closed_reason, locked.merged_into = now(), by, reason, into
    locked.save()
    if into is not None:
        Case.objects.filter(merged_into=locked).update(merged_into=into)
        _share_walls(into, by=by)
    kind = "case.merged" if into else "case.closed"
    detail = {"reason": reason, **({"into": into.reference} if into else {})}
    record(kind, by=by, subject=locked, case=locked, detail=detail)
    return locked


@recorded
def give_partnership_access(membership: Membership, *, by: Membership | None) -> None:
    """Let a person see the partnership's cases while their membership lasts (roles.md). Only for roles that may."""
    if membership.role not in SEE_THE_PARTNERSHIP or membership.partnership is None:
        raise Refused("This role does not see the partnership's cases.")
    assign_perm(SEE_ITS_CASES, membership.user, membership.partnership)
    record("access.partnership_given", by=by, subject=membership, detail={"name": membership.user.full_name})


@recorded
def end_partnership_access(membership: Membership, *, by: Membership | None) -> None:
    """Take the partnership's cases away from a person at once."""
    remove_perm(SEE_ITS_CASES, membership.user, membership.partnership)
    record("access.partnership_ended", by=by, subject=membership, detail={"name": membership.user.full_name})


@recorded
def end_case_access(membership: Membership, *, by: Membership | None) -> int:
    """End every grant of a capacity on single cases, now; answers how many there were."""
    moment = now()
    grants = list(CaseGrant.objects.in_force().filter(membership=membership).select_related("content_object"))
    for grant in grants:
        grant.ends_at = moment
        grant.save(update_fields=["ends_at"])
        case, detail = grant.content_object, {"name": membership.user.full_name}
        record("access.ended", by=by, subject=case, case=case, detail=detail)
    return len(grants)


@recorded
def grant_access(
    case: Case,
    *,
    to: Membership,
    by: Membership,
    reason: str,
    until: datetime | None = None,
    glass: bool = False,
) -> CaseGrant:
    """Open one case to one person in one capacity until a moment. Nobody grants themselves, unless glass is broken.

    Raises Refused also for a role that opens no case, for another partnership, behind a wall, and for whoever cannot
    open the case themselves. Other grants of the person stay as they are.
    """
    if not glass:
        if to.user_id == by.user_id:
            raise Refused("You cannot open a case to yourself.")
        _require_open_to(by, case)
    if not can(to, Permission.SEE_CASES) or to.partnership_id != case.partnership_id:
        raise Refused("This role does not open cases of this partnership.")
    if _is_walled(to, case):
        raise Refused("This person has a conflict of interest in the case, so it cannot be opened to them.")
    grant = CaseGrant.objects.create(
        permission=ObjectPermission.objects.get(content_type__app_label="cases", codename=OPEN_CASE),
        user=to.user,
        content_object=case,
        membership=to,
        reason=reason,
        broke_glass=glass,
        starts_at=now(),
        ends_at=until,
        granted_by=by,
    )
    kind = "access.glass_broken" if glass else "access.granted"
    record(kind, by=by, subject=case, case=case, detail={"name": to.user.full_name, "reason": reason})
    return grant


@recorded
def break_glass(case: Case, *, by: Membership, reason: str) -> CaseGrant:
    """Open a case for four hours by stating a reason; the manager is told at once (roles.md). A wall still denies.

    Pressed twice, the first opening stands.
    """
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not can(by, Permission.BREAK_GLASS) or by.partnership_id != locked.partnership_id:
        raise Refused(f"This is not yours to do: it needs {Permission.BREAK_GLASS.whose}.")
    if _is_walled(by, locked):
        raise Refused("You have a conflict of interest in this case, so it cannot be opened to you.")
    if not reason.strip():
        raise Refused(fields={"reason": "Enter why you need to open this case now"})
    standing = (
        CaseGrant.objects.in_force().filter(content_object=locked, membership=by, broke_glass=True).first()
    )
    if standing is not None:
        return standing
    if Case.objects.visible_to(by).filter(pk=locked.pk).exists():
        raise Refused("You can open this case already.")
    until = now() + timedelta(hours=BREAK_GLASS_HOURS)
    return grant_access(locked, to=by, by=by, reason=reason, until=until, glass=True)


@recorded
def review_glass(grant: CaseGrant, *, by: Membership, finding: str) -> CaseGrant:
    """Keep what somebody else found when they looked at why the glass was broken (security.md, T23).

    Raises Refused for one's own opening, and AlreadyDone when a colleague looked at it first.
    """
    locked = CaseGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk, broke_glass=True)
    case = locked.content_object
    if not can(by, Permission.REVIEW_GLASS) or not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise Refused(f"This is not yours to do: it needs {Permission.REVIEW_GLASS.whose}.")
    if locked.user_id == by.user_id:
        raise Refused("You broke the glass yourself, so somebody else has to look at why.")
    if not finding.strip():
        raise Refused(fields={"finding": "Enter what you found"})
    if locked.reviewed_by is not None:
        if locked.reviewed_by.user_id != by.user_id:
            raise AlreadyDone(by=locked.reviewed_by, what="Record what you found")
        return locked
    locked.reviewed_at, locked.reviewed_by, locked.finding = now(), by, finding
    locked.save(update_fields=["reviewed_at", "reviewed_by", "finding"])
    detail = {"name": locked.user.full_name, "finding": finding}
    record("access.glass_reviewed", by=by, subject=case, case=case, detail=detail)
    return locked


@recorded
def wall_off(case: Case, *, user: User, by: Membership, reason: str) -> Wall:
    """Wall a person off a case and every case joined to it; their grants end. Repeating changes nothing."""
    Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.merged_into_id or case.pk)
    standing = Wall.objects.filter(case=case, user=user, lifted_at__isnull=True).first()
    if standing is not None:
        return standing
    _require_open_to(by, case)
    return _wall_off_incident(case, user=user, by=by, reason=reason)


@recorded
def wall_off_outside(case: Case, *, user: User, by: Membership, reason: str) -> Wall:
    """Wall off a person of a partnership that is shown pieces of a case it cannot open (rule 4.8).

    Whether ``by`` is shown them, and may say so of ``user``, the caller has asked. Repeating changes nothing.
    """
    Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.merged_into_id or case.pk)
    return _wall_off_incident(case, user=user, by=by, reason=reason)


def _wall_off_incident(case: Case, *, user: User, by: Membership, reason: str) -> Wall:
    walls = {one.pk: _raise_wall(one, user=user, by=by, reason=reason) for one in same_incident(case)}
    return walls[case.pk]


def same_incident(case: Case) -> list[Case]:
    """The case that stands for an incident and all that were joined to it."""
    root = case.merged_into_id or case.pk
    return list(Case.objects.filter(Q(pk=root) | Q(merged_into=root)).order_by("pk"))


def _raise_wall(case: Case, *, user: User, by: Membership, reason: str) -> Wall:
    standing = Wall.objects.filter(case=case, user=user, lifted_at__isnull=True).first()
    if standing is not None:
        return standing
    wall = Wall(case=case, user=user, reason=reason, raised_at=now(), raised_by=by)
    wall.save(force_insert=True)
    CaseGrant.objects.in_force().filter(content_object=case, user=user).update(ends_at=now())
    detail = {"name": user.full_name, "reason": reason}
    record("access.walled_off", by=by, subject=case, case=case, detail=detail)
    for follows in REGISTERED:
        follows(case, user=user, by=by)
    return wall


def _share_walls(root: Case, *, by: Membership) -> None:
    """Nobody learns of an incident through one of its cases what a wall on another hides."""
    cases = same_incident(root)
    for wall in Wall.objects.filter(case__in=cases, lifted_at__isnull=True).select_related("user"):
        for one in cases:
            _raise_wall(one, user=wall.user, by=by, reason=wall.reason)


@recorded
def lift_wall(wall: Wall, *, by: Membership, reason: str) -> Wall:
    """Lift a wall, with a reason, from every case of the incident. The person concerned cannot lift their own."""
    _require_open_to(by, wall.case)
    if wall.user_id == by.user_id:
        raise Refused("You cannot lift a wall that stands against you.")
    standing = Wall.objects.select_for_update(of=("self",)).filter(
        case__in=same_incident(wall.case), user_id=wall.user_id, lifted_at__isnull=True
    )
    for one in standing.select_related("case", "user"):
        one.lifted_at, one.lifted_by, one.lifted_reason = now(), by, reason
        one.save()
        detail = {"name": one.user.full_name, "reason": reason}
        record("access.wall_lifted", by=by, subject=one.case, case=one.case, detail=detail)
    return Wall.objects.select_related("case", "user").get(pk=wall.pk)


def _is_walled(who: Membership, case: Case) -> bool:
    return Wall.objects.filter(case=case, user_id=who.user_id, lifted_at__isnull=True).exists()


def _require_open_to(by: Membership, case: Case) -> None:
    """What a person does with a case they do with a case they can open."""
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise Refused(NOT_OPEN_TO_YOU)


@recorded
def show_names(case: Case, *, by: Membership) -> None:
    """Record that the names were asked for: a name is a deliberate, logged step away (roles.md)."""
    record("name.shown", by=by, subject=case, case=case)
