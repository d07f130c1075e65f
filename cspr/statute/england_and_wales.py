"""The working days of England and Wales, counted in constant time, and which London day a moment falls on.

A working day is Monday to Friday and not a bank holiday in England and Wales. The day that starts a count
is day 0. Dates only: a datetime is refused, because the day it falls on depends on where one stands.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import NamedTuple, NoReturn
from zoneinfo import ZoneInfo

from cspr.statute import bank_holidays

LONDON = ZoneInfo("Europe/London")
FIRST_DAY = date(bank_holidays.FIRST_YEAR, 1, 1)
LAST_DAY = date(bank_holidays.LAST_YEAR, 12, 31)
_FIRST = FIRST_DAY.toordinal()
_LENGTH = LAST_DAY.toordinal() - _FIRST + 1


class BeyondCalendar(ValueError):
    """A day outside 1990 to 2100: no bank holidays are known for it, so nothing is counted."""


class _Count(NamedTuple):
    """`upto[i]`: working days from the first day to the i-th, both included; `days`: those days in order."""

    upto: list[int]
    days: list[date]


def london_day(moment: datetime) -> date:
    """The date in Europe/London at an aware moment. 23:30 UTC on a Sunday in June is Monday."""
    if not isinstance(moment, datetime):
        raise TypeError(f"A moment is needed, not {type(moment).__name__}.")
    if moment.utcoffset() is None:
        raise TypeError("A moment without a time zone falls on no particular day.")
    return moment.astimezone(LONDON).date()


@dataclass(frozen=True)
class Calendar:
    """Bank holidays as announced, with those proclaimed or withdrawn since. Compared and hashed by value."""

    proclaimed: tuple[tuple[date, str], ...] = ()
    withdrawn: frozenset[date] = frozenset()
    known_until: date = field(default_factory=bank_holidays.known_until)

    def with_changes(
        self,
        *,
        proclaimed: Mapping[date, str] | None = None,
        withdrawn: Collection[date] = (),
        known_until: date | None = None,
    ) -> "Calendar":
        """This calendar with days added and taken away; of two changes to one day the later call wins."""
        added, taken = dict(proclaimed or {}), frozenset(withdrawn)
        for day in (*added, *taken):
            _place(day)
        if both := sorted(taken & added.keys()):
            raise ValueError(f"{both[0]:%d %B %Y} cannot be proclaimed and withdrawn at once.")
        kept = {day: title for day, title in self.proclaimed if day not in taken}
        return _calendar(
            tuple(sorted((kept | added).items())),
            frozenset(self.withdrawn - added.keys() | taken),
            known_until or self.known_until,
        )

    def is_working(self, day: date) -> bool:
        """Whether the day counts."""
        return self.why_not(day) is None

    def why_not(self, day: date) -> str | None:
        """Why the day does not count: "weekend", the holiday's title, or None for a working day."""
        _place(day)
        return "weekend" if day.weekday() > 4 else self._titles.get(day)

    def is_announced(self, day: date) -> bool:
        """Whether the bank holidays up to this day have been announced, or are only expected by rule."""
        _place(day)
        return day <= self.known_until

    def add(self, day: date, n: int) -> date:
        """The n-th working day after `day`, which is day 0. Nought gives the day itself, working or not."""
        place = _place(day)
        if n < 1:
            return day if n == 0 else _refuse_negative("back")
        upto, days = self._count
        index = upto[place] + n - 1
        if index >= len(days):
            raise BeyondCalendar(f"{n} working days after {day} is after {LAST_DAY}.")
        return days[index]

    def back(self, day: date, n: int) -> date:
        """The n-th working day before `day`, which is day 0. Nought gives the day itself, working or not."""
        place = _place(day)
        if n < 1:
            return day if n == 0 else _refuse_negative("add")
        upto, days = self._count
        index = (upto[place - 1] if place else 0) - n
        if index < 0:
            raise BeyondCalendar(f"{n} working days before {day} is before {FIRST_DAY}.")
        return days[index]

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative, counted back, where `end` is earlier."""
        first, last = _place(start), _place(end)
        upto = self._count.upto
        if last >= first:
            return upto[last] - upto[first]
        return (upto[last - 1] if last else 0) - (upto[first - 1] if first else 0)

    def days(self, first: date, last: date) -> list[date]:
        """The working days from `first` to `last`, both included."""
        upto, days = self._count
        start = _place(first)
        return days[upto[start - 1] if start else 0 : upto[_place(last)]]

    @cached_property
    def _titles(self) -> dict[date, str]:
        titles: dict[date, str] = {}
        for year in range(bank_holidays.FIRST_YEAR, bank_holidays.LAST_YEAR + 1):
            titles.update(bank_holidays.holidays(year))
        for day in self.withdrawn:
            titles.pop(day, None)
        return titles | dict(self.proclaimed)

    @cached_property
    def _count(self) -> _Count:
        titles, upto, days = self._titles, [], []
        for place in range(_LENGTH):
            ordinal = _FIRST + place
            if ordinal % 7 not in (6, 0):  # the proleptic calendar's day 1 is a Monday
                day = date.fromordinal(ordinal)
                if day not in titles:
                    days.append(day)
            upto.append(len(days))
        return _Count(upto, days)


def england_and_wales() -> Calendar:
    """The calendar as GOV.UK has announced it, without any later change."""
    return _calendar((), frozenset(), bank_holidays.known_until())


@lru_cache(maxsize=64)
def _calendar(
    proclaimed: tuple[tuple[date, str], ...], withdrawn: frozenset[date], known_until: date
) -> Calendar:
    return Calendar(proclaimed, withdrawn, known_until)


def _place(day: date) -> int:
    if type(day) is not date and (isinstance(day, datetime) or not isinstance(day, date)):
        _refuse_type(day)
    place = day.toordinal() - _FIRST
    if not 0 <= place < _LENGTH:
        raise BeyondCalendar(f"{day} is outside the calendar, which runs from {FIRST_DAY} to {LAST_DAY}.")
    return place


def _refuse_type(day: object) -> NoReturn:
    raise TypeError(f"A date is needed, not {type(day).__name__}; for a moment take london_day() first.")


def _refuse_negative(instead: str) -> NoReturn:
    raise ValueError(f"A count of working days is not negative; use {instead}().")
