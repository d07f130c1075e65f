"""A date as people write it in a chronology: "12/3/26", "March 2026", "early 2025", "between 3 and 5 May 2026"."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from cspr.govuk.dates import RoughDate, parse_time
from rapid_reviews.chronology import spans
from rapid_reviews.chronology.spans import NotADate, Span

LONGEST = 200
UNCLEAR = "This is not a date that could be understood"
UNKNOWN = re.compile(
    r"^(not known|unknown|n/?k|n/?a|undated|no date|date (not known|unknown|unclear)|tbc|unclear|unsure|\?+|-+)$"
)
ABOUT = re.compile(
    r"^(circa|approximately|approx\.?|about|around|roughly|possibly|c\.|ca\.|~|c(?=\s*\d))\s*|\s*\(?(approx\.?|\?)\)?$"
)
WEEKDAY = re.compile(r"\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b\.?,?")
ORDINAL = re.compile(r"\b(\d{1,2})(st|nd|rd|th)\b")
CLOCK = re.compile(
    r"[,;\s]+(?:(?:at|from|-|–)\s+)?(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?|\d{4}(?=\s*h))"
    r"\s*(?:h(?:ou)?rs?|h)?\.?(?:\s*[-–]\s*\d{1,2}[:.]?\d{2}\s*(?:[ap]m|h(?:ou)?rs?)?)?$"
)
ISO = re.compile(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d\d:?\d\d)?)?$"
)
FIGURES = re.compile(r"^(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})$")
DAY_MONTH = re.compile(r"^(\d{1,2})[\s\-/.]*([a-z]+)\.?[\s\-/.,]*(\d{4}|\d{2})$")
MONTH_DAY = re.compile(r"^([a-z]+)\.?\s+(\d{1,2}),?\s+(\d{4})$")
MONTH_YEAR = re.compile(r"^([a-z]+)\.?[\s\-/.,'’]*(\d{4}|(?<=[\-/'’])\d{2})$")
FIGURES_MONTH = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{4})$")
YEAR = re.compile(r"^(\d{4})$")
SCHOOL_YEAR = re.compile(r"^(\d{4})\s*[/\-]\s*(\d{2}|\d{4})$")
QUARTER = re.compile(r"^q([1-4])\s*(\d{4})$")
SEASON = re.compile(r"^(spring|summer|autumn|winter)\s+(?:of\s+)?(\d{4})(?:\s*[/\-]\s*\d{2,4})?$")
THIRD = re.compile(
    r"^(early|mid|late|start of|beginning of|middle of|end of|beginning|start|middle|end)[\s\-]+(.+)$"
)
WEEK_FROM = re.compile(r"^(?:week commencing|week beginning|week of|w/?c\b)\s*:?\s*(.+)$")
WEEK_TO = re.compile(r"^(?:week ending|w/?e\b)\s*:?\s*(.+)$")
YEARLESS = re.compile(r"^(\d{1,2}[\s\-/.]+[a-z]+|[a-z]+\s+\d{1,2}|\d{1,2}\s*[/.\-]\s*\d{1,2})$")
BETWEEN = re.compile(r"^(?:between|from)\s+(.+?)\s+(?:and|to|until|till|[-–—])\s+(.+)$")
RANGE = (
    re.compile(r"^(.+?)\s+(?:to|until|till|and|&|[-–—])\s+(.+)$"),
    re.compile(r"^(.+?)\s*[–—]\s*(.+)$"),
    re.compile(r"^(\d{1,2})\s*[-&]\s*(\d{1,2}\s+[a-z].*)$"),
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
    iso = ISO.match(words)
    if iso:
        span = spans.day(int(iso[1]), int(iso[2]), int(iso[3]))
        return Dated(exact(span), at=parse_time(iso[4]) if iso[4] else None)
    words, at = without_clock(words)
    words, about = without_about(words)
    figures = FIGURES.match(words)
    if figures:
        return replace(in_figures(figures, on=on, about=about), at=at)
    ranged = None if THIRD.match(words) else between(words, on=on)
    span = ranged or one(words, on=on)
    return Dated(rough(span, about=about, ranged=ranged is not None), at=at)


def plain(text: str) -> str:
    """Lower case, single spaces, without weekdays, ordinals and filler words."""
    words = " ".join(text.replace("\u00a0", " ").lower().split()).strip(" .;,")
    words = ORDINAL.sub(r"\1", WEEKDAY.sub(" ", words))
    words = re.sub(r"^(on|in|during|date:?)\s+(the\s+)?", "", words.strip())
    words = re.sub(r"(?<=\d)\s+of\s+(?=[a-z])", " ", re.sub(r"\bthe\s+", "", words))
    return " ".join(words.split()).strip(" ,;")


def without_clock(words: str) -> tuple[str, time | None]:
    """The words without a time of day at their end, and the time."""
    found = CLOCK.search(words)
    if found is None or FIGURES.match(words):
        return words, None
    at = parse_time(re.sub(r"^(\d{1,2}[:.]\d{2})[:.]\d{2}", r"\1", found[1]))
    return (words[: found.start()].strip(" ,;"), at) if at else (words, None)


def without_about(words: str) -> tuple[str, bool]:
    """The words without "about" or "circa", and whether it stood there."""
    stripped = ABOUT.sub("", words).strip()
    return (stripped, True) if stripped and stripped != words else (words, False)


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
    raise NotADate("The date names no year" if YEARLESS.match(words) else UNCLEAR)


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
    (SEASON, a_season),
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
