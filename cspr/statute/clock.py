"""What a clock is: the shape of one row of the table in `clocks`, and the arithmetic every row shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cspr.statute.sources import Source
from cspr.statute.working_days import Calendar, Explanation, Months, Period, WorkingDays

REGULATIONS_IN_FORCE = date(2018, 6, 29)


@dataclass(frozen=True)
class Setting:
    """A number that a partnership chooses, within limits. `unit` makes it a period."""

    name: str
    label: str
    default: int
    unit: type[WorkingDays] | type[Months]
    source: Source
    least: int = 1
    most: int = 60

    def period(self, chosen: Mapping[str, int]) -> Period:
        """The partnership's number where it has one, else the default. Outside the limits is refused."""
        n = chosen.get(self.name, self.default)
        if not self.least <= n <= self.most:
            raise ValueError(f"{self.label}: {n} is not between {self.least} and {self.most}.")
        return self.unit(n)


@dataclass(frozen=True)
class Reminders:
    """When a clock speaks. Offsets are working days from the due date: -2 before, 0 on it, 1 after."""

    offsets: tuple[int, ...]
    escalate: int | None = None
    escalate_to: tuple[str, ...] = ()

    def days(self, due: date, calendar: Calendar) -> tuple[date, ...]:
        """The days on which the owner is reminded, the earliest first."""
        return tuple(_offset(due, n, calendar) for n in self.offsets)

    def escalates_on(self, due: date, calendar: Calendar) -> date | None:
        """The day on which others are told, where the clock is one that escalates."""
        return None if self.escalate is None else _offset(due, self.escalate, calendar)


@dataclass(frozen=True)
class Clock:
    """One row of the table. `starts` completes "Day 0 is the day when ..."; `verb_title` is the button's act.

    `length` is a period, or the setting that gives it. `backwards` counts back from a planned day.
    `counted_from` names the clock whose day 0 this one borrows. `runs_through` is a time to keep something
    up, not one to act within. `breach` is False for a chase. `level` is "local" or "national" where the two
    differ. `recipients` are told within the time; `also_told` without one.
    """

    key: str
    title: str
    verb_title: str
    starts: str
    length: Period | Setting
    satisfied_by: str
    owner: str
    recipients: tuple[str, ...]
    source: Source
    reminders: Reminders
    effective_from: date = REGULATIONS_IN_FORCE
    effective_until: date | None = None
    breach: bool = True
    backwards: bool = False
    counted_from: str = ""
    runs_through: bool = False
    level: str = ""
    also_told: tuple[str, ...] = ()

    @property
    def setting(self) -> Setting | None:
        return self.length if isinstance(self.length, Setting) else None

    def period(self, settings: Mapping[str, int] | None = None) -> Period:
        """The period, with the partnership's settings where the clock has one."""
        return self.length.period(settings or {}) if isinstance(self.length, Setting) else self.length

    def due(self, day: date, calendar: Calendar, *, settings: Mapping[str, int] | None = None) -> date:
        """The due date: on from day 0 = `day`, back from a planned `day`, or the `day` that is set."""
        period = self.period(settings)
        return period.back_from(day, calendar) if self.backwards else period.due(day, calendar)

    def explain(
        self, day: date, calendar: Calendar, *, settings: Mapping[str, int] | None = None
    ) -> Explanation:
        """The arithmetic of `due`, day by day."""
        period = self.period(settings)
        return period.explain_back(day, calendar) if self.backwards else period.explain(day, calendar)

    def is_in_force(self, on: date, *, level: str = "local") -> bool:
        """Whether this edition is the one in force on that day, for reviews of that level."""
        within = self.effective_from <= on and (self.effective_until is None or on <= self.effective_until)
        return within and self.level in ("", level)


def _offset(due: date, n: int, calendar: Calendar) -> date:
    return calendar.add(due, n) if n >= 0 else calendar.back(due, -n)
