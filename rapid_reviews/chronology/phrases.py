"""What stands around a date in words and is no part of it: weekdays, times, "about", "the night of", brackets."""

import re
from datetime import time

from cspr.govuk.dates import parse_time

WEEKDAY = re.compile(r"\(?\b(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?\b\.?,?\)?")
ORDINAL = re.compile(r"\b(\d{1,2})(st|nd|rd|th)\b\.?")
UNKNOWN = re.compile(
    r"^((exact )?date )?(not (known|recorded|given|stated|clear)|unknown|unclear|unsure|tbc)$"
    r"|^(n/?k|n/?a|undated|no date|\?+|-+)$"
)
NO_DAY = r"(exact )?(date|day) (unknown|not known|unclear|tbc)"
ABOUT = re.compile(
    r"^(circa\.?|approximately|approx\.?|about|around|roughly|possibly|c\.|ca\.|~|\?+|c(?=\s*\d)"
    rf"|({NO_DAY}|unknown date),?( in)?)\s*"
    rf"|\s*\(?\b({NO_DAY}|approx(imately)?\.?|tbc|circa)\)?$|\s*\(?\?+\)?$"
)
PART = r"(early hours|(early |late )?(morning|afternoon|evening|night)s?)"
PART_OF_DAY = re.compile(
    rf"^(overnight|{PART}( of| on)?)\s+(?=\d|[a-z]+ \d)"
    rf"|(?<=\d)\s*[,\-–]?\s*\(?(am|pm|a\.m\.?|p\.m\.?|overnight|(in )?{PART})\)?$"
)
FIRST_HOUR = re.compile(r"^(\d{1,2}[:.]\d{2}\s*(?:[ap]m|h(?:ou)?rs?)?|\d{1,2}\s*[ap]m)(?:,|\s+on)?\s+(?=\d)")
HOUR = r"\d{1,2}[:.]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?"
FOUR_FIGURES = r"\d{4}(?=\s*h)|(?<=[/.\d]\d\d\s)\d{4}"
"""1430 before "hrs", or behind a whole date."""
LAST_HOUR = re.compile(
    rf"[,;\s]+(?:(?:at|@|from|-|–)\s*)?({HOUR}|\d{{1,2}}\s*[ap]\.?m\.?|{FOUR_FIGURES})\s*(?:h(?:ou)?rs?|h)?\.?"
    r"(?:\s*(?:[-–]|to)\s*(?:\d{1,2}[:.]?\d{2}|\d{1,2}(?=\s*[ap]m))\s*(?:[ap]m|h(?:ou)?rs?)?)?$"
)
MIDNIGHT = re.compile(r"[\st]+00:00:00(\.0+)?z?$")
"""What a system writes behind a date that has no time."""


def plain(text: str) -> str:
    """Lower case, single spaces, without weekdays, ordinals and filler words."""
    words = " ".join(text.replace("\u00a0", " ").replace("’", "'").lower().split()).strip(" .;,")
    words = MIDNIGHT.sub("", words.replace("\\", "/"))
    words = ORDINAL.sub(r"\1", WEEKDAY.sub(" ", words))
    words = re.sub(r"^(on|in|during|date:?)\s+(the\s+)?", "", words.strip(" ,"))
    words = re.sub(r"(?<=\d)\s+of\s+(?=[a-z])", " ", re.sub(r"\bthe\s+", "", words))
    words = re.sub(r"^\(([^()]*)\)$", r"\1", " ".join(words.split()).strip(" ,;"))
    return re.sub(r"\bxmas\b", "christmas", words)


def without_clock(words: str) -> tuple[str, time | None]:
    """The words without a time of day before or behind them, and the time."""
    found = FIRST_HOUR.match(words) or LAST_HOUR.search(words)
    if found is None:
        return words, None
    at = parse_time(re.sub(r"^(\d{1,2}[:.]\d{2}):\d{2}(\.\d+)?", r"\1", found[1]).removesuffix("hrs").strip())
    rest = words[: found.start()] + words[found.end() :]
    return (rest.strip(" ,;"), at) if at and rest.strip(" ,;") else (words, None)


def without_part_of_day(words: str) -> str:
    """The words without "the night of", "am" or "early hours": the row keeps them as they were written."""
    return PART_OF_DAY.sub("", words).strip(" ,;")


def without_about(words: str) -> tuple[str, bool]:
    """The words without "about" or "circa", and whether it stood there."""
    stripped = ABOUT.sub("", words).strip(" ,")
    return (stripped, True) if stripped and stripped != words else (words, False)
