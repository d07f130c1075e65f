"""What every component is told of a bound field: label, hint, errors, attributes."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.html import format_html_join
from markupsafe import Markup

from cspr.govuk.dates import DateParts, long_date, long_moment
from cspr.govuk.fields.base import PLAIN, Look
from cspr.govuk.words import missing, without_hidden

Params = dict[str, Any]
Revealed = dict[str, Markup]


def look_of(bound: BoundField) -> Look:
    look: Look = getattr(bound.field, "look", PLAIN)
    return look


def refusals_of(bound: BoundField) -> list[ValidationError]:
    """The errors of one field with what they carry: which box is wrong."""
    collected = bound.form.errors.get(bound.name)
    return list(collected.as_data()) if collected else []


def sentences_of(bound: BoundField) -> list[str]:
    """The errors of one field as sentences; a form of another package says "required" in our words."""
    ours = hasattr(bound.field, "called")
    return [
        sentence if ours or refusal.code != "required" else missing(str(bound.label), verb="Enter")
        for refusal in refusals_of(bound)
        for sentence in map(str, refusal.messages)
    ]


def error_params(bound: BoundField) -> Params | None:
    sentences = sentences_of(bound)
    if not sentences:
        return None
    return {"html": format_html_join(Markup("<br>"), "{}", ((sentence,) for sentence in sentences))}


def wrong_boxes(bound: BoundField) -> tuple[str, tuple[str, ...]]:
    """Which box of a date is wrong: (the box's name in a rough date or "", the parts)."""
    for refusal in refusals_of(bound):
        carried = refusal.params or {}
        return carried.get("box", ""), carried.get("wrong", DateParts._fields)
    return "", ()


def value_of(bound: BoundField) -> str:
    shown = getattr(bound.field, "shown", None)
    if shown is not None:
        return str(shown(bound.value()))
    formatted = bound.field.widget.format_value(bound.value())
    return "" if formatted is None else without_hidden(str(formatted))


def label_params(bound: BoundField) -> Params:
    look = look_of(bound)
    size = look.size or "s"
    return {
        "text": str(bound.label),
        "classes": f"govuk-label--{size}",
        "isPageHeading": look.heading or None,
    }


def legend_params(bound: BoundField) -> Params:
    look = look_of(bound)
    size = look.size or "s"
    legend = {
        "text": str(bound.label),
        "classes": f"govuk-fieldset__legend--{size}",
        "isPageHeading": look.heading,
    }
    return {"legend": legend}


def words_of(text: Any) -> Params:
    """A text as it may go into a component: marked safe as html, everything else escaped, dates in full."""
    if isinstance(text, date):
        return {"text": long_moment(text) if isinstance(text, datetime) else long_date(text)}
    settled = str(text) if isinstance(text, Promise) else text
    return {"html": settled} if hasattr(settled, "__html__") else {"text": str(settled)}


def common_params(bound: BoundField) -> Params:
    return {
        "hint": words_of(bound.help_text) if bound.help_text else None,
        "errorMessage": error_params(bound),
        "classes": look_of(bound).classes or None,
    }


def extra_attributes(bound: BoundField) -> Params:
    """Attributes a widget of another package asks for, less those the component sets itself."""
    ours = {
        "class",
        "id",
        "name",
        "type",
        "value",
        "placeholder",
        "autocomplete",
        "inputmode",
        "rows",
        "cols",
    }
    given = {name: value for name, value in bound.field.widget.attrs.items() if name not in ours}
    return {
        name: True if value is True else str(value) for name, value in given.items() if value is not False
    }
