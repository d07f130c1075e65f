"""Periods of the law and what they do to a date: working days, calendar months, years, a date that is set.

The day that starts a period is day 0 and is never counted. A period counted back from a day ends on the
last day on which the act is still in time. The calendar itself is in `england_and_wales`, offered here as
well.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from cspr.statute.england_and_wales import (
    FIRST_DAY,
    LAST_DAY,
    BeyondCalendar,
    Calendar,
    england_and_wales,
    london_day,
)
from cspr.statute.explanation import Day, Explanation, in_words

__all__ = [
    "BeyondCalendar",
    "Calendar",
    "Day",
    "Explanation",
    "Months",
    "OnDate",
    "Period",
    "WorkingDays",
    "Years",
    "england_and_wales",
    "in_words",
    "london_day",
]


class Period(Protocol):
    """A length of time that a rule gives."""

    def due(self, start: date, calendar: Calendar) -> date:
        """The last day of the period that starts with day 0 = `start`."""

    def back_from(self, day: date, calendar: Calendar) -> date:
        """The last day that is still a whole period before `day`."""

    def explain(self, start: date, calendar: Calendar) -> Explanation:
        """How `due` is reached."""

    def explain_back(self, day: date, calendar: Calendar) -> Explanation:
        """How `back_from` is reached."""

    @property
    def words(self) -> str:
        """The period as a person says it: "5 working days"."""


@dataclass(frozen=True)
class WorkingDays:
    """So many working days in England and Wales."""

    n: int

    def __post_init__(self) -> None:
        _at_least_one(self.n)

    @property
    def words(self) -> str:
        return _plural(self.n, "working day")

    def due(self, start: date, calendar: Calendar) -> date:
        return calendar.add(start, self.n)

    def back_from(self, day: date, calendar: Calendar) -> date:
        return calendar.back(day, self.n)

    def explain(self, start: date, calendar: Calendar) -> Explanation:
        return self._walk(start, self.due(start, calendar), calendar, step=1)

    def explain_back(self, day: date, calendar: Calendar) -> Explanation:
        return self._walk(day, self.back_from(day, calendar), calendar, step=-1)

    def _walk(self, start: date, due: date, calendar: Calendar, *, step: int) -> Explanation:
        days = [Day(start, "day 0", reason=calendar.why_not(start) or "")]
        number = 0
        while (day := days[-1].date) != due:
            day += timedelta(days=step)
            if reason := calendar.why_not(day):
                days.append(Day(day, "skipped", reason=reason))
            else:
                number += 1
                days.append(Day(day, "counted", number=number, is_due=day == due))
        first = "back from the day before" if step < 0 else "from the day after"
        rule = f"The period is {self.words} in England and Wales, counted {first}."
        return Explanation(start, due, rule, tuple(days), step < 0, _unannounced(max(start, due), calendar))


@dataclass(frozen=True)
class Months:
    """So many calendar months: the corresponding date, or where the month has none, its last day."""

    n: int

    def __post_init__(self) -> None:
        _at_least_one(self.n)

    @property
    def words(self) -> str:
        return _plural(self.n, "calendar month")

    def due(self, start: date, calendar: Calendar) -> date:
        return _month_away(start, self.n, calendar)

    def back_from(self, day: date, calendar: Calendar) -> date:
        return _month_away(day, -self.n, calendar)

    def explain(self, start: date, calendar: Calendar) -> Explanation:
        return self._corresponding(start, self.due(start, calendar), calendar, which="after")

    def explain_back(self, day: date, calendar: Calendar) -> Explanation:
        return self._corresponding(day, self.back_from(day, calendar), calendar, which="before")

    def _corresponding(self, start: date, due: date, calendar: Calendar, *, which: str) -> Explanation:
        found = f"The period is {self.words} {which} {in_words(start)}"
        if due.day == start.day:
            rule = f"{found} and ends on the corresponding date, {in_words(due)}."
        else:
            rule = (
                f"{found}. {due:%B %Y} has no day {start.day}, so the period ends on that month's last day,"
                f" {in_words(due)}."
            )
        reason = calendar.why_not(due)
        if reason:
            rule += (
                f" That day is not a working day ({reason}); a period of months is not lengthened for that."
            )
        days = (
            Day(start, "day 0", reason=calendar.why_not(start) or ""),
            Day(due, "due", reason=reason or "", is_due=True),
        )
        return Explanation(start, due, rule, days, which == "before")


@dataclass(frozen=True)
class Years(Months):
    """So many years: the corresponding date, or 28 February where 29 February has none."""

    @property
    def words(self) -> str:
        return _plural(self.n, "year")

    def due(self, start: date, calendar: Calendar) -> date:
        return _month_away(start, 12 * self.n, calendar)

    def back_from(self, day: date, calendar: Calendar) -> date:
        return _month_away(day, -12 * self.n, calendar)


@dataclass(frozen=True)
class OnDate:
    """A date that somebody sets: there is nothing to count."""

    @property
    def words(self) -> str:
        return "the date set"

    def due(self, start: date, calendar: Calendar) -> date:
        calendar.is_working(start)  # refuses a moment, and a date outside the calendar
        return start

    def back_from(self, day: date, calendar: Calendar) -> date:
        return self.due(day, calendar)

    def explain(self, start: date, calendar: Calendar) -> Explanation:
        due = self.due(start, calendar)
        day = Day(due, "due", reason=calendar.why_not(due) or "", is_due=True)
        return Explanation(start, due, f"The date set is {in_words(due)}.", (day,))

    def explain_back(self, day: date, calendar: Calendar) -> Explanation:
        return self.explain(day, calendar)


def _month_away(start: date, months: int, calendar: Calendar) -> date:
    """The corresponding date `months` calendar months away, else that month's last day (Dodds v Walker)."""
    calendar.is_working(start)  # refuses a moment, and a date outside the calendar
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        raise BeyondCalendar(f"{months} months from {start} is outside the calendar.")
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _unannounced(last: date, calendar: Calendar) -> date | None:
    return None if calendar.is_announced(last) else calendar.known_until


def _at_least_one(n: int) -> None:
    if n < 1:
        raise ValueError(f"A period is at least one long, not {n}.")


def _plural(n: int, thing: str) -> str:
    return f"{n} {thing}" if n == 1 else f"{n} {thing}s"
