"""Dates as agencies write them: what is read, as what, and what is refused with which sentence."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cspr.govuk.dates import RoughDate
from rapid_reviews.chronology.cells import Cell, read_cell
from rapid_reviews.chronology.spans import NotADate
from rapid_reviews.chronology.words import read_words
from tests.rapid_reviews.chronology.files import ON, shown

EXACT, ABOUT, BETWEEN = RoughDate.EXACT, RoughDate.ABOUT, RoughDate.BETWEEN
TWELFTH = ("2026-03-12", "2026-03-12")

UNDERSTOOD = [
    *[(text, EXACT, *TWELFTH) for text in (
        "12/3/26", "12.03.2026", "12-03-26", "12 3 2026", "2026-03-12", "12th March 2026", "12 Mar 26", "12-Mar-26",
        "March 12, 2026", "Thursday 12th of March 2026", " 12\u00a0March  2026 ", "on 12 March 2026",
    )],
    *[(text, ABOUT, *TWELFTH) for text in ("about 12 March 2026", "12/3/26 (approx)", "circa 12/3/26", "12/3/26 ?")],
    ("12/03/96", EXACT, "1996-03-12", "1996-03-12"),
    ("March 2026", ABOUT, "2026-03-01", "2026-03-31"),
    ("Mar-26", ABOUT, "2026-03-01", "2026-03-31"),
    ("03/2026", ABOUT, "2026-03-01", "2026-03-31"),
    ("Feb 2024", ABOUT, "2024-02-01", "2024-02-29"),
    ("2025", ABOUT, "2025-01-01", "2025-12-31"),
    ("circa 2024", ABOUT, "2024-01-01", "2024-12-31"),
    ("early 2025", BETWEEN, "2025-01-01", "2025-04-30"),
    ("late 2024", BETWEEN, "2024-09-01", "2024-12-31"),
    ("mid-March 2026", BETWEEN, "2026-03-11", "2026-03-20"),
    ("end of February 2026", BETWEEN, "2026-02-21", "2026-02-28"),
    ("between 3 and 5 May 2026", BETWEEN, "2026-05-03", "2026-05-05"),
    ("3-5 May 2026", BETWEEN, "2026-05-03", "2026-05-05"),
    ("28 April – 3 May 2026", BETWEEN, "2026-04-28", "2026-05-03"),
    ("28 December 2025 to 3 January 2026", BETWEEN, "2025-12-28", "2026-01-03"),
    ("3/5/26 - 7/5/26", BETWEEN, "2026-05-03", "2026-05-07"),
    ("from March to May 2026", BETWEEN, "2026-03-01", "2026-05-31"),
    ("2019-2021", BETWEEN, "2019-01-01", "2021-12-31"),
    ("2024/25", BETWEEN, "2024-01-01", "2025-12-31"),
    ("summer 2025", BETWEEN, "2025-06-01", "2025-08-31"),
    ("winter 2025/26", BETWEEN, "2025-12-01", "2026-02-28"),
    ("Q1 2026", BETWEEN, "2026-01-01", "2026-03-31"),
    ("w/c 2/3/26", BETWEEN, "2026-03-02", "2026-03-08"),
    ("week ending Sunday 8 March 2026", BETWEEN, "2026-03-02", "2026-03-08"),
    ("October to December 2026", BETWEEN, "2026-10-01", "2026-11-23"),
    *[(text, EXACT, *TWELFTH) for text in (
        "12 Mar '26", "2026/03/12", "20260312", "12/03/2026 (Thursday)", "(12/03/2026)", "12\\3\\26", "46093",
        "12-03-2026 00:00:00", "2026-03-12T00:00:00Z", "night of 12 March 2026", "early hours of 12/3/26",
        "12 March 2026 am", "12/3/26 (evening)", "overnight 12/3/26", "12.3.26 @ 14:00", "10:15 12/03/2026",
    )],
    *[(text, ABOUT, "2026-03-01", "2026-03-31") for text in (
        "? March 2026", "March 2026 (exact date unknown)", "unknown date in March 2026", "circa. March 2026",
    )],
    *[(text, BETWEEN, "2026-03-12", "2026-03-14") for text in (
        "12 to 14/3/26", "12/3 to 14/3/26", "12.03.26 and 14.03.26", "from 12.03.26 to 14.03.26", "12–14 March 2026",
    )],
    *[(text, BETWEEN, "2026-03-12", "2026-11-23") for text in (
        "since 12/3/26", "from 12/3/26", "12/3/26 onwards", "12/3/26 -", "12 March 2026 - ongoing", "12.3.26 to date",
    )],
    ("12/13 March 2026", BETWEEN, "2026-03-12", "2026-03-13"),
    ("March/April 2026", BETWEEN, "2026-03-01", "2026-04-30"),
    ("Dec 2024/Jan 2025", BETWEEN, "2024-12-01", "2025-01-31"),
    ("w/e 08.03.26", BETWEEN, "2026-03-02", "2026-03-08"),
    ("wk beg 2.3.26", BETWEEN, "2026-03-02", "2026-03-08"),
    ("1st week of March 2026", BETWEEN, "2026-03-01", "2026-03-07"),
    ("last week of February 2026", BETWEEN, "2026-02-22", "2026-02-28"),
    ("Spring Term 2026", BETWEEN, "2026-01-01", "2026-04-30"),
    ("academic year 2024/25", BETWEEN, "2024-09-01", "2025-08-31"),
    ("Xmas 2025", BETWEEN, "2025-12-24", "2025-12-26"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "precision", "first", "last"), UNDERSTOOD)
def test_date_in_words_is_understood(text: str, precision: str, first: str, last: str) -> None:
    happened = read_cell(Cell(text), on=ON).happened
    assert happened == RoughDate(precision, date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["unknown", "Not known", "n/k", "undated", "?", "Date unclear", "not recorded"]
)
def test_date_not_known_is_kept_as_such(text: str) -> None:
    dated = read_cell(Cell(text), on=ON)
    assert dated.happened == RoughDate(RoughDate.NOT_KNOWN)
    assert dated.notices == ("No date is given",)


@pytest.mark.parametrize(
    ("text", "at"),
    [("12/3/26 14:30", time(14, 30)), ("14.30 12/3/26", time(14, 30)), ("12/3/26 1430", time(14, 30)),
     ("12 March 2026, 2pm - 5pm", time(14)), ("2.30pm on 12/3/26", time(14, 30)), ("12/3/26 00:00:00", None),
     ("12 March 2026 at 2.30pm", time(14, 30)), ("12/3/26, 1430hrs", time(14, 30)),
     ("2026-03-12T14:30:00", time(14, 30)), ("12 March 2026 09:00-10:00", time(9)), ("12.03.2026", None)],
)  # fmt: skip
def test_time_of_day_is_read_beside_the_date(text: str, at: time | None) -> None:
    dated = read_cell(Cell(text), on=ON)
    assert (dated.happened.earliest, dated.at) == (date(2026, 3, 12), at)


REFUSED = [
    ("31/2/2026", "no such day"),
    ("29/02/2025", "no such day"),
    ("13/14/2026", "no month 14"),
    ("12/3/1899", "before 1900"),
    ("3 June 1885", "before 1900"),
    ("12/3/2150", "after 2100"),
    ("12 May", "names no year"),
    ("May 26", "names no year"),
    ("12/3", "names no year"),
    ("5 to 3 May 2026", "ends before it begins"),
    ("June", "names no year"),
    ("soon after birth", "not a date"),
    ("aged 3", "not a date"),
    ("before March 2026", "one end of a period only"),
    ("pre-2019", "one end of a period only"),
    ("12/3/26, 13/3/26", "Two dates stand in one cell"),
    ("since 2027", "in the future"),
    ("12 Mrach 2026", "not a date"),
    ("12/03/20226", "not a date"),
    ("Monday", "not a date"),
    ("14:30", "not a date"),
    ("24/11/2026", "in the future"),
    ("x" * 500, "longer than"),
    (shown("9999-12-31"), "in the future"),
    (shown("2026-11-24"), "in the future"),
    (60_000, "in the future"),
    (True, "yes or no"),
    (time(14, 30), "without a date"),
    (timedelta(hours=30), "without a date"),
    (3, "neither a year nor a date"),
    (999_999, "neither a year nor a date"),
    (shown("1900-01-01"), "only a time or a small number"),
    (shown("1904-01-01"), "only a time or a small number"),
    (shown("1899-12-31"), "before 1900"),
]


@pytest.mark.parametrize(("value", "why"), REFUSED)
def test_what_is_no_date_is_refused_with_the_reason(value: Any, why: str) -> None:
    with pytest.raises(NotADate, match=why):
        read_cell(Cell(value), on=ON)


def test_month_first_is_read_where_no_other_reading_is_a_day_and_flagged() -> None:
    dated = read_words("3/25/2026", on=ON)
    assert dated.happened.earliest == date(2026, 3, 25)
    assert "American" in dated.notices[0]


@pytest.mark.parametrize(
    ("number", "from_1904", "day", "at"),
    [(46093, False, date(2026, 3, 12), None), (46093.6042, False, date(2026, 3, 12), time(14, 30)),
     (44631, True, date(2026, 3, 12), None), (46093.0, False, date(2026, 3, 12), None)],
)  # fmt: skip
def test_excel_serial_number_is_read_in_its_date_system(
    number: float, from_1904: bool, day: date, at: Any
) -> None:
    dated = read_cell(Cell(number), on=ON, from_1904=from_1904)
    assert (dated.happened.earliest, dated.at) == (day, at)
    assert ("1904" if from_1904 else "1900") in dated.notices[0]


def test_number_that_is_a_year_is_the_year() -> None:
    assert read_cell(Cell(2025), on=ON).happened == RoughDate(ABOUT, date(2025, 1, 1), date(2025, 12, 31))


@given(st.dates(date(1930, 1, 1), ON))
def test_every_day_is_read_back_from_every_way_of_writing_it(day: date) -> None:
    for text in (
        f"{day:%d/%m/%Y}",
        f"{day:%-d.%-m.%Y}",
        f"{day:%A %-d %B %Y}",
        day.isoformat(),
        f"{day:%-d %b %Y}",
    ):
        assert read_words(text, on=ON).happened == RoughDate(EXACT, day, day)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    try:
        happened = read_cell(Cell(text), on=ON).happened
    except NotADate:
        return
    assert happened.earliest is None or (happened.latest is not None and happened.earliest <= happened.latest)


@pytest.mark.parametrize("value", ["1/1/1900", "1900", 1900, "1 January 1901"])
def test_day_that_systems_write_where_none_is_known_is_to_be_checked(value: Any) -> None:
    assert "no date was recorded" in read_cell(Cell(value), on=ON).notices[-1]


@pytest.mark.parametrize("value", ["3 May 1905", "1934"])
def test_day_long_ago_is_taken_as_it_is(value: Any) -> None:
    assert read_cell(Cell(value), on=ON).notices == ()
