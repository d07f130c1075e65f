"""What the board asks: in one query each, of the cases one may open, however many there are."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cspr.cases.models import Case
from cspr.deadlines import calendar, selectors
from cspr.deadlines.selectors import DueCounts, due_counts, open_deadlines_for
from cspr.deadlines.services import meet
from tests.factories.clocks import THURSDAY, at, make_clock
from tests.factories.people import World

ON = date(2026, 11, 26)


def test_counts_are_of_open_clocks_of_visible_cases(northvale: World, southmere: World) -> None:
    """Overdue (C4 of the 19th), today (C1), within 5 working days (C1 of the 20th), later (C5)."""
    case = make_clock(northvale).case
    for clock, moment in (("C4", THURSDAY), ("C2", at(20)), ("C5", THURSDAY)):
        make_clock(northvale, clock=clock, moment=moment, case=case)
    met = make_clock(northvale)
    meet(met.case, clock="C1", at=at(24), by=northvale.officer)
    make_clock(southmere)
    assert due_counts(Case.objects.visible_to(northvale.officer), ON) == DueCounts(overdue=1, today=1, next=1)
    assert due_counts(Case.objects.visible_to(northvale.referrer), ON) == DueCounts(0, 0, 0)
    rows = open_deadlines_for(Case.objects.visible_to(northvale.officer))
    assert [one.clock for one in rows] == ["C4", "C1", "C2", "C5"]


def test_counts_are_capped(northvale: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "MOST_COUNTED", 2)
    for _ in range(3):
        make_clock(northvale)
    assert due_counts(Case.objects.visible_to(northvale.officer), ON).today == 2


def test_queries_do_not_grow_with_the_cases(northvale: World) -> None:
    cases = Case.objects.visible_to(northvale.officer)

    def queries() -> int:
        calendar.current()
        with CaptureQueriesContext(connection) as seen:
            due_counts(cases, ON)
            for deadline in open_deadlines_for(cases):
                assert deadline.case.reference
        return len(seen)

    make_clock(northvale)
    before = queries()
    for _ in range(5):
        make_clock(northvale)
    assert queries() == before == 3
