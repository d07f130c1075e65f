"""The bank holidays: GOV.UK's table, the Department's published list, and the law's own rules all agree."""

import csv
from datetime import date
from itertools import groupby

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from cspr.statute import bank_holidays
from cspr.statute.bank_holidays import FIRST_YEAR, LAST_YEAR, NoTable, holidays
from cspr.statute.england_and_wales import england_and_wales
from tests.statute import oracle


def table_by_year() -> list[tuple[int, dict[date, str]]]:
    with bank_holidays.TABLE.open(encoding="utf-8", newline="") as lines:
        rows = [(date.fromisoformat(row["date"]), row["weekday"]) for row in csv.DictReader(lines)]
    return [(year, dict(days)) for year, days in groupby(rows, key=lambda row: row[0].year)]


def published_by_year() -> list[tuple[int, set[date]]]:
    published = BankHolidays(use_cached_holidays=True).get_holidays(division="england-and-wales")
    return [
        (year, {row["date"] for row in rows})
        for year, rows in groupby(
            sorted(published, key=lambda row: row["date"]), key=lambda row: row["date"].year
        )
    ]


@pytest.mark.parametrize(("year", "days"), table_by_year())
def test_each_year_of_the_table_is_kept(year: int, days: dict[date, str]) -> None:
    assert set(holidays(year)) == set(days)
    assert {day: f"{day:%a}" for day in days} == days


def test_the_table_covers_2019_to_2028() -> None:
    assert [year for year, _ in table_by_year()] == list(range(2019, 2029))
    assert bank_holidays.known_until() == date(2028, 12, 31)


@pytest.mark.parametrize(("year", "days"), published_by_year())
def test_each_year_of_the_published_list_agrees(year: int, days: set[date]) -> None:
    assert set(holidays(year)) == days


def test_the_published_list_covers_more_years_than_the_table() -> None:
    assert {year for year, _ in table_by_year()} < {year for year, _ in published_by_year()}


@pytest.mark.parametrize("year", range(FIRST_YEAR, LAST_YEAR + 1))
def test_every_year_follows_the_acts(year: int) -> None:
    assert set(holidays(year)) == oracle.bank_holidays(year)


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2023, 5, 8), "bank holiday for the Coronation of King Charles III"),
        (date(2022, 9, 19), "bank holiday for the State Funeral of Queen Elizabeth II"),
        (date(2022, 6, 3), "Platinum Jubilee bank holiday"),
        (date(2020, 5, 8), "Early May bank holiday (moved to VE Day)"),
        (date(1995, 5, 8), "Early May bank holiday (moved to VE Day)"),
        (date(1999, 12, 31), "Millennium bank holiday"),
        (date(2027, 12, 27), "Christmas Day (substitute day)"),
        (date(2027, 12, 28), "Boxing Day (substitute day)"),
        (date(2022, 12, 26), "Boxing Day"),
        (date(2022, 12, 27), "Christmas Day (substitute day)"),
        (date(2033, 12, 26), "Boxing Day"),
        (date(2033, 12, 27), "Christmas Day (substitute day)"),
        (date(2034, 1, 2), "New Year's Day (substitute day)"),
        (date(2029, 3, 30), "Good Friday"),
        (date(2029, 5, 7), "Early May bank holiday"),
    ],
)
def test_a_holiday_has_its_name(day: date, title: str) -> None:
    assert england_and_wales().why_not(day) == title


def test_an_empty_table_is_refused(tmp_path, monkeypatch) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("date,weekday,title,note\n", encoding="utf-8")
    monkeypatch.setattr(bank_holidays, "TABLE", empty)
    with pytest.raises(NoTable):
        bank_holidays.table.__wrapped__()
