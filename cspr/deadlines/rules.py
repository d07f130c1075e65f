"""The row of the statute's table that governs a deadline, and the number it was started with."""

from datetime import date

from cspr.deadlines.models import Deadline
from cspr.now import london_day
from cspr.people.models import Partnership
from cspr.statute.clock import Clock, Setting
from cspr.statute.clocks import clock_in_force
from cspr.statute.england_and_wales import Calendar


def rule_of(deadline: Deadline) -> Clock:
    """The row of the table that governs a deadline: the one in force when its clock started."""
    return clock_in_force(deadline.clock, deadline.rule_from)


def settings_of(deadline: Deadline) -> dict[str, int]:
    """The partnership's number as it stood when the clock started."""
    setting = rule_of(deadline).setting
    return {setting.name: deadline.chosen} if setting and deadline.chosen else {}


def chosen_by(partnership: Partnership, setting: Setting) -> int:
    """The partnership's number for a setting: its column has the setting's name."""
    number: int = getattr(partnership, setting.name)
    return number


def computed_due(deadline: Deadline, calendar: Calendar) -> date:
    """What the rule gives for the deadline's day 0 under a calendar, whatever due date was set since.

    A clock counted from another one's day 0 is never due before the working day after it began: nobody is late with
    what they were asked today.
    """
    rule = rule_of(deadline)
    due = rule.due(deadline.start_on, calendar, settings=settings_of(deadline))
    if not rule.counted_from:
        return due
    return max(due, calendar.add(london_day(deadline.started_at), 1))
