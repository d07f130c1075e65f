"""A date as people write it in a chronology: "12/3/26", "March 2026", "early 2025", "between 3 and 5 May 2026"."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from cspr.govuk.dates import RoughDate, parse_time
from rapid_reviews.chronology import spans
from rapid_reviews.chronology.phrases import (
    UNKNOWN,
    plain,
    without_about,
    without_clock,
    without_part_of_day,
)
from rapid_reviews.chronology.spans import NotADate, Span

LONGEST = 200
UNCLEAR = "This is not a date that could be understood"
NO_YEAR = "The date names no year"
ONLY_ONE_END = "This gives one end of a period only. Write the first and the last day it can have been"
TWO_IN_ONE = "Two dates stand in one cell. Give each a row, or write “from” the first “to” the last"
ISO = re.compile(
    r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?$"
)
IN_ONE = re.compile(r"^((?:19|20)\d{2})(0[1-9]|1[0-2])([0-3]\d)$")
FIGURES = re.compile(r"^(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})$")
DAY_MONTH = re.compile(r"^(\d{1,2})[\s\-/.]*([a-z]+)\.?[\s\-/.,']*(\d{4}|\d{2})$")
MONTH_DAY = re.compile(r"^([a-z]+)\.?\s+(\d{1,2}),?\s+(\d{4})$")
MONTH_YEAR = re.compile(r"^([a-z]+)\.?[\s\-/.,'’]*(\d{4}|(?<=[\-/'’])\d{2})$")
FIGURES_MONTH = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{4})$")
YEAR = re.compile(r"^(\d{4})$")
SCHOOL_YEAR = re.compile(r"^(\d{4})\s*[/\-]\s*(\d{2}|\d{4})$")
QUARTER = re.compile(r"^q([1-4])\s*(\d{4})$")
SCHOOL_TERM = re.compile(r"^(autumn|spring|summer)\s+term\s+(?:of\s+)?(\d{4})$")
ACADEMIC = re.compile(r"^(?:academic|school)\s+year\s+(\d{4})\s*[/\-–]\s*(\d{2}|\d{4})$")
WEEK_OF = re.compile(r"^(first|1|second|2|third|3|fourth|4|last)\s+week\s+(?:of|in)?\s*([a-z]+\s*\d{4})$")
SEASON = re.compile(r"^(spring|summer|autumn|winter)\s+(?:of\s+)?(\d{4})(?:\s*[/\-]\s*\d{2,4})?$")
THIRD = re.compile(
    r"^(early|mid|late|start of|beginning of|middle of|end of|beginning|start|middle|end)[\s\-]+(.+)$"
)
WEEK_FROM = re.compile(r"^(?:w(?:ee)?k (?:commencing|comm\.?|beginning|beg\.?|of)|w/?[cb]\b)\s*:?\s*(.+)$")
WEEK_TO = re.compile(r"^(?:w(?:ee)?k ending|w/?e\b)\s*:?\s*(.+)$")
YEARLESS = re.compile(r"^(?:\d{1,2}[\s\-/.]+)?([a-z]+)\.?(?:\s+\d{1,2})?$|^\d{1,2}\s*[/.\-]\s*\d{1,2}$")
SINCE = re.compile(
    r"^(?:since|from)\s+(.+)$"
    r"|^(.+?)\s*(?:onwards|[-–]|(?:to|until|till|[-–])\s*(?:date|now|today|present|ongoing|current))$"
)
ONE_END = re.compile(r"^(before|prior to|pre|after|post|by|until|till|up to)\b")
TWO_DATES = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}.*\D\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}")
BETWEEN = re.compile(r"^(?:between|from)\s+(.+?)\s+(?:and|to|until|till|[-–—])\s+(.+)$")
WEEKS = (("first", "1"), ("second", "2"), ("third", "3"), ("fourth", "4"))
RANGE = (
    re.compile(r"^(.+?)\s+(?:to|until|till|and|&|[-–—])\s+(.+)$"),
    re.compile(r"^(.+?)\s*[–—]\s*(.+)$"),
    re.compile(r"^(\d{1,2})\s*[-&/]\s*(\d{1,2}\s+[a-z].*)$"),
    re.compile(r"^(\d{1,2})\s*(?:to|and|&|[-–])\s*(\d{1,2}[/.]\d{1,2}[/.]\d{2,4})$"),
    re.compile(r"^([a-z]+(?:\s+\d{4})?)\s*/\s*([a-z]+\s*\d{4})$"),
    re.compile(r"^([a-z]+)\s*-\s*([a-z]+\s*\d{4})$"),
    re.compile(r"^(\d{1,2}[/.]\d{1,2}[/.]\d{2,4})\s*-\s*(\d{1,2}[/.]\d{1,2}[/.]\d{2,4})$"),
)


@dataclass(frozen=True)
class Dated:
    """A date as understood. ``swappable``: its other reading where day and month could stand the American way."""

    happened: RoughDate
    at: time | None = None
    swappable: date | None = None
    american: bool = False
    notices: tuple[str, ...] = ()


def read_words(text: str, *, on: date) -> Dated:
    """Understand a date in words or figures, day first. Raises NotADate with the reason."""
    if len(text) > LONGEST:
        raise NotADate("The date is longer than a date can be")
    words = plain(text)
    if not words:
        raise NotADate(UNCLEAR)
    if UNKNOWN.match(words):
        return Dated(RoughDate(RoughDate.NOT_KNOWN), notices=("No date is given",))
    iso = ISO.match(words) or IN_ONE.match(words)
    if iso:
        span = spans.day(int(iso[1]), int(iso[2]), int(iso[3]))
        return Dated(exact(span), at=parse_time(iso[4]) if iso.re is ISO and iso[4] else None)
    words, at = (words, None) if FIGURES.match(words) else without_clock(words)
    words, about = without_about(without_part_of_day(words))
    figures = FIGURES.match(words)
    if figures:
        return replace(in_figures(figures, on=on, about=about), at=at)
    lasting = SINCE.match(words)
    ranged = None if THIRD.match(words) else between(words, on=on)
    if lasting and ranged is None:
        return until_now(lasting[1] or lasting[2], on=on)
    span = ranged or one(words, on=on)
    one_day = span.first == span.last
    return Dated(rough(span, about=about, ranged=ranged is not None), at=at if one_day else None)


def until_now(words: str, *, on: date) -> Dated:
    """ "Since March 2026", "12/3/26 to date": from then to today."""
    begun = end(words, on=on)
    if begun is None:
        raise NotADate(UNCLEAR)
    if begun.first > on:
        raise NotADate("The date lies in the future")
    notice = "Read as lasting until today"
    return Dated(RoughDate(RoughDate.BETWEEN, begun.first, on), notices=(notice,))


def in_figures(found: re.Match[str], *, on: date, about: bool) -> Dated:
    """12/3/26: day first; month first only where no other reading is a day."""
    first, second, year = int(found[1]), int(found[2]), spans.year_of(found[3], on=on)
    if second > 12 >= first >= 1:
        span = spans.day(year, first, second)
        notice = f"Read month first, the American way: there is no month {second}"
        return Dated(rough(span, about=about), american=True, notices=(notice,))
    if not 1 <= second <= 12:
        raise NotADate(f"There is no month {second}")
    span = spans.day(year, second, first)
    other = date(year, first, second) if first <= 12 and first != second else None
    return Dated(rough(span, about=about), swappable=other)


def between(words: str, *, on: date) -> Span | None:
    """Two ends; what the first leaves out it takes from the second."""
    for pattern in (BETWEEN, *RANGE):
        found = pattern.match(words)
        if found is None:
            continue
        last = end(found[2], on=on)
        first = end(found[1], on=on, like=found[2])
        if last is None or first is None:
            continue
        if last.last < first.first:
            raise NotADate("The period ends before it begins")
        return Span(first.first, last.last, rough=True)
    return None


def end(words: str, *, on: date, like: str = "") -> Span | None:
    """One end of a period: by itself, else completed by the month or year that the other end has."""
    tail = like.split()
    figures = FIGURES.match(like)
    if figures and (parts := re.split(r"[/.\-]", words)) and len(parts) < 3:
        words = "/".join([*parts, *figures.groups()[len(parts) :]])
    for kept in range(len(tail) + 1):
        candidate = " ".join([words, *tail[len(tail) - kept :]]) if kept else words
        figures = FIGURES.match(candidate)
        try:
            if figures:
                happened = in_figures(figures, on=on, about=False).happened
                return (
                    Span(happened.earliest, happened.latest)
                    if happened.earliest and happened.latest
                    else None
                )
            return one(candidate, on=on)
        except NotADate:
            continue
    return None


def one(words: str, *, on: date) -> Span:
    """A single day, month, season or year in words. Raises NotADate."""
    for pattern, made in READINGS:
        found = pattern.match(words)
        span = made(found, on) if found else None
        if span is not None:
            return span
    raise NotADate(why_not(words))


def why_not(words: str) -> str:
    """Why words are no date, as far as that can be said."""
    yearless = YEARLESS.match(words)
    if yearless and (yearless[1] is None or spans.month_of(yearless[1])):
        return NO_YEAR
    if ONE_END.match(words):
        return ONLY_ONE_END
    return TWO_IN_ONE if TWO_DATES.search(words) else UNCLEAR


def day_month(found: re.Match[str], on: date) -> Span | None:
    number = spans.month_of(found[2])
    return spans.day(spans.year_of(found[3], on=on), number, int(found[1])) if number else None


def month_day(found: re.Match[str], on: date) -> Span | None:
    number = spans.month_of(found[1])
    return spans.day(int(found[3]), number, int(found[2])) if number else None


def month_year(found: re.Match[str], on: date) -> Span | None:
    number = spans.month_of(found[1])
    if number:
        return spans.month(spans.year_of(found[2], on=on), number)
    if found[1] == "christmas":
        year = spans.year_of(found[2], on=on)
        return Span(date(year, 12, 24), date(year, 12, 26), rough=True)
    return None


def figures_month(found: re.Match[str], on: date) -> Span | None:
    return spans.month(int(found[2]), int(found[1])) if 1 <= int(found[1]) <= 12 else None


def two_years(found: re.Match[str], on: date) -> Span | None:
    first = spans.known(int(found[1]))
    last = int(found[2]) if len(found[2]) == 4 else first - first % 100 + int(found[2])
    if not first < spans.known(last) <= first + 30:
        return None
    return Span(date(first, 1, 1), date(last, 12, 31), rough=True)


def quarter(found: re.Match[str], on: date) -> Span | None:
    year, ends = spans.known(int(found[2])), int(found[1]) * 3
    return Span(date(year, ends - 2, 1), spans.last_of(year, ends), rough=True)


def a_season(found: re.Match[str], on: date) -> Span | None:
    return spans.season(int(found[2]), found[1])


def a_term(found: re.Match[str], on: date) -> Span | None:
    first, last = spans.TERMS[found[1]]
    year = spans.known(int(found[2]))
    return Span(date(year, first, 1), spans.last_of(year, last), rough=True)


def academic_year(found: re.Match[str], on: date) -> Span | None:
    year = spans.known(int(found[1]))
    return Span(date(year, 9, 1), date(year + 1, 8, 31), rough=True)


def a_week_of(found: re.Match[str], on: date) -> Span | None:
    whole = one(found[2], on=on)
    if found[1] == "last":
        return Span(whole.last - timedelta(days=6), whole.last, rough=True)
    number = next(n for n, names in enumerate(WEEKS) if found[1] in names)
    return spans.week(whole.first + timedelta(days=7 * number))


def a_third(found: re.Match[str], on: date) -> Span | None:
    whole = one(found[2], on=on)
    return spans.third_of(whole, found[1]) if whole.rough and (whole.last - whole.first).days < 366 else None


def a_week_from(found: re.Match[str], on: date) -> Span | None:
    return spans.week(one_day(found[1], on=on))


def a_week_to(found: re.Match[str], on: date) -> Span | None:
    return spans.week(one_day(found[1], on=on) - timedelta(days=6))


def one_day(words: str, *, on: date) -> date:
    """The day a week is counted from. Raises NotADate."""
    figures = FIGURES.match(words)
    day = in_figures(figures, on=on, about=False).happened.earliest if figures else one(words, on=on).first
    if day is None:
        raise NotADate(UNCLEAR)
    return day


READINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Span | None]], ...] = (
    (DAY_MONTH, day_month),
    (MONTH_DAY, month_day),
    (MONTH_YEAR, month_year),
    (FIGURES_MONTH, figures_month),
    (YEAR, lambda found, on: spans.whole_year(int(found[1]))),
    (SCHOOL_YEAR, two_years),
    (QUARTER, quarter),
    (SCHOOL_TERM, a_term),
    (ACADEMIC, academic_year),
    (SEASON, a_season),
    (WEEK_OF, a_week_of),
    (WEEK_FROM, a_week_from),
    (WEEK_TO, a_week_to),
    (THIRD, a_third),
)


def exact(span: Span) -> RoughDate:
    return RoughDate(RoughDate.EXACT, span.first, span.last)


def rough(span: Span, *, about: bool, ranged: bool = False) -> RoughDate:
    """Exact for a day, about for a day, whole month or whole year said roughly, between for the rest."""
    if span.first == span.last:
        return RoughDate(RoughDate.ABOUT if about else RoughDate.EXACT, span.first, span.last)
    whole_month = span.first.day == 1 and span.last == spans.last_of(span.first.year, span.first.month)
    whole_year = span == spans.whole_year(span.first.year)
    if not ranged and (whole_month or whole_year):
        return RoughDate(RoughDate.ABOUT, span.first, span.last)
    return RoughDate(RoughDate.BETWEEN, span.first, span.last)
