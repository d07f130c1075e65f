"""Verbs on the case itself: open it, close it, grant and wall off access, number what belongs to it."""

from datetime import datetime, timedelta

from guardian.shortcuts import assign_perm, remove_perm

from cspr.audit.recording import record, recorded
from cspr.cases import pseudonyms
from cspr.cases.models import Case, CaseGrant, Wall
from cspr.now import london_day, now
from cspr.people.models import Membership, Partnership, User
from cspr.permissions import Permission, can
from cspr.workflow import Refused

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
    """Close a case, for good or because it is the same incident as another."""
    case.closed_at, case.closed_by, case.closed_reason, case.merged_into = now(), by, reason, merged_into
    case.save()
    kind = "case.merged" if merged_into else "case.closed"
    detail = {"reason": reason, **({"into": merged_into.reference} if merged_into else {})}
    record(kind, by=by, subject=case, case=case, detail=detail)
    return case


@recorded
def give_partnership_access(membership: Membership, *, by: Membership | None) -> None:
    """Let a person see the partnership's cases while their membership lasts (roles.md). Only for roles that may."""
    if not can(membership, Permission.SEE_CASES) or membership.partnership is None:
        raise Refused("This role does not see the partnership's cases.")
    assign_perm("see_its_cases", membership.user, membership.partnership)
    record("access.partnership_given", by=by, subject=membership, detail={"name": membership.user.full_name})


@recorded
def end_partnership_access(membership: Membership, *, by: Membership | None) -> None:
    """Take the partnership's cases away from a person at once."""
    remove_perm("see_its_cases", membership.user, membership.partnership)
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
    """Open one case to one person in one capacity until a moment. Nobody grants themselves, unless glass is broken."""
    if to.user_id == by.user_id and not glass:
        raise Refused("You cannot open a case to yourself.")
    grant = assign_perm("open_case", to.user, case)
    grant.membership, grant.reason, grant.granted_by = to, reason, by
    grant.starts_at, grant.ends_at, grant.broke_glass = now(), until, glass
    grant.save()
    kind = "access.glass_broken" if glass else "access.granted"
    record(kind, by=by, subject=case, case=case, detail={"name": to.user.full_name, "reason": reason})
    return grant


@recorded
def break_glass(case: Case, *, by: Membership, reason: str) -> CaseGrant:
    """Open a case for four hours by stating a reason; the manager is told at once (roles.md). A wall still denies."""
    if Wall.objects.filter(case=case, user_id=by.user_id, lifted_at__isnull=True).exists():
        raise Refused("You have a conflict of interest in this case, so it cannot be opened to you.")
    if not reason.strip():
        raise Refused(fields={"reason": "Enter why you need to open this case now"})
    return grant_access(
        case, to=by, by=by, reason=reason, until=now() + timedelta(hours=BREAK_GLASS_HOURS), glass=True
    )


@recorded
def wall_off(case: Case, *, user: User, by: Membership, reason: str) -> Wall:
    """Wall a person off a case because of a conflict of interest; their grants on it end. Repeating changes nothing."""
    standing = Wall.objects.filter(case=case, user=user, lifted_at__isnull=True).first()
    if standing is not None:
        return standing
    wall = Wall(case=case, user=user, reason=reason, raised_at=now(), raised_by=by)
    wall.save(force_insert=True)
    CaseGrant.objects.in_force().filter(content_object=case, user=user).update(ends_at=now())
    record(
        "access.walled_off", by=by, subject=case, case=case, detail={"name": user.full_name, "reason": reason}
    )
    return wall


@recorded
def lift_wall(wall: Wall, *, by: Membership, reason: str) -> Wall:
    """Lift a wall, with a reason. The person concerned cannot lift their own."""
    if wall.user_id == by.user_id:
        raise Refused("You cannot lift a wall that stands against you.")
    wall.lifted_at, wall.lifted_by, wall.lifted_reason = now(), by, reason
    wall.save()
    detail = {"name": wall.user.full_name, "reason": reason}
    record("access.wall_lifted", by=by, subject=wall.case, case=wall.case, detail=detail)
    return wall


@recorded
def show_names(case: Case, *, by: Membership) -> None:
    """Record that the names were asked for: a name is a deliberate, logged step away (roles.md)."""
    record("name.shown", by=by, subject=case, case=case)
