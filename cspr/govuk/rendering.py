"""One bound field as one component of the design system. Any Django form renders, ours with all its words."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from markupsafe import Markup

from cspr.govuk.components import component
from cspr.govuk.dates import DateParts, long_date, long_moment
from cspr.govuk.fields.base import PLAIN, Look
from cspr.govuk.widgets import CountedTextarea, DateWidget, RoughDateWidget
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
    return {"html": format_html_join(format_html("<br>"), "{}", ((sentence,) for sentence in sentences))}


def wrong_boxes(bound: BoundField) -> tuple[str, tuple[str, ...]]:
    """Which box of a date is wrong: (the box's name in a rough date or "", the parts)."""
    for refusal in refusals_of(bound):
        carried = refusal.params or {}
        return carried.get("box", ""), carried.get("wrong", DateParts._fields)
    return "", ()


def _value(bound: BoundField) -> str:
    shown = getattr(bound.field, "shown", None)
    if shown is not None:
        return str(shown(bound.value()))
    formatted = bound.field.widget.format_value(bound.value())
    return "" if formatted is None else without_hidden(str(formatted))


def _label(bound: BoundField) -> Params:
    look = look_of(bound)
    size = look.size or "s"
    return {"text": str(bound.label), "classes": f"govuk-label--{size}", "isPageHeading": look.heading or None}


def _legend(bound: BoundField) -> Params:
    look = look_of(bound)
    size = look.size or "s"
    legend = {"text": str(bound.label), "classes": f"govuk-fieldset__legend--{size}", "isPageHeading": look.heading}
    return {"legend": legend}


def words_of(text: Any) -> Params:
    """A text as it may go into a component: marked safe as html, everything else escaped, dates in full."""
    if isinstance(text, date):
        return {"text": long_moment(text) if isinstance(text, datetime) else long_date(text)}
    settled = str(text) if isinstance(text, Promise) else text
    return {"html": settled} if hasattr(settled, "__html__") else {"text": str(settled)}


def _common(bound: BoundField) -> Params:
    return {
        "hint": words_of(bound.help_text) if bound.help_text else None,
        "errorMessage": error_params(bound),
        "classes": look_of(bound).classes or None,
    }


def _extra(bound: BoundField) -> Params:
    """Attributes a widget of another package asks for, less those the component sets itself."""
    ours = {"class", "id", "name", "type", "value", "placeholder", "autocomplete", "inputmode", "rows", "cols"}
    given = {name: value for name, value in bound.field.widget.attrs.items() if name not in ours}
    return {name: True if value is True else str(value) for name, value in given.items() if value is not False}


def _input(bound: BoundField, _revealed: Revealed) -> Params:
    look, attrs = look_of(bound), bound.field.widget.attrs
    widths = {"": "", "full": "govuk-!-width-full", "half": "govuk-!-width-one-half"}
    width = widths.get(look.width, f"govuk-input--width-{look.width}")
    return {
        **_common(bound),
        "label": _label(bound),
        "id": bound.auto_id,
        "name": bound.html_name,
        "type": attrs.get("type") or getattr(bound.field.widget, "input_type", "text"),
        "value": _value(bound),
        "classes": f"{width} {look.classes}".strip() or None,
        "autocomplete": look.autocomplete or attrs.get("autocomplete"),
        "inputmode": look.inputmode or attrs.get("inputmode"),
        "spellcheck": look.spellcheck,
        "prefix": {"text": look.prefix} if look.prefix else None,
        "suffix": {"text": look.suffix} if look.suffix else None,
        "attributes": _extra(bound),
    }


def _password(bound: BoundField, revealed: Revealed) -> Params:
    params = _input(bound, revealed)
    return {**params, "value": None, "type": None, "autocomplete": params["autocomplete"] or "current-password"}


def _textarea(bound: BoundField, _revealed: Revealed) -> Params:
    value, look = _value(bound), look_of(bound)
    return {
        **_common(bound),
        "label": _label(bound),
        "id": bound.auto_id,
        "name": bound.html_name,
        "value": f"\n{value}" if value.startswith("\n") else value,
        "rows": str(look.rows),
        "spellcheck": look.spellcheck,
        "attributes": _extra(bound),
    }


def _counted(bound: BoundField, revealed: Revealed) -> Params:
    longest = getattr(bound.field, "max_length", None)
    return {**_textarea(bound, revealed), "maxlength": str(longest), "threshold": "75" if longest > 500 else None}


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    if isinstance(value, (list, tuple, set)):
        return {str(getattr(item, "pk", item)) for item in value}
    return set() if value is None else {str(getattr(value, "pk", value))}


def _items(bound: BoundField, revealed: Revealed) -> list[Params]:
    """The choices as the macros want them, the chosen ones checked, each with what it reveals."""
    chosen, field = _chosen(bound), bound.field
    hints, divider_before = getattr(field, "hints", {}), getattr(field, "divider_before", "")
    items: list[Params] = []
    for choice, words in field.widget.choices:
        value = str(choice)
        if value and value == divider_before:
            items.append({"divider": "or"})
        item: Params = {"value": value, "text": str(words), "checked": value in chosen}
        if value in hints:
            item["hint"] = {"text": hints[value]}
        if value in revealed:
            item["conditional"] = {"html": revealed[value]}
        if value and value == getattr(field, "none_of", ""):
            item["behaviour"] = "exclusive"
        items.append(item)
    return items


def _radios(bound: BoundField, revealed: Revealed) -> Params:
    look = look_of(bound)
    inline = "govuk-radios--inline" if look.inline and not revealed else ""
    return {
        **_common(bound),
        "fieldset": _legend(bound),
        "idPrefix": bound.auto_id,
        "name": bound.html_name,
        "items": _items(bound, revealed),
        "classes": f"{inline} {look.classes}".strip() or None,
    }


def _select(bound: BoundField, _revealed: Revealed) -> Params:
    items = [{**item, "selected": item.pop("checked")} for item in _items(bound, {})]
    empty = getattr(bound.field, "empty_label", None)
    if empty and not any(item["value"] == "" for item in items):
        items.insert(0, {"value": "", "text": str(empty)})
    return {
        **_common(bound),
        "label": _label(bound),
        "id": bound.auto_id,
        "name": bound.html_name,
        "items": items,
    }


def _tick(bound: BoundField, _revealed: Revealed) -> Params:
    words = getattr(bound.field, "words", "")
    item = {"value": "on", "text": words or str(bound.label), "checked": bool(bound.value())}
    fieldset = _legend(bound) if words else None
    return {
        **_common(bound),
        "fieldset": fieldset,
        "idPrefix": bound.auto_id,
        "name": bound.html_name,
        "items": [item],
    }


def _file(bound: BoundField, _revealed: Revealed) -> Params:
    accept = getattr(bound.field, "accept", "")
    return {
        **_common(bound),
        "label": _label(bound),
        "id": bound.auto_id,
        "name": bound.html_name,
        "multiple": getattr(bound.field, "several", False) or None,
        "attributes": {"accept": accept} if accept else {},
    }


def date_items(name: str, prefix: str, parts: DateParts, wrong: tuple[str, ...]) -> list[Params]:
    """Three boxes; a wrong one is outlined and says so to a screen reader."""
    widths = {"day": "2", "month": "2", "year": "4"}
    return [
        {
            "id": f"{prefix}_{part}",
            "name": f"{name}_{part}",
            "label": part.capitalize(),
            "value": without_hidden(getattr(parts, part)),
            "classes": f"govuk-input--width-{widths[part]}" + (" govuk-input--error" if part in wrong else ""),
            "inputmode": "text" if part == "month" and not parts.month.isdecimal() and parts.month else "numeric",
            "attributes": {"aria-invalid": "true"} if part in wrong else {},
        }
        for part in DateParts._fields
    ]


def _date(bound: BoundField, _revealed: Revealed) -> Params:
    wrong = wrong_boxes(bound)[1]
    parts = DateWidget.parts(bound.value())
    items = date_items(bound.html_name, bound.auto_id, parts, wrong)
    return {**_common(bound), "fieldset": _legend(bound), "id": bound.auto_id, "items": items}


def _inner_date(bound: BoundField, box: str, legend: str, hint: str) -> Markup:
    """One date inside a rough date's radios."""
    wrong_box, wrong = wrong_boxes(bound)
    parts = getattr(RoughDateWidget.parts(bound.value()), box)
    prefix = f"{bound.auto_id}_{box}"
    items = date_items(f"{bound.html_name}_{box}", prefix, parts, wrong if wrong_box == box else ())
    fieldset = {"legend": {"text": legend, "classes": "govuk-fieldset__legend--s"}}
    return component("date-input", {"id": prefix, "items": items, "fieldset": fieldset, "hint": {"text": hint}})


def _rough(bound: BoundField, _revealed: Revealed) -> Params:
    example = "For example, 27 3 2026"
    start, end = _inner_date(bound, "start", "Earliest", example), _inner_date(bound, "end", "Latest", example)
    inner = {
        "EXACT": _inner_date(bound, "exact", "Date", example),
        "ABOUT": _inner_date(bound, "about", "About", "Leave out the day, or the day and month, if not known"),
        "BETWEEN": format_html("{}{}", start, end),
    }
    chosen = RoughDateWidget.parts(bound.value()).precision
    items = [
        {"value": value, "text": words, "checked": value == chosen, "conditional": {"html": inner[value]}}
        if value in inner
        else {"value": value, "text": words, "checked": value == chosen}
        for value, words in getattr(bound.field, "precisions", ())
    ]
    name = f"{bound.html_name}_precision"
    return {**_common(bound), "fieldset": _legend(bound), "idPrefix": bound.auto_id, "name": name, "items": items}


ByWidget = tuple[type[forms.Widget], str, Callable[[BoundField, Revealed], Params]]
BY_WIDGET: tuple[ByWidget, ...] = (
    (DateWidget, "date-input", _date),
    (RoughDateWidget, "radios", _rough),
    (CountedTextarea, "character-count", _counted),
    (forms.Textarea, "textarea", _textarea),
    (forms.PasswordInput, "password-input", _password),
    (forms.CheckboxSelectMultiple, "checkboxes", _radios),
    (forms.RadioSelect, "radios", _radios),
    (forms.Select, "select", _select),
    (forms.CheckboxInput, "checkboxes", _tick),
    (forms.FileInput, "file-upload", _file),
    (Input, "input", _input),
)


def render_field(bound: BoundField, *, revealed: Revealed | None = None) -> Markup:
    """The field with label, hint, error and, inside its choices, the fields they reveal."""
    for widget, name, params in BY_WIDGET:
        if isinstance(bound.field.widget, widget):
            return component(name, params(bound, revealed or {}))
    raise TypeError(f"{bound.name}: no component for {type(bound.field.widget).__name__}")


def first_input_id(bound: BoundField) -> str:
    """Where the error summary's link goes: the first box that is wrong."""
    if isinstance(bound.field.widget, DateWidget):
        return f"{bound.auto_id}_{(wrong_boxes(bound)[1] or DateParts._fields)[0]}"
    if isinstance(bound.field.widget, RoughDateWidget):
        box, wrong = wrong_boxes(bound)
        return f"{bound.auto_id}_{box}_{wrong[0]}" if box else str(bound.auto_id)
    return str(bound.auto_id)
