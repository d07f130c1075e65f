"""Verbs of a clock running on a case: start, meet, withdraw, correct, move; its reminders are planned with its date."""

from datetime import date, datetime

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case
from cspr.deadlines import calendar
from cspr.deadlines.models import Deadline, DueDate, Reminder
from cspr.now import london_day, now
from cspr.people.models import Membership
from cspr.statute.clocks import Clock, clock_in_force
from cspr.statute.england_and_wales import Calendar
from cspr.workflow import Refused


def rule_of(deadline: Deadline) -> Clock:
    """The row of the table that governs a deadline: the one in force when its clock started."""
    return clock_in_force(deadline.clock, deadline.rule_from)


def settings_of(deadline: Deadline) -> dict[str, int]:
    """The partnership's number as it stood when the clock started."""
    setting = rule_of(deadline).setting
    return {setting.name: deadline.chosen} if setting and deadline.chosen else {}


def running(case: Case, clock: str, subject: str = "") -> Deadline | None:
    """The case's deadline of this clock that was not withdrawn, met or not."""
    return Deadline.objects.filter(case=case, clock=clock, subject=subject, withdrawn_at__isnull=True).first()


@recorded
def start(
    case: Case, *, clock: str, moment: datetime, by: Membership, subject: str = "", due_on: date | None = None
) -> Deadline:
    """Start a clock from a moment; its London day is day 0. A clock that already runs is left as it is.

    ``due_on`` is given only for clocks that end on a named date (C9, C14). Starting it again from another moment is
    ``correct``.
    """
    existing = running(case, clock, subject)
    if existing is not None:
        return existing
    day = london_day(moment)
    rule = clock_in_force(clock, day)
    chosen = getattr(case.partnership, rule.setting.name, rule.setting.default) if rule.setting else None
    in_force = calendar.current()
    settings = {rule.setting.name: chosen} if rule.setting else None
    due = due_on or rule.due(day, in_force, settings=settings)
    deadline = Deadline(
        case=case,
        clock=clock,
        subject=subject,
        rule_from=day,
        started_at=moment,
        started_by=by,
        start_on=day,
        chosen=chosen,
        first_due_on=due,
        due_on=due,
    )
    deadline.save(force_insert=True)
    plan_reminders(deadline, in_force)
    detail = {"clock": clock, "title": rule.title, "due_on": due.isoformat(), "day_0": day.isoformat()}
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
    """A corrected starting moment gives a new due date beside the first one. Met clocks never move."""
    deadline = _locked_open(case, clock, subject)
    if deadline is None:
        return None
    day = london_day(moment)
    deadline.started_at, deadline.started_by, deadline.start_on = moment, by, day
    due = rule_of(deadline).due(day, calendar.current(), settings=settings_of(deadline))
    if due == deadline.due_on:
        deadline.save()
        return deadline
    return move(deadline, to=due, by=by, why=reason)


@recorded
def move(deadline: Deadline, *, to: date, by: Membership | None, why: str) -> Deadline:
    """Set a later or earlier due date beside the first one, with who, when and why. Raises Refused once the clock ended."""
    if not deadline.is_open:
        raise Refused("This clock has ended, so its due date cannot change.")
    before = deadline.due_on
    deadline.due_on = to
    deadline.save()
    DueDate.objects.create(deadline=deadline, before=before, due_on=to, why=why, set_at=now(), set_by=by)
    drop_reminders(deadline)
    plan_reminders(deadline, calendar.current())
    detail = {
        "clock": deadline.clock,
        "title": rule_of(deadline).title,
        "before": before.isoformat(),
        "due_on": to.isoformat(),
        "reason": why,
    }
    record("deadline.moved", by=by, subject=deadline, case=deadline.case, detail=detail)
    return deadline


def _locked_open(case: Case, clock: str, subject: str) -> Deadline | None:
    return (
        Deadline.objects.select_for_update(of=("self",))
        .filter(case=case, clock=clock, subject=subject, met_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("case__partnership")
        .first()
    )


def plan_reminders(deadline: Deadline, in_force: Calendar) -> None:
    """Plan the reminders this due date owes (clocks.py says which). Called whenever the due date is set."""
    reminders = rule_of(deadline).reminders
    planned = [(n, False) for n in reminders.offsets]
    if reminders.escalate is not None:
        planned.append((reminders.escalate, True))
    for n, escalates in planned:
        fires_on = in_force.add(deadline.due_on, n) if n > 0 else in_force.back(deadline.due_on, -n)
        Reminder.objects.get_or_create(
            deadline=deadline,
            due_on=deadline.due_on,
            offset=n,
            escalates=escalates,
            defaults={"fires_on": fires_on},
        )


def drop_reminders(deadline: Deadline) -> None:
    """Forget the reminders not yet fired: a clock that is met, moved or withdrawn owes none of them any more."""
    Reminder.objects.filter(deadline=deadline, fired_at__isnull=True).delete()
