"""Stored answers as a person reads them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from cspr.govuk.dates import RoughDate, long_date, long_moment, medium_date
from cspr.govuk.parts import Row
from notifications import nhs_number

NOTHING = "Not answered"
BIRTHS = frozenset({"born_on", "expected_on"})
"""Dates whose day of the week tells nothing."""


def shown(subject: Any, name: str) -> Any:
    """One answer of a row: choices by their words, dates in full, text with its lines; what is empty says so."""
    value = getattr(subject, name)
    if value is True or value is False:
        return "Yes" if value else "No"
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, list):
        words = dict(subject._meta.get_field(name).base_field.choices)
        return lines(str(words.get(one, one)) for one in value)
    if name in BIRTHS:
        return medium_date(value)
    if isinstance(value, (date, datetime, time, RoughDate)):
        return moment(value)
    if name == "nhs_number":
        return nhs_number.spaced(value)
    named = getattr(subject, f"get_{name}_display", None)
    return named() if named else lines(str(value).split("\n"))


def moment(value: date | datetime | time | RoughDate) -> str:
    """A date as "Thursday 26 November 2026", a time as "16:40", a rough date with its roughness."""
    if isinstance(value, RoughDate):
        words = str(value)
        return words[:1].upper() + words[1:]
    if isinstance(value, datetime):
        return long_moment(value)
    return long_date(value) if isinstance(value, date) else f"{value:%H:%M}"


def lines(texts: Iterable[str]) -> SafeString | str:
    """Several lines, each escaped, one under the other."""
    found = [(text,) for text in texts]
    return format_html_join(SafeString("<br>"), "{}", found) if len(found) > 1 else found[0][0]


def answer_rows(subject: Any, questions: Mapping[str, str], *, href: str = "") -> list[Row]:
    """The questions of a page with what was answered, each with its change link where there is one."""
    return [
        Row(question, shown(subject, name), href=f"{href}#id_{name}" if href else "", about=question)
        for name, question in questions.items()
    ]
