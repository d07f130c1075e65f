"""Working days, months, years and dates that are set: when they end, and how they explain themselves."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspr.statute.working_days import (
    BeyondCalendar,
    Calendar,
    Months,
    OnDate,
    Period,
    WorkingDays,
    Years,
    england_and_wales,
)
from tests.statute import oracle

DAYS = st.dates(min_value=date(1996, 1, 1), max_value=date(2095, 12, 31))
TABLE = Path(__file__).parent / "tables" / "due_dates.csv"
UNITS = {"working": WorkingDays, "month": Months, "months": Months, "year": Years, "years": Years}


def tabled() -> list[tuple[str, date, date, str]]:
    rows = csv.DictReader(TABLE.read_text("utf-8").splitlines())
    return [
        (row["period"], date.fromisoformat(row["day_0"]), date.fromisoformat(row["due"]), row["why"])
        for row in rows
    ]


@pytest.fixture
def calendar() -> Calendar:
    return england_and_wales()


@pytest.mark.parametrize(("period", "day_0", "due", "why"), tabled())
def test_a_tabled_period_ends_on_its_day(
    calendar: Calendar, period: str, day_0: date, due: date, why: str
) -> None:
    n, unit, *rest = period.split()
    length: Period = UNITS[unit](int(n))
    back = "back" in rest
    assert (length.back_from if back else length.due)(day_0, calendar) == due, why
    assert (length.explain_back if back else length.explain)(day_0, calendar).due == due


def test_the_table_is_long_and_mixed() -> None:
    kinds = {row[0].split(maxsplit=1)[1] for row in tabled()}
    assert len(tabled()) >= 200
    assert kinds >= {"working days", "working days back", "months", "years"}


@given(start=DAYS, n=st.integers(1, 40))
def test_months_are_the_corresponding_date_or_the_last(start: date, n: int) -> None:
    due = Months(n).due(start, england_and_wales())
    assert due == oracle.months_after(start, n)
    assert due.day == start.day or (due + timedelta(days=1)).day == 1


@given(start=DAYS, n=st.integers(1, 4))
def test_years_are_twelve_months_each(start: date, n: int) -> None:
    calendar = england_and_wales()
    assert Years(n).due(start, calendar) == Months(12 * n).due(start, calendar)
    assert Years(n).back_from(start, calendar) == Months(12 * n).back_from(start, calendar)


@given(start=DAYS, n=st.integers(1, 30))
def test_months_back_and_forth_never_gain_a_day(start: date, n: int) -> None:
    calendar = england_and_wales()
    there = Months(n).due(start, calendar)
    assert Months(n).back_from(there, calendar) <= start
    assert Months(n).due(Months(n).back_from(there, calendar), calendar) <= there


@given(start=DAYS, n=st.integers(1, 30))
def test_an_explanation_counts_exactly_n_days(start: date, n: int) -> None:
    calendar = england_and_wales()
    for told in (WorkingDays(n).explain(start, calendar), WorkingDays(n).explain_back(start, calendar)):
        assert [day.number for day in told.counted] == list(range(1, n + 1))
        assert all(calendar.is_working(day.date) for day in told.counted)
        assert all(day.reason == calendar.why_not(day.date) for day in told.skipped)
        assert told.days[0].date == start
        assert told.days[0].kind == "day 0"
        assert [day.date for day in told.days if day.is_due] == [told.due]


@given(start=DAYS, n=st.integers(1, 30))
def test_an_explanation_leaves_no_day_out(start: date, n: int) -> None:
    calendar = england_and_wales()
    for told in (WorkingDays(n).explain(start, calendar), WorkingDays(n).explain_back(start, calendar)):
        days = [day.date for day in told.in_date_order]
        assert days == [days[0] + timedelta(days=place) for place in range(len(days))]


@given(start=DAYS, n=st.integers(1, 30))
def test_an_explanation_agrees_with_the_due_date(start: date, n: int) -> None:
    calendar = england_and_wales()
    for period in (WorkingDays(n), Months(n), OnDate()):
        assert period.explain(start, calendar).due == period.due(start, calendar)
        assert period.explain_back(start, calendar).due == period.back_from(start, calendar)


def test_working_days_read_as_a_paragraph(calendar: Calendar) -> None:
    told = WorkingDays(5).explain(date(2026, 5, 22), calendar)
    assert told.as_text(event="the local authority became aware", task="The Panel must be notified") == (
        "Day 0 is Friday 22 May 2026, when the local authority became aware. The period is 5"
        " working days in England and Wales, counted from the day after. The working days"
        " counted are Tuesday 26 May 2026 (1), Wednesday 27 May 2026 (2), Thursday 28 May 2026"
        " (3), Friday 29 May 2026 (4), Monday 1 June 2026 (5). Not counted: Monday 25 May"
        " 2026 (Spring bank holiday) and Saturdays and Sundays. The Panel must be notified by"
        " Monday 1 June 2026."
    )


def test_working_days_back_read_as_counted_back(calendar: Calendar) -> None:
    text = WorkingDays(7).explain_back(date(2027, 1, 8), calendar).as_text()
    assert "counted back from the day before" in text
    assert "Tuesday 29 December 2026 (7)" in text
    assert "Friday 1 January 2027 (New Year's Day)" in text


def test_a_strip_says_what_stands_under_each_day(calendar: Calendar) -> None:
    told = WorkingDays(5).explain(date(2026, 11, 19), calendar)
    assert [day.words for day in told.days] == ["day 0", "1", "weekend", "weekend", "2", "3", "4", "5 due"]


def test_months_are_explained_by_their_rule_not_day_by_day(calendar: Calendar) -> None:
    told = Months(6).explain(date(2026, 8, 31), calendar)
    assert [day.words for day in told.days] == ["day 0", "due"]
    assert "February 2027 has no day 31" in told.rule
    assert "not a working day (weekend)" in told.rule
    assert told.as_text().endswith("The last day is Sunday 28 February 2027.")


def test_months_with_a_corresponding_date_say_so(calendar: Calendar) -> None:
    assert Months(6).explain(date(2026, 11, 19), calendar).rule == (
        "The period is 6 calendar months after Thursday 19 November 2026 and ends on the"
        " corresponding date, Wednesday 19 May 2027."
    )


def test_a_date_that_is_set_has_no_day_nought(calendar: Calendar) -> None:
    told = OnDate().explain(date(2026, 11, 29), calendar)
    assert told.as_text(task="The Panel asks for an answer") == (
        "The date set is Sunday 29 November 2026. The Panel asks for an answer by Sunday 29 November 2026."
    )


def test_a_count_past_the_announced_holidays_says_so(calendar: Calendar) -> None:
    within, past = (WorkingDays(5).explain(date(2028, 12, day), calendar) for day in (18, 28))
    assert not within.is_provisional
    assert past.is_provisional
    assert "after Sunday 31 December 2028 have not been announced yet" in past.as_text()


@pytest.mark.parametrize("period", [WorkingDays(1), Months(1), Years(1), OnDate()])
def test_every_period_refuses_a_moment(calendar: Calendar, period: Period) -> None:
    moment = datetime(2026, 12, 24, 23, 30, tzinfo=UTC)
    for ask in (period.due, period.back_from, period.explain, period.explain_back):
        with pytest.raises(TypeError, match="A date is needed"):
            ask(moment, calendar)


@pytest.mark.parametrize("unit", [WorkingDays, Months, Years])
def test_a_period_of_nothing_is_refused(unit: type[WorkingDays] | type[Months]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        unit(0)


@pytest.mark.parametrize("period", [Months(6), Years(1)])
def test_a_period_that_leaves_the_calendar_is_refused(calendar: Calendar, period: Period) -> None:
    with pytest.raises(BeyondCalendar):
        period.due(date(2100, 12, 1), calendar)
    with pytest.raises(BeyondCalendar):
        period.back_from(date(1990, 1, 31), calendar)


def test_periods_are_said_in_words() -> None:
    assert [WorkingDays(1).words, WorkingDays(5).words, Months(6).words, Years(1).words, Years(3).words] == [
        "1 working day",
        "5 working days",
        "6 calendar months",
        "1 year",
        "3 years",
    ]
