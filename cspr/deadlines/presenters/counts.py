"""The day and the count: "due Thursday 26 November 2026, working day 4 of 5"; "1 working day late"."""

from datetime import date

from cspr.deadlines.models import Deadline
from cspr.deadlines.rules import computed_due, rule_of, settings_of
from cspr.deadlines.state import State, state
from cspr.govuk.dates import long_date
from cspr.statute.england_and_wales import Calendar
from cspr.statute.working_days import WorkingDays


def told_of(deadline: Deadline, on: date, in_force: Calendar) -> str:
    """When a clock is due, and how far it has run on a London day."""
    standing = state(deadline, on, in_force)
    if standing == State.WITHDRAWN:
        return "withdrawn"
    if deadline.met_on is not None:
        late = _late(deadline, deadline.met_on, in_force) if standing == State.MET_LATE else ""
        return f"met on {long_date(deadline.met_on)}" + (f", {late}" if late else "")
    due = f"due {long_date(deadline.due_on)}"
    if standing == State.OVERDUE:
        return f"{due}, {_late(deadline, on, in_force)}"
    return f"{due}, {_running(deadline, on, in_force)}"


def _running(deadline: Deadline, on: date, in_force: Calendar) -> str:
    length = _length(deadline, in_force)
    if length and on >= deadline.start_on:
        gone = in_force.between(deadline.start_on, on)
        return f"working day {gone} of {length}" if gone else f"day 0 of {_working_days(length)}"
    if on == deadline.due_on:
        return "today"
    left = in_force.between(on, deadline.due_on)
    return f"{_working_days(left)} left"


def _length(deadline: Deadline, in_force: Calendar) -> int | None:
    """Working days from day 0 to the due date, for a clock counted forward in them."""
    rule = rule_of(deadline)
    if rule.backwards or not isinstance(rule.period(settings_of(deadline)), WorkingDays):
        return None
    return in_force.between(deadline.start_on, deadline.due_on)


def _late(deadline: Deadline, on: date, in_force: Calendar) -> str:
    """How late a clock is on a day; what only waits or runs out is not late, it has passed."""
    rule = rule_of(deadline)
    days = in_force.between(deadline.due_on, on)
    gone = _working_days(days) if days else "less than a working day"
    if rule.runs_through or not rule.breach:
        return f"{gone} ago"
    return f"{gone} late"


def _working_days(n: int) -> str:
    return f"{n} working day" if n == 1 else f"{n} working days"


def was_set_by_hand(deadline: Deadline, in_force: Calendar) -> bool:
    """Whether the due date is not what the rule gives for day 0: set by a letter, a delay or a decision."""
    return computed_due(deadline, in_force) != deadline.due_on
