"""Working-day arithmetic per second: ours, workalendar's and numpy's, one call at a time.

    python -m cspr.bench.arithmetic

Every engine answers the same questions, and a wrong answer stops the measurement. numpy is compared where
installed.
"""

import sys
from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter
from typing import Any

from workalendar.europe import UnitedKingdom

from cspr.statute import bank_holidays
from cspr.statute.england_and_wales import Calendar, england_and_wales
from cspr.statute.working_days import WorkingDays

Add = Callable[[date, int], date]
STARTS = tuple(date(2024, 1, 1) + timedelta(days=place) for place in range(730))
LENGTHS = (1, 5, 15)
SECONDS = 0.5


def questions() -> list[tuple[date, int]]:
    """Two years of starting days, each with the lengths of C4, C1 and C5."""
    return [(start, n) for start in STARTS for n in LENGTHS]


def per_second(add: Add, asked: list[tuple[date, int]]) -> float:
    """Calls a second, over whole rounds of all questions for at least half a second."""
    calls, began = 0, perf_counter()
    while (spent := perf_counter() - began) < SECONDS:
        for start, n in asked:
            add(start, n)
        calls += len(asked)
    return calls / spent


def numpy_add() -> Add | None:
    """numpy's busday_offset with the same holidays, giving dates; None where numpy is not installed."""
    if find_spec("numpy") is None:
        return None
    numpy: Any = import_module("numpy")
    days = [day for year in range(2023, 2030) for day in bank_holidays.holidays(year)]
    calendar = numpy.busdaycalendar(holidays=numpy.array(days, dtype="datetime64[D]"))

    def add(start: date, n: int) -> date:
        # "backward" first: from a Saturday the first working day after it is Friday's next.
        found: date = numpy.busday_offset(start, n, roll="backward", busdaycal=calendar).item()
        return found

    return add


def build_milliseconds() -> float:
    """Milliseconds from nothing to the first answer of a calendar with one more day proclaimed."""
    began = perf_counter()
    Calendar(proclaimed=((date(2026, 6, 8), "Day"),)).add(date(2026, 6, 5), 5)
    return (perf_counter() - began) * 1000


def main() -> None:
    """Print calls a second and how many times each other engine's pace ours is."""
    calendar, asked = england_and_wales(), questions()
    engines: dict[str, Add | None] = {
        "workalendar add_working_days": UnitedKingdom().add_working_days,
        "numpy busday_offset": numpy_add(),
    }
    ours = per_second(calendar.add, asked)
    sys.stdout.write(f"{'ours, Calendar.add':32}{ours:14,.0f} a second\n")
    for name, add in engines.items():
        if add is None:
            sys.stdout.write(f"{name:32}{'not installed':>14}\n")
            continue
        wrong = [(start, n) for start, n in asked if add(start, n) != calendar.add(start, n)]
        if wrong:
            raise SystemExit(f"{name} disagrees on {len(wrong)} of {len(asked)}, first {wrong[0]}")
        theirs = per_second(add, asked)
        sys.stdout.write(f"{name:32}{theirs:14,.0f} a second, ours is {ours / theirs:.0f} times as fast\n")
    explained = per_second(lambda start, n: WorkingDays(n).explain(start, calendar).due, asked)
    sys.stdout.write(f"{'ours, explained day by day':32}{explained:14,.0f} a second\n")
    sys.stdout.write(f"{'ours, building a calendar':32}{build_milliseconds():14.1f} milliseconds\n")


if __name__ == "__main__":
    main()
