"""Dates in three boxes, and rough dates as radios with dates inside."""

from django.forms.boundfield import BoundField
from django.utils.html import format_html
from markupsafe import Markup

from cspr.govuk.components import component
from cspr.govuk.dates import DateParts
from cspr.govuk.rendering.common import Params, Revealed, common_params, legend_params, wrong_boxes
from cspr.govuk.widgets import DateWidget, RoughDateWidget
from cspr.govuk.words import without_hidden


def date_items(name: str, prefix: str, parts: DateParts, wrong: tuple[str, ...]) -> list[Params]:
    """Three boxes; a wrong one is outlined and says so to a screen reader."""
    widths = {"day": "2", "month": "2", "year": "4"}
    return [
        {
            "id": f"{prefix}_{part}",
            "name": f"{name}_{part}",
            "label": part.capitalize(),
            "value": without_hidden(getattr(parts, part)),
            "classes": f"govuk-input--width-{widths[part]}"
            + (" govuk-input--error" if part in wrong else ""),
            "inputmode": "text"
            if part == "month" and not parts.month.isdecimal() and parts.month
            else "numeric",
            "attributes": {"aria-invalid": "true"} if part in wrong else {},
        }
        for part in DateParts._fields
    ]


def date_params(bound: BoundField, _revealed: Revealed) -> Params:
    wrong = wrong_boxes(bound)[1]
    parts = DateWidget.parts(bound.value())
    items = date_items(bound.html_name, bound.auto_id, parts, wrong)
    return {**common_params(bound), "fieldset": legend_params(bound), "id": bound.auto_id, "items": items}


def _inner_date(bound: BoundField, box: str, legend: str, hint: str) -> Markup:
    """One date inside a rough date's radios."""
    wrong_box, wrong = wrong_boxes(bound)
    parts = getattr(RoughDateWidget.parts(bound.value()), box)
    prefix = f"{bound.auto_id}_{box}"
    items = date_items(f"{bound.html_name}_{box}", prefix, parts, wrong if wrong_box == box else ())
    fieldset = {"legend": {"text": legend, "classes": "govuk-fieldset__legend--s"}}
    return component(
        "date-input", {"id": prefix, "items": items, "fieldset": fieldset, "hint": {"text": hint}}
    )


def rough_params(bound: BoundField, _revealed: Revealed) -> Params:
    example = "For example, 27 3 2026"
    start, end = (
        _inner_date(bound, "start", "Earliest", example),
        _inner_date(bound, "end", "Latest", example),
    )
    inner = {
        "EXACT": _inner_date(bound, "exact", "Date", example),
        "ABOUT": _inner_date(
            bound, "about", "About", "Leave out the day, or the day and month, if not known"
        ),
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
    return {
        **common_params(bound),
        "fieldset": legend_params(bound),
        "idPrefix": bound.auto_id,
        "name": name,
        "items": items,
    }
