"""The bank holidays of England and Wales, by name, in every year from 1990 to 2100.

workalendar knows the rules (Easter, first and last Mondays, substitute days) but was last released in
January 2023, so it is completed: in the years of GOV.UK's table (`calendar/`) the table decides, date by
date; before it, the one year workalendar has wrong is put right; after it, the rules stand alone and a
later proclamation may change them.
"""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workalendar.europe import UnitedKingdom

FIRST_YEAR = 1990
LAST_YEAR = 2100
TABLE = Path(__file__).parent / "calendar" / "bank-holidays-england-wales-2019-2028.csv"

# May Day 1995 was moved by proclamation to the fiftieth anniversary of the end of the war in Europe.
MOVED_BEFORE_THE_TABLE: Mapping[date, tuple[date, str]] = MappingProxyType(
    {date(1995, 5, 1): (date(1995, 5, 8), "Early May bank holiday (moved to VE Day)")}
)

IN_A_SENTENCE: Mapping[str, str] = MappingProxyType(
    {
        "Early May": "Early May bank holiday",
        "Early May moved to VE Day": "Early May bank holiday (moved to VE Day)",
        "Spring": "Spring bank holiday",
        "Summer": "Summer bank holiday",
        "Platinum Jubilee": "Platinum Jubilee bank holiday",
        "Coronation of King Charles III": "bank holiday for the Coronation of King Charles III",
        "State Funeral of Queen Elizabeth II": "bank holiday for the State Funeral of Queen Elizabeth II",
        # workalendar's own words
        "New year": "New Year's Day",
        "New Year shift": "New Year's Day (substitute day)",
        "New Year's Eve": "Millennium bank holiday",
        "Early May Bank Holiday": "Early May bank holiday",
        "Spring Bank Holiday": "Spring bank holiday",
        "Late Summer Bank Holiday": "Summer bank holiday",
        "Christmas Shift": "Christmas Day (substitute day)",
        "Boxing Day Shift": "Boxing Day (substitute day)",
        "Queen’s Golden Jubilee": "Golden Jubilee bank holiday",
        "Queen’s Diamond Jubilee": "Diamond Jubilee bank holiday",
        "Royal Wedding": "bank holiday for the Royal Wedding",
    }
)


class NoTable(ValueError):
    """The bundled table is empty or malformed. Without it no day can be counted, so nothing is."""


@cache
def table() -> Mapping[date, str]:
    """GOV.UK's list, date to title. An empty list is refused: it would make every holiday a working day."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        days = {date.fromisoformat(row["date"]): _title(row) for row in csv.DictReader(lines)}
    if not days:
        raise NoTable(f"{TABLE.name} holds no bank holidays.")
    return MappingProxyType(days)


@cache
def known_until() -> date:
    """The last day for which GOV.UK has announced the bank holidays."""
    return date(max(table()).year, 12, 31)


@cache
def holidays(year: int) -> Mapping[date, str]:
    """The bank holidays of one year that fall on a Monday to Friday, date to title."""
    announced = {day: title for day, title in table().items() if day.year == year}
    return MappingProxyType(announced or _by_rule(year))


def _by_rule(year: int) -> dict[date, str]:
    days: dict[date, str] = {}
    for day, words in UnitedKingdom().holidays(year):
        if day.weekday() < 5:
            days.setdefault(day, IN_A_SENTENCE.get(words, words))
    for usual, (moved_to, title) in MOVED_BEFORE_THE_TABLE.items():
        if days.pop(usual, None):
            days[moved_to] = title
    # With Christmas Day on a Sunday, Boxing Day is its own Monday and Christmas Day's substitute the Tuesday.
    if date(year, 12, 25).weekday() == 6:
        days[date(year, 12, 26)] = "Boxing Day"
        days[date(year, 12, 27)] = "Christmas Day (substitute day)"
    return days


def _title(row: Mapping[str, str]) -> str:
    words = row["title"].removesuffix(" (extra)")
    return IN_A_SENTENCE.get(words, words) + (f" ({row['note']})" if row["note"] else "")
