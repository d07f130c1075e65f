"""Dates and times as people type them: three boxes, month names, "4.40pm". Pure: no Django."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from cspr.govuk.words import listed

LONDON = ZoneInfo("Europe/London")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
CLOCK = re.compile(r"^(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*(am|pm|a\.m\.?|p\.m\.?)?$")
FOUR_FIGURES = re.compile(r"^(\d{2})(\d{2})$")
WORDED_TIMES = {"noon": time(12), "midday": time(12), "midnight": time(0)}


class DateParts(NamedTuple):
    """What was typed in the three boxes, kept exactly."""

    day: str = ""
    month: str = ""
    year: str = ""

    @classmethod
    def of(cls, value: date | None) -> Self:
        return cls() if value is None else cls(str(value.day), str(value.month), str(value.year))

    @property
    def is_empty(self) -> bool:
        return not any(part.strip() for part in self)


class DateRefused(ValueError):
    """Why the boxes hold no date, as a sentence, and which boxes are wrong."""

    def __init__(self, sentence: str, *wrong: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.wrong = wrong or ("day", "month", "year")


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) <= 4 else None


def _month_number(text: str) -> int | None:
    """11, "nov", "Nov." and "November" are all 11."""
    number = _number(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    word = text.strip().rstrip(".").lower()
    if len(word) < 3:
        return None
    return next((place for place, month in enumerate(MONTHS, 1) if month.startswith(word)), None)


def _checked_year(text: str) -> int:
    if not (text.strip().isdecimal() and len(text.strip()) == 4):
        raise DateRefused("Year must include 4 numbers", "year")
    year = int(text)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DateRefused(f"Year must be between {EARLIEST_YEAR} and {LATEST_YEAR}", "year")
    return year


def parse_date(parts: DateParts, *, label: str) -> date:
    """The date in the boxes; the sentences are the design system's own."""
    absent = [name for name in DateParts._fields if not getattr(parts, name).strip()]
    if absent:
        raise DateRefused(f"{label} must include a {listed(absent)}", *absent)
    year, month, day = _checked_year(parts.year), _month_number(parts.month), _number(parts.day)
    unreal = f"{label} must be a real date"
    wrong = [
        name for name, bad in (("day", day is None or not 1 <= day <= 31), ("month", month is None)) if bad
    ]
    if wrong or day is None or month is None:
        raise DateRefused(unreal, *(wrong if len(wrong) == 1 else ()))
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateRefused(unreal, "day") from error


def parse_rough(parts: DateParts, *, label: str) -> tuple[date, date]:
    """A date known only about: day, or day and month, may be left out. First and last day it can mean."""
    if parts.day.strip():
        exact = parse_date(parts, label=label)
        return exact, exact
    if not parts.year.strip():
        raise DateRefused(f"{label} must include a year", "year")
    year = _checked_year(parts.year)
    if not parts.month.strip():
        return date(year, 1, 1), date(year, 12, 31)
    month = _month_number(parts.month)
    if month is None:
        raise DateRefused(f"{label} must include a real month", "month")
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)


def parse_time(text: str) -> time | None:
    """16:40, 16.40, 1640, 4:40pm, 4.40 p.m., 4pm, noon; None where it is no time."""
    typed = text.strip().lower()
    if typed in WORDED_TIMES:
        return WORDED_TIMES[typed]
    found = FOUR_FIGURES.match(typed) or CLOCK.match(typed)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] if found.re is CLOCK else None) or ""
    if (not half and found[2] is None) or minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, minute)


def london_moment(day: date, clock: time) -> datetime:
    """The moment in UTC when clocks in London showed this; of two, the first. Refused where they never did."""
    local = datetime.combine(day, clock, tzinfo=LONDON)
    moment = local.astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise DateRefused(f"There was no {clock:%H:%M} on {long_date(day)}: the clocks went forward")
    return moment


def long_date(day: date) -> str:
    """Thursday 26 November 2026."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def medium_date(day: date) -> str:
    """26 November 2026."""
    return f"{day.day} {day:%B} {day.year}"


def short_date(day: date) -> str:
    """Thu 26 Nov."""
    return f"{day:%a} {day.day} {day:%b}"


def in_london(moment: datetime) -> datetime:
    return moment.astimezone(LONDON)


def long_moment(moment: datetime) -> str:
    """Thursday 26 November 2026 at 16:40, on the London clock."""
    local = in_london(moment)
    return f"{long_date(local.date())} at {local:%H:%M}"


@dataclass(frozen=True)
class RoughDate:
    """A date as well as it is known. `earliest` and `latest` bound it; both are None where it is not known."""

    precision: str
    earliest: date | None = None
    latest: date | None = None

    EXACT = "EXACT"
    ABOUT = "ABOUT"
    BETWEEN = "BETWEEN"
    NOT_KNOWN = "NOT_KNOWN"
    PRECISIONS = (
        (EXACT, "Exact date"),
        (ABOUT, "About this date"),
        (BETWEEN, "Between two dates"),
        (NOT_KNOWN, "Not known"),
    )

    def __str__(self) -> str:
        if self.earliest is None or self.latest is None or self.precision == self.NOT_KNOWN:
            return "not known"
        if self.precision == self.EXACT:
            return long_date(self.earliest)
        if self.precision == self.BETWEEN:
            return f"between {long_date(self.earliest)} and {long_date(self.latest)}"
        days = (self.latest - self.earliest).days
        if days == 0:
            return f"about {long_date(self.earliest)}"
        return (
            f"about {self.earliest:%B} {self.earliest.year}" if days < 31 else f"about {self.earliest.year}"
        )

    def about_parts(self) -> DateParts:
        """The boxes that give back this rough date: only a year, month and year, or all three."""
        if self.earliest is None or self.latest is None:
            return DateParts()
        exact = DateParts.of(self.earliest)
        days = (self.latest - self.earliest).days
        return exact if days == 0 else DateParts("", exact.month if days < 31 else "", exact.year)


def typed_date(name: str, value: date | None) -> Mapping[str, str]:
    """The three answers a browser posts for a date: for tests, and for whoever fills a form by machine."""
    return {f"{name}_{part}": text for part, text in DateParts.of(value)._asdict().items()}
