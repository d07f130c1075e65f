"""Working-day arithmetic per second: ours, workalendar's and numpy's, one call at a time.

Every engine answers the same questions, and a wrong answer stops the measurement. numpy is compared where installed.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from time import perf_counter
from typing import Any

from workalendar.europe import UnitedKingdom

from cspr.bench.lines import Aim, Line, compared, in_turn
from cspr.statute import bank_holidays
from cspr.statute.england_and_wales import Calendar, england_and_wales
from cspr.statute.working_days import WorkingDays

Add = Callable[[date, int], date]
STARTS = tuple(date(2024, 1, 1) + timedelta(days=place) for place in range(730))
LENGTHS = (1, 5, 15)
A_SECOND = "{:,.0f} a second"


def questions() -> list[tuple[date, int]]:
    """Two years of starting days, each with the lengths of C4, C1 and C5."""
    return [(start, n) for start in STARTS for n in LENGTHS]


def per_second(add: Add, asked: list[tuple[date, int]], seconds: float) -> float:
    """Calls a second, over whole rounds of all questions for at least that long."""
    calls, began = 0, perf_counter()
    while (spent := perf_counter() - began) < seconds:
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


def measure(*, rounds: int, seconds: float = 0.2) -> list[Line]:
    """Ours beside each other engine, and what an explanation and a new calendar cost."""
    calendar, asked = england_and_wales(), questions()
    engines = (
        ("workalendar add_working_days", UnitedKingdom().add_working_days, Aim(20, at_least=True)),
        ("numpy busday_offset", numpy_add(), None),
    )
    lines = []
    for name, add, aim in engines:
        if add is None:
            lines.append(Line(f"working days added, beside {name}", "", "not installed"))
            continue
        wrong = [(start, n) for start, n in asked if add(start, n) != calendar.add(start, n)]
        if wrong:
            raise SystemExit(f"{name} disagrees on {len(wrong)} of {len(asked)}, first {wrong[0]}")
        ours, theirs = (partial(per_second, one, asked, seconds) for one in (calendar.add, add))
        mine, others = in_turn(ours, theirs, rounds=rounds)
        lines.append(compared(f"working days added, beside {name}", mine, others, unit=A_SECOND, aim=aim))
    explained = per_second(
        lambda start, n: WorkingDays(n).explain(start, calendar).due, asked, seconds=seconds
    )
    return [
        *lines,
        Line("working days explained day by day", A_SECOND.format(explained), ""),
        Line("a calendar built anew", f"{build_milliseconds():.1f} ms", ""),
    ]
