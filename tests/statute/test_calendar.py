"""The calendar's arithmetic against one that walks day by day, its refusals, and changes proclaimed later."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cspr.statute.england_and_wales import (
    FIRST_DAY,
    LAST_DAY,
    BeyondCalendar,
    Calendar,
    england_and_wales,
    london_day,
)
from tests.statute import oracle

NAIVE = datetime(2026, 6, 14, 23, 30, tzinfo=UTC).replace(tzinfo=None)
DAYS = st.dates(min_value=date(1991, 1, 1), max_value=date(2099, 12, 31))
MONDAY = date(2026, 6, 8)
TABLES = Path(__file__).parent / "tables"


@pytest.fixture
def calendar() -> Calendar:
    return england_and_wales()


@given(day=DAYS, n=st.integers(1, 60))
def test_add_is_the_day_a_slow_count_reaches(day: date, n: int) -> None:
    assert england_and_wales().add(day, n) == oracle.walk(day, n)


@given(day=DAYS, n=st.integers(1, 60))
def test_back_is_the_day_a_slow_count_back_reaches(day: date, n: int) -> None:
    assert england_and_wales().back(day, n) == oracle.walk(day, -n)


@given(day=DAYS, length=st.integers(0, 120))
def test_between_is_a_slow_count(day: date, length: int) -> None:
    end = day + timedelta(days=length)
    assert england_and_wales().between(day, end) == oracle.count(day, end)


@given(first=DAYS, length=st.integers(0, 60))
def test_days_are_the_working_ones_of_a_period(first: date, length: int) -> None:
    calendar, last = england_and_wales(), first + timedelta(days=length)
    period = [first + timedelta(days=n) for n in range(length + 1)]
    assert calendar.days(first, last) == [day for day in period if calendar.is_working(day)]


def test_days_begin_with_the_calendar(calendar: Calendar) -> None:
    assert calendar.days(FIRST_DAY, date(1990, 1, 4)) == [date(1990, 1, day) for day in (2, 3, 4)]


@given(day=DAYS, n=st.integers(1, 200))
def test_between_undoes_add_and_back(day: date, n: int) -> None:
    calendar = england_and_wales()
    assert calendar.between(day, calendar.add(day, n)) == n
    assert calendar.between(day, calendar.back(day, n)) == -n


@given(day=DAYS, n=st.integers(1, 200))
def test_back_undoes_add_from_a_working_day(day: date, n: int) -> None:
    calendar = england_and_wales()
    assume(calendar.is_working(day))
    assert calendar.back(calendar.add(day, n), n) == day
    assert calendar.add(calendar.back(day, n), n) == day


@given(first=DAYS, second=DAYS, n=st.integers(1, 60))
def test_a_later_start_is_never_due_earlier(first: date, second: date, n: int) -> None:
    calendar = england_and_wales()
    earlier, later = sorted((first, second))
    assert calendar.add(earlier, n) <= calendar.add(later, n)
    assert calendar.back(earlier, n) <= calendar.back(later, n)


@given(day=DAYS, n=st.integers(1, 60))
def test_a_count_ends_on_a_working_day(day: date, n: int) -> None:
    calendar = england_and_wales()
    assert calendar.is_working(calendar.add(day, n))
    assert calendar.is_working(calendar.back(day, n))


def test_nought_is_the_day_itself(calendar: Calendar) -> None:
    sunday = date(2026, 6, 7)
    assert calendar.add(sunday, 0) == calendar.back(sunday, 0) == sunday


@pytest.mark.parametrize("verb", ["add", "back"])
def test_a_negative_count_is_refused(calendar: Calendar, verb: str) -> None:
    with pytest.raises(ValueError, match="not negative"):
        getattr(calendar, verb)(MONDAY, -1)


@pytest.mark.parametrize("moment", [datetime(2026, 12, 25, 12, tzinfo=UTC), NAIVE, "2026-12-25"])
def test_anything_but_a_date_is_refused(calendar: Calendar, moment: object) -> None:
    for ask in (calendar.is_working, calendar.why_not, calendar.is_announced):
        with pytest.raises(TypeError, match="A date is needed"):
            ask(moment)
    for count in (calendar.add, calendar.back):
        with pytest.raises(TypeError, match="A date is needed"):
            count(moment, 1)
    with pytest.raises(TypeError, match="A date is needed"):
        calendar.between(MONDAY, moment)
    with pytest.raises(TypeError, match="A date is needed"):
        calendar.with_changes(proclaimed={moment: "Day"})


@pytest.mark.parametrize("day", [FIRST_DAY - timedelta(days=1), LAST_DAY + timedelta(days=1), date(1, 1, 1)])
def test_a_day_outside_the_calendar_is_refused(calendar: Calendar, day: date) -> None:
    for ask in (calendar.is_working, calendar.why_not, lambda day: calendar.add(day, 1)):
        with pytest.raises(BeyondCalendar):
            ask(day)


def test_a_count_that_leaves_the_calendar_is_refused(calendar: Calendar) -> None:
    with pytest.raises(BeyondCalendar):
        calendar.add(date(2100, 12, 30), 5)
    with pytest.raises(BeyondCalendar):
        calendar.back(date(1990, 1, 4), 5)
    with pytest.raises(BeyondCalendar):
        calendar.back(FIRST_DAY, 1)


def test_the_first_and_last_days_count(calendar: Calendar) -> None:
    assert calendar.add(FIRST_DAY, 1) == date(1990, 1, 2)
    assert calendar.back(date(1990, 1, 3), 1) == date(1990, 1, 2)
    assert calendar.add(date(2100, 12, 30), 1) == LAST_DAY


def test_why_not_says_weekend_before_holiday(calendar: Calendar) -> None:
    assert calendar.why_not(date(2027, 12, 25)) == "weekend"
    assert calendar.why_not(date(2026, 12, 25)) == "Christmas Day"
    assert calendar.why_not(MONDAY) is None


def test_a_proclaimed_day_is_counted_no_more(calendar: Calendar) -> None:
    changed = calendar.with_changes(proclaimed={MONDAY: "Day of mourning"})
    assert changed.why_not(MONDAY) == "Day of mourning"
    assert changed.add(date(2026, 6, 5), 1) == date(2026, 6, 9)
    assert calendar.add(date(2026, 6, 5), 1) == MONDAY


def test_a_withdrawn_holiday_is_counted_again(calendar: Calendar) -> None:
    christmas = date(2026, 12, 25)
    assert calendar.with_changes(withdrawn={christmas}).add(date(2026, 12, 24), 1) == christmas


def test_a_withdrawn_weekend_stays_a_weekend(calendar: Calendar) -> None:
    assert not calendar.with_changes(withdrawn={date(2026, 6, 6)}).is_working(date(2026, 6, 6))


def test_the_later_of_two_changes_wins(calendar: Calendar) -> None:
    proclaimed = calendar.with_changes(proclaimed={MONDAY: "Day of mourning"})
    assert proclaimed.with_changes(withdrawn={MONDAY}).is_working(MONDAY)
    assert (
        not proclaimed.with_changes(withdrawn={MONDAY})
        .with_changes(proclaimed={MONDAY: "Again"})
        .is_working(MONDAY)
    )


def test_one_day_both_proclaimed_and_withdrawn_is_refused(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="proclaimed and withdrawn"):
        calendar.with_changes(proclaimed={MONDAY: "Day"}, withdrawn={MONDAY})


def test_equal_calendars_are_the_same_object(calendar: Calendar) -> None:
    changes = {MONDAY: "Day of mourning"}
    assert calendar.with_changes(proclaimed=changes) is calendar.with_changes(proclaimed=dict(changes))
    assert calendar.with_changes() is england_and_wales()
    assert calendar.with_changes(proclaimed=changes) != calendar
    assert Calendar() == calendar


def test_what_is_announced_ends_with_the_table(calendar: Calendar) -> None:
    assert calendar.is_announced(date(2028, 12, 31))
    assert not calendar.is_announced(date(2029, 1, 1))
    assert calendar.with_changes(known_until=date(2029, 12, 31)).is_announced(date(2029, 1, 1))


@pytest.mark.parametrize(
    ("moment", "day", "why"),
    [
        tuple(row.values())
        for row in csv.DictReader((TABLES / "london_days.csv").read_text("utf-8").splitlines())
    ],
)
def test_a_moment_falls_on_its_london_day(moment: str, day: str, why: str) -> None:
    assert london_day(datetime.fromisoformat(moment)) == date.fromisoformat(day), why


@pytest.mark.parametrize("moment", [NAIVE, date(2026, 6, 14), "2026-06-14"])
def test_a_moment_without_a_zone_is_refused(moment: object) -> None:
    with pytest.raises(TypeError):
        london_day(moment)
