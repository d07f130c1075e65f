"""Answers of the national form as words to read, as text to copy, and against the field's own limits. Pure.

Answers are kept as JSON holds them: a text, an ISO date, a time "16:40", a code, a list of codes.
"""

from datetime import date, time
from typing import Any

from cspr.govuk.dates import medium_date
from notifications.national_form import Field

NOTHING = "Not answered"


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    return value is None or value == "" or value == []


def words(field: Field, value: Any) -> str:
    """The answer as a person reads it: "12 November 2026", the words of a code; empty where nothing was answered."""
    if is_empty(value):
        return ""
    if field.kind == "date":
        return medium_date(date.fromisoformat(value))
    if field.kind == "choice":
        return field.label_of(value)
    if field.kind == "choices":
        return "; ".join(field.label_of(code) for code in value)
    return str(value)


def copied(field: Field, value: Any) -> str:
    """The answer as it is typed into the national form: dates as 12/11/2026."""
    if field.kind == "date" and not is_empty(value):
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return words(field, value)


def as_kept(value: Any) -> Any:
    """An answer of a form or a column as JSON holds it."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [str(one) for one in value]
    return "" if value is None else str(value)


def as_typed(field: Field, value: Any) -> Any:
    """A kept answer as a form's initial value."""
    if is_empty(value):
        return [] if field.kind == "choices" else None
    if field.kind == "date":
        return date.fromisoformat(value)
    return time.fromisoformat(value) if field.kind == "time" else value


def coded(field: Field, value: Any) -> Any:
    """The case's code as the form's own; a code the form does not offer answers nothing."""
    if field.kind == "choice":
        code = dict(field.codes).get(value, value)
        return code if code in dict(field.choices) else ""
    if field.kind == "choices":
        offered, turned = dict(field.choices), dict(field.codes)
        return [code for one in value if (code := turned.get(one, one)) in offered]
    return value


def length(field: Field, value: Any) -> int:
    """Characters of a text answer."""
    return len(value) if field.is_text and isinstance(value, str) else 0


def too_long_by(field: Field, value: Any) -> int:
    """How many characters must be cut before the form takes the answer; 0 where it fits."""
    return max(0, length(field, value) - field.max_length) if field.is_text else 0


def refusal_of_length(field: Field, value: Any) -> str:
    """Say "Cut 12 characters: the form takes 500"; empty where the answer fits."""
    over = too_long_by(field, value)
    if not over:
        return ""
    characters = "1 character" if over == 1 else f"{over:,} characters"
    return f"Cut {characters}: this is {length(field, value):,} and the form takes {field.max_length:,}"
