"""One cell as a date: text, a date Excel knows, or the bare number that Excel keeps a date as."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from cspr.govuk.dates import EARLIEST_YEAR, LATEST_YEAR, RoughDate
from rapid_reviews.chronology import spans
from rapid_reviews.chronology.spans import NotADate
from rapid_reviews.chronology.words import Dated, read_words

Value = str | int | float | bool | date | datetime | time | timedelta | None
SERIALS = (10_000, 80_000)
"""1927 to 2119: a smaller number is a year or a slip, a larger one something else."""
SERIAL = re.compile(r"^\d{5}(\.\d+)?$")
"""Such a number as text, where a column of dates was formatted as text or pasted into Word."""
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
DOUBTFUL_UNTIL = date(1905, 1, 1)
"""Excel shows 0, a time or a small number as a day of 1900 (or of 1904)."""
NO_DATE_RECORDED = "Check the date: many systems write such a day where no date was recorded"


@dataclass(frozen=True)
class Cell:
    """One cell of a table. ``problem`` says why its content cannot be read at all."""

    value: Value = None
    problem: str = ""

    @property
    def text(self) -> str:
        """What a person sees in it, in single spaces per line."""
        if self.value is None:
            return ""
        if isinstance(self.value, datetime):
            shown = f"{self.value:%d/%m/%Y}"
            return shown if self.value.time() == time() else f"{shown} {self.value:%H:%M}"
        if isinstance(self.value, date):
            return f"{self.value:%d/%m/%Y}"
        if isinstance(self.value, bool):
            return "Yes" if self.value else "No"
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        lines = (" ".join(line.split()) for line in str(self.value).replace("\x00", "").splitlines())
        return "\n".join(line for line in lines if line)


EMPTY = Cell()


def read_cell(cell: Cell, *, on: date, from_1904: bool = False) -> Dated:
    """Understand one cell of the date column. Raises NotADate with the reason."""
    return doubt_the_oldest(refuse_future(as_date(cell, on=on, from_1904=from_1904), on=on))


def as_date(cell: Cell, *, on: date, from_1904: bool) -> Dated:
    """Whatever the cell holds as a date. Raises NotADate."""
    if cell.problem:
        raise NotADate(cell.problem)
    value = cell.value
    if isinstance(value, bool):
        raise NotADate("The date is only yes or no")
    if isinstance(value, datetime):
        return known_to_excel(value.date(), at=value.time() if value.time() != time() else None)
    if isinstance(value, date):
        return known_to_excel(value, at=None)
    if isinstance(value, (time, timedelta)):
        raise NotADate("This is a time without a date")
    if isinstance(value, (int, float)):
        return in_numbers(value, from_1904=from_1904)
    words = cell.text.replace("\n", " ")
    if SERIAL.match(words):
        return in_numbers(float(words), from_1904=from_1904)
    return read_words(words, on=on)


def known_to_excel(day: date, *, at: time | None) -> Dated:
    """A date cell of a workbook."""
    if day.year < EARLIEST_YEAR:
        spans.known(day.year)
    if day < DOUBTFUL_UNTIL:
        raise NotADate("Excel shows a date like this where a cell holds only a time or a small number")
    return Dated(RoughDate(RoughDate.EXACT, day, day), at=at)


def in_numbers(value: float, *, from_1904: bool) -> Dated:
    """A bare number: a year, or the serial number that Excel counts days by."""
    whole = int(value)
    if value == whole and EARLIEST_YEAR <= whole <= LATEST_YEAR:
        year = spans.whole_year(whole)
        return Dated(RoughDate(RoughDate.ABOUT, year.first, year.last))
    if not SERIALS[0] <= whole <= SERIALS[1]:
        raise NotADate("The number is neither a year nor a date as Excel counts it")
    day = (EPOCH_1904 if from_1904 else EPOCH_1900) + timedelta(days=whole)
    seconds = round((value - whole) * 86_400 / 60) * 60
    at = time(seconds // 3600, seconds % 3600 // 60) if 0 < seconds < 86_400 else None
    system = "1904" if from_1904 else "1900"
    notice = f"Read from the number {whole}, as Excel counts days in its {system} system"
    return Dated(RoughDate(RoughDate.EXACT, day, day), at=at, notices=(notice,))


def refuse_future(dated: Dated, *, on: date) -> Dated:
    """What has not happened yet is no part of a chronology; a period under way ends today."""
    first, last = dated.happened.earliest, dated.happened.latest
    if first is None or last is None:
        return dated
    if first > on:
        raise NotADate("The date lies in the future")
    if last > on and dated.happened.precision == RoughDate.BETWEEN:
        return replace(dated, happened=RoughDate(RoughDate.BETWEEN, first, on))
    return dated


def doubt_the_oldest(dated: Dated) -> Dated:
    """A day of 1900 that somebody wrote is kept, and they are asked whether it was meant."""
    first = dated.happened.earliest
    if first is None or first >= DOUBTFUL_UNTIL:
        return dated
    return replace(dated, notices=(*dated.notices, NO_DATE_RECORDED))
