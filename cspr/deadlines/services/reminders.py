"""The reminders a due date owes: planned with the date, forgotten when the clock ends or moves."""

from datetime import date, datetime

from cspr.deadlines.models import Deadline, Reminder
from cspr.deadlines.rules import rule_of
from cspr.now import london_day
from cspr.statute.england_and_wales import Calendar


def plan_reminders(deadline: Deadline, in_force: Calendar, *, at: datetime) -> None:
    """Plan the reminders this due date owes (clocks.py says which). Called whenever the due date is set.

    Thresholds that had passed by then are on record as passed and tell nobody; of a clock already overdue, the latest
    one is left to fire, so that somebody hears of it at once and once. Repeating changes nothing.
    """
    on = london_day(at)
    rule = rule_of(deadline).reminders
    owner = [_planned(deadline, n, in_force) for n in rule.offsets]
    escalated = [] if rule.escalate is None else [_planned(deadline, rule.escalate, in_force, escalates=True)]
    for planned in (owner, escalated):
        _pass_over(planned, on, at=at, overdue=deadline.due_on < on)
    Reminder.objects.bulk_create([*owner, *escalated], ignore_conflicts=True)


def _planned(deadline: Deadline, n: int, in_force: Calendar, *, escalates: bool = False) -> Reminder:
    return Reminder(
        deadline=deadline,
        due_on=deadline.due_on,
        offset=n,
        escalates=escalates,
        fires_on=fires_on(deadline.due_on, n, in_force),
    )


def _pass_over(planned: list[Reminder], on: date, *, at: datetime, overdue: bool) -> None:
    passed = sorted((one for one in planned if one.fires_on < on), key=lambda one: one.offset)
    if overdue and not any(one.fires_on == on for one in planned):
        passed = passed[:-1]
    for one in passed:
        one.fired_at, one.told_at, one.told_nobody_because = at, at, Reminder.PASSED


def fires_on(due: date, n: int, in_force: Calendar) -> date:
    """The day of a threshold: so many working days from the due date, negative before it."""
    return in_force.add(due, n) if n > 0 else in_force.back(due, -n)


def drop_reminders(deadline: Deadline) -> None:
    """Forget the reminders not yet fired: a clock that is met, moved or withdrawn owes none of them any more."""
    Reminder.objects.filter(deadline=deadline, fired_at__isnull=True).delete()
