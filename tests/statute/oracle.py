"""A slow, second way to every answer, sharing no code with cspr/statute: one day at a time, from the Acts'
own words.

Bank holidays: Banking and Financial Dealings Act 1971, Schedule 1, with Good Friday and Christmas Day at
common law, the yearly proclamations of New Year's Day and May Day, and the one-off proclamations since
1990.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

ONE_DAY = timedelta(days=1)
MOVED = {
    date(1995, 5, 1): date(1995, 5, 8),  # fifty years since the end of the war in Europe
    date(2002, 5, 27): date(2002, 6, 4),  # beside the Golden Jubilee
    date(2012, 5, 28): date(2012, 6, 4),  # beside the Diamond Jubilee
    date(2020, 5, 4): date(2020, 5, 8),  # seventy-five years since the end of the war in Europe
    date(2022, 5, 30): date(2022, 6, 2),  # beside the Platinum Jubilee
}
EXTRA = {
    date(1999, 12, 31),  # the millennium
    date(2002, 6, 3),  # Golden Jubilee
    date(2011, 4, 29),  # royal wedding
    date(2012, 6, 5),  # Diamond Jubilee
    date(2022, 6, 3),  # Platinum Jubilee
    date(2022, 9, 19),  # State Funeral
    date(2023, 5, 8),  # Coronation
}


def easter(year: int) -> date:
    """Easter Sunday by Butcher's rule."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The weekdays of a year on which nobody in England and Wales need work."""
    usual = {
        easter(year) - 2 * ONE_DAY,
        easter(year) + ONE_DAY,
        first_monday(date(year, 5, 1)),
        last_monday(date(year, 5, 31)),
        last_monday(date(year, 8, 31)),
    }
    days = {MOVED.get(day, day) for day in usual} | {day for day in EXTRA if day.year == year}
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while fixed.weekday() in (5, 6) or fixed in days:
            fixed += ONE_DAY
        days.add(fixed)
    return frozenset(days)


def first_monday(day: date) -> date:
    while day.weekday() != 0:
        day += ONE_DAY
    return day


def last_monday(day: date) -> date:
    while day.weekday() != 0:
        day -= ONE_DAY
    return day


def is_working(day: date) -> bool:
    return day.weekday() not in (5, 6) and day not in bank_holidays(day.year)


def walk(day: date, n: int) -> date:
    """The n-th working day after `day`, or before it where n is negative."""
    step = ONE_DAY if n > 0 else -ONE_DAY
    left = abs(n)
    while left:
        day += step
        left -= is_working(day)
    return day


def count(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`."""
    return sum(is_working(day) for day in days_after(start, end))


def days_after(start: date, end: date) -> Iterator[date]:
    while start < end:
        start += ONE_DAY
        yield start


def months_after(start: date, n: int) -> date:
    """One month at a time; where the month has no such day, its last day."""
    year, month = start.year, start.month
    for _ in range(n):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    day = start.day
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
