"""Radios, checkboxes, and the one box to tick."""

from django.forms.boundfield import BoundField

from cspr.govuk.rendering.common import Params, Revealed, common_params, legend_params, look_of


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    if isinstance(value, (list, tuple, set)):
        return {str(getattr(item, "pk", item)) for item in value}
    return set() if value is None else {str(getattr(value, "pk", value))}


def items_of(bound: BoundField, revealed: Revealed) -> list[Params]:
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


def radios_params(bound: BoundField, revealed: Revealed) -> Params:
    look = look_of(bound)
    inline = "govuk-radios--inline" if look.inline and not revealed else ""
    return {
        **common_params(bound),
        "fieldset": legend_params(bound),
        "idPrefix": bound.auto_id,
        "name": bound.html_name,
        "items": items_of(bound, revealed),
        "classes": f"{inline} {look.classes}".strip() or None,
    }


def tick_params(bound: BoundField, _revealed: Revealed) -> Params:
    words = getattr(bound.field, "words", "")
    item = {"value": "on", "text": words or str(bound.label), "checked": bool(bound.value())}
    fieldset = legend_params(bound) if words else None
    return {
        **common_params(bound),
        "fieldset": fieldset,
        "idPrefix": bound.auto_id,
        "name": bound.html_name,
        "items": [item],
    }
