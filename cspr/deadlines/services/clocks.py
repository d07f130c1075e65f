"""Verbs of a clock running on a case: start, meet, withdraw, correct, move; its reminders are planned with its date."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case
from cspr.deadlines import calendar
from cspr.deadlines.models import OPEN, Deadline, DueDate
from cspr.deadlines.rules import chosen_by, computed_due, rule_of
from cspr.deadlines.services.reminders import drop_reminders, plan_reminders
from cspr.now import london_day, now
from cspr.people.models import Membership
from cspr.statute.clock import Clock
from cspr.statute.clocks import CLOCKS, clock_in_force
from cspr.workflow import Refused


def running(case: Case, clock: str, subject: str = "") -> Deadline | None:
    """The case's deadline of this clock that was not withdrawn, met or not."""
    return Deadline.objects.filter(case=case, clock=clock, subject=subject, withdrawn_at__isnull=True).first()


@recorded
def start(
    case: Case, *, clock: str, moment: datetime, by: Membership, subject: str = "", due_on: date | None = None
) -> Deadline:
    """Start a clock from a moment; its London day is day 0. A clock that already runs is left as it is.

    A clock counted from another one (C6 from C5) has that one's day 0 and is due no earlier than the working day after
    its own moment. ``due_on`` is given only for clocks that end on a named date (C9, C14). Starting it again from
    another moment is ``correct``. Raises Refused where the clock it is counted from never ran.
    """
    existing = running(case, clock, subject)
    if existing is not None:
        return existing
    in_force = calendar.held()
    day = london_day(moment)
    rule = clock_in_force(clock, day)
    chosen = chosen_by(case.partnership, rule.setting) if rule.setting else None
    deadline = Deadline(
        case=case,
        clock=clock,
        subject=subject,
        rule_from=day,
        started_at=moment,
        started_by=by,
        start_on=_day_zero(case, rule, day),
        chosen=chosen,
    )
    due = due_on or computed_due(deadline, in_force)
    deadline.first_due_on = deadline.due_on = due
    if not _begun(deadline):
        return running(case, clock, subject) or deadline
    plan_reminders(deadline, in_force, at=now())
    detail = {"clock": clock, "title": rule.title, "due_on": due.isoformat()}
    detail["day_0"] = deadline.start_on.isoformat()
    record("deadline.started", by=by, subject=deadline, case=case, detail=detail)
    return deadline


@recorded
def meet(case: Case, *, clock: str, at: datetime, by: Membership, subject: str = "") -> Deadline | None:
    """Record that a clock was met at a moment (late or not). A clock already met stays met; none running: None."""
    deadline = _locked_open(case, clock, subject)
    if deadline is None:
        return None
    deadline.met_at, deadline.met_by, deadline.met_on = at, by, london_day(at)
    deadline.save()
    drop_reminders(deadline)
    detail = {"clock": clock, "title": rule_of(deadline).title, "met_on": deadline.met_on.isoformat()}
    record("deadline.met", by=by, subject=deadline, case=case, detail=detail)
    return deadline


@recorded
def withdraw(case: Case, *, clock: str, by: Membership, reason: str, subject: str = "") -> Deadline | None:
    """End a clock that does not apply after all. A met one stays met."""
    deadline = _locked_open(case, clock, subject)
    if deadline is None:
        return None
    deadline.withdrawn_at, deadline.withdrawn_by, deadline.withdrawn_reason = now(), by, reason
    deadline.save()
    drop_reminders(deadline)
    detail = {"clock": clock, "title": rule_of(deadline).title, "reason": reason}
    record("deadline.withdrawn", by=by, subject=deadline, case=case, detail=detail)
    return deadline


@recorded
def correct(
    case: Case, *, clock: str, moment: datetime, by: Membership, reason: str, subject: str = ""
) -> Deadline | None:
    """A corrected starting moment gives a new due date beside the first one, here and on the clocks counted from it.

    Met clocks never move.
    """
    in_force = calendar.held()
    deadline = _locked_open(case, clock, subject)
    if deadline is None:
        return None
    day = london_day(moment)
    deadline.started_at, deadline.started_by, deadline.start_on = moment, by, day
    deadline.save()
    due = computed_due(deadline, in_force)
    if due != deadline.due_on:
        move(deadline, to=due, by=by, why=reason)
    _follow(deadline, by=by, why=reason)
    return deadline


def _follow(base: Deadline, *, by: Membership, why: str) -> None:
    """Move the open clocks of the case that are counted from this one; a due date that was set stays as it was set."""
    in_force = calendar.held()
    followers = {rule.key for rule in CLOCKS if rule.counted_from == base.clock}
    rows = Deadline.objects.select_for_update(of=("self",)).filter(
        OPEN, case=base.case_id, clock__in=followers
    )
    for one in rows.select_related("case__partnership").order_by("pk"):
        counted = computed_due(one, in_force) == one.due_on
        one.start_on = base.start_on
        one.save()
        due = computed_due(one, in_force)
        if counted and due != one.due_on:
            move(one, to=due, by=by, why=why)


@recorded
def move(deadline: Deadline, *, to: date, by: Membership | None, why: str) -> Deadline:
    """Set a later or earlier due date beside the first one, with who, when and why.

    Raises Refused once the clock ended.
    """
    in_force = calendar.held()
    standing = Deadline.objects.select_for_update(of=("self",)).only("due_on", "met_at", "withdrawn_at")
    if not standing.get(pk=deadline.pk).is_open:
        raise Refused("This clock has ended, so its due date cannot change.")
    before, moment = deadline.due_on, now()
    deadline.due_on = to
    deadline.save()
    DueDate.objects.create(deadline=deadline, before=before, due_on=to, why=why, set_at=moment, set_by=by)
    drop_reminders(deadline)
    plan_reminders(deadline, in_force, at=moment)
    detail = {
        "clock": deadline.clock,
        "title": rule_of(deadline).title,
        "before": before.isoformat(),
        "due_on": to.isoformat(),
        "reason": why,
    }
    record("deadline.moved", by=by, subject=deadline, case=deadline.case, detail=detail)
    return deadline


def _day_zero(case: Case, rule: Clock, day: date) -> date:
    """The day 0 of a clock begun on ``day``: its own, or that of the clock it is counted from.

    That one is held until the end of the transaction, so that correcting it at this moment moves both.
    """
    if not rule.counted_from:
        return day
    rows = Deadline.objects.select_for_update(of=("self",))
    base = rows.filter(case=case, clock=rule.counted_from, withdrawn_at__isnull=True).first()
    if base is None:
        title = clock_in_force(rule.counted_from, day).title
        raise Refused(f"This is counted from the clock “{title}”, which has not begun.")
    return base.start_on


def _begun(deadline: Deadline) -> bool:
    """Insert a deadline; False where somebody else started the same clock at this moment."""
    try:
        with transaction.atomic():
            deadline.save(force_insert=True)
    except IntegrityError:
        if running(deadline.case, deadline.clock, deadline.subject) is None:
            raise
        return False
    return True


def _locked_open(case: Case, clock: str, subject: str) -> Deadline | None:
    return (
        Deadline.objects.select_for_update(of=("self",))
        .filter(case=case, clock=clock, subject=subject, met_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("case__partnership")
        .first()
    )
