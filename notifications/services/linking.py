"""Joining two cases that are one incident (rule 4.1): referrals, files, proceedings, walls, clocks go along."""

from cspr.audit.recording import record, recorded
from cspr.cases import proceedings
from cspr.cases.models import Wall
from cspr.cases.services import close_case, wall_off
from cspr.deadlines import services as deadlines
from cspr.decisions import services as decisions
from cspr.documents.services import follow_case
from cspr.engine import apply
from cspr.people.models import Membership
from cspr.workflow import Refused
from notifications.models import Incident, OtherArea
from notifications.selectors import incident as incidents
from notifications.services.asking import take_back
from notifications.services.incident import keep
from notifications.services.incident_clocks import move_clocks, settle_clocks
from notifications.services.referral import follow_to_case
from notifications.services.sharing import withdraw_shares_of
from notifications.workflow.incident import LINK, OPEN, VIEWS_REQUESTED

DECISION_CLOCK = "C4"
FROM_REFERRAL = ("C1", "C2", "C3", DECISION_CLOCK)


def refusal_of_target(source: Incident, target: Incident) -> str | None:
    """Why a case cannot be joined to another one; None when it can."""
    if source.pk == target.pk:
        return "A case cannot be joined to itself."
    if source.case.partnership_id != target.case.partnership_id:
        return "Only cases of one partnership can be joined."
    if target.status not in OPEN:
        status = target.get_status_display().lower()
        return f"{target.case.reference} is “{status}”, so nothing can be joined to it any more."
    return None


@recorded
def link(source: Incident, *, into: Incident, by: Membership, reason: str) -> Incident:
    """Join ``source`` to another case: its referrals move there, the emptied case is closed and says where they went.

    The earliest receipt (C4) and the earliest awareness (C1 to C3) stay. A person walled off one of the two is walled
    off both. An open question on either is taken back. Refused once either was decided.
    """
    first, second = _both_locked(source, into)
    if first.status not in OPEN and first.linked_into_id == second.pk:
        return apply(first, LINK, by=by)
    refusal = refusal_of_target(first, second)
    if refusal:
        raise Refused(refusal)
    if second.status == VIEWS_REQUESTED:
        second = take_back(second, by=by, reason=f"Case {first.case.reference} was joined to this one")

    def move(moved: Incident) -> None:
        _close_question(moved, by=by, reason=reason)
        _carry_walls(moved, second, by=by)
        withdraw_shares_of(moved, by=by, reason=f"This case was joined to {second.case.reference}")
        for referral in incidents.referrals_of(moved):
            follow_to_case(referral, case=second.case, by=by)
        follow_case(moved.case, to=second.case, by=by)
        proceedings.follow_case(moved.case, to=second.case, by=by)
        _carry_areas(moved, second)

    changes = {"linked_into": second, "_history_user": by.user}
    detail = {"into": second.case.reference}
    joined = apply(first, LINK, by=by, reason=reason, changes=changes, write=move, detail=detail)
    _carry_clocks(joined, second, by=by)
    close_case(joined.case, by=by, reason=reason, merged_into=second.case)
    told = {"source": joined.case.reference, "reason": reason}
    record("incident.joined", by=by, subject=second, case=second.case, detail=told)
    return joined


def _both_locked(source: Incident, into: Incident) -> tuple[Incident, Incident]:
    """Both rows locked, always in one order: two people joining them both ways round must not wait for each other."""
    rows = {row.pk: incidents.locked(row) for row in sorted((source, into), key=lambda one: one.pk)}
    return rows[source.pk], rows[into.pk]


def _close_question(incident: Incident, *, by: Membership, reason: str) -> None:
    question = incidents.open_question(incident.case, lock=True)
    if question is not None:
        decisions.take_back(question, by=by, reason=reason)


def _carry_walls(source: Incident, target: Incident, *, by: Membership) -> None:
    """Nobody learns through the join what a wall hid from them."""
    for one, other in ((source.case, target.case), (target.case, source.case)):
        for wall in Wall.objects.filter(case=one, lifted_at__isnull=True).select_related("user"):
            wall_off(other, user=wall.user, by=by, reason=wall.reason)


def _carry_areas(source: Incident, target: Incident) -> None:
    known = {(area.partnership_id, area.name) for area in incidents.areas_of(target)}
    has_lead = target.other_areas.filter(is_lead=True).exists()
    for area in incidents.areas_of(source):
        if (area.partnership_id, area.name) not in known:
            OtherArea(
                incident=target,
                partnership=area.partnership,
                name=area.name,
                email=area.email,
                why=area.why,
                is_lead=area.is_lead and not has_lead,
                added_at=area.added_at,
                added_by=area.added_by,
            ).save(force_insert=True)


def _carry_clocks(source: Incident, target: Incident, *, by: Membership) -> None:
    """The earlier receipt and the earlier awareness count from now on; the emptied case's clocks are withdrawn."""
    why = f"Joined with {source.case.reference}"
    own, other = (incidents.running_clock(one.case, DECISION_CLOCK) for one in (target, source))
    if own and other and other.started_at < own.started_at:
        deadlines.correct(target.case, clock=DECISION_CLOCK, moment=other.started_at, by=by, reason=why)
    if source.aware_at and (target.aware_at is None or source.aware_at < target.aware_at):
        target.aware_at, target.aware_by = source.aware_at, source.aware_by
        target.aware_person, target.aware_evidence = source.aware_person, source.aware_evidence
        target.aware_document = source.aware_document
        target.advance(None)
        keep(target, by=by)
        move_clocks(target, to=source.aware_at, by=by, reason=why)
        settle_clocks(target, by=by, reason=why)
    gone = f"Joined to {target.case.reference}"
    for clock in FROM_REFERRAL:
        deadlines.withdraw(source.case, clock=clock, by=by, reason=gone)
