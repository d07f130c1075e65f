"""Days, months and years as first and last day, however little of a date is known."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from cspr.govuk.dates import EARLIEST_YEAR, LATEST_YEAR, MONTHS

SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
TERMS = {"autumn": (9, 12), "spring": (1, 4), "summer": (4, 7)}
"""The months a school term can lie in: its first and last day differ from school to school and year to year."""
THIRDS = {
    "early": 0, "start of": 0, "beginning of": 0, "beginning": 0, "start": 0,
    "mid": 1, "middle of": 1, "middle": 1,
    "late": 2, "end of": 2, "end": 2,
}  # fmt: skip
THIRD_OF_YEAR = ((1, 4), (5, 8), (9, 12))
THIRD_OF_MONTH = ((1, 10), (11, 20), (21, 31))


class NotADate(ValueError):
    """Why a cell holds no date that could be used; one sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Span:
    """First and last day; ``rough`` when the words give a part of a year or month rather than a day."""

    first: date
    last: date
    rough: bool = False


def month_of(word: str) -> int | None:
    """ "mar", "march" and "sept" are months; at least three letters."""
    word = word.rstrip(".")
    if len(word) < 3:
        return None
    if word == "sept":
        return 9
    return next((place for place, month in enumerate(MONTHS, 1) if month.startswith(word)), None)


def year_of(text: str, *, on: date) -> int:
    """Four figures, or two: the latest such year that is not past next year."""
    if len(text) == 2:
        century = on.year - on.year % 100
        year = century + int(text)
        return year if year <= on.year + 1 else year - 100
    return known(int(text))


def known(year: int) -> int:
    """The year itself. Raises NotADate outside 1900 to 2100."""
    if year < EARLIEST_YEAR:
        raise NotADate(f"The year {year} is before {EARLIEST_YEAR}")
    if year > LATEST_YEAR:
        raise NotADate(f"The year {year} is after {LATEST_YEAR}")
    return year


def day(year: int, month: int, number: int) -> Span:
    """One day. Raises NotADate where the calendar has no such day."""
    try:
        one = date(known(year), month, number)
    except ValueError as error:
        if isinstance(error, NotADate):
            raise
        raise NotADate("There is no such day in the calendar") from error
    return Span(one, one)


def month(year: int, number: int) -> Span:
    """A whole month."""
    return Span(date(known(year), number, 1), last_of(year, number), rough=True)


def whole_year(year: int) -> Span:
    """A whole year."""
    return Span(date(known(year), 1, 1), date(year, 12, 31), rough=True)


def last_of(year: int, number: int) -> date:
    """The last day of a month."""
    return date(year, number, calendar.monthrange(year, number)[1])


def season(year: int, word: str) -> Span:
    """Meteorological seasons; the winter of a year ends in the next one."""
    first, last = SEASONS[word]
    ends_in = year + 1 if last < first else year
    return Span(date(known(year), first, 1), last_of(ends_in, last), rough=True)


def third_of(whole: Span, word: str) -> Span:
    """ "early", "mid" or "late" of a year or of a month, as first and last day."""
    number = THIRDS[word]
    if (whole.last - whole.first).days > 31:
        first, last = THIRD_OF_YEAR[number]
        return Span(date(whole.first.year, first, 1), last_of(whole.first.year, last), rough=True)
    first, last = THIRD_OF_MONTH[number]
    ends = min(last, whole.last.day)
    return Span(whole.first.replace(day=first), whole.first.replace(day=ends), rough=True)


def week(first: date) -> Span:
    """Seven days from a day."""
    return Span(first, first + timedelta(days=6), rough=True)
