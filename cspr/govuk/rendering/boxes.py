"""Fields typed in one box, drop-downs and files."""

from django.forms.boundfield import BoundField

from cspr.govuk.rendering.choices import items_of
from cspr.govuk.rendering.common import (
    Params,
    Revealed,
    common_params,
    extra_attributes,
    label_params,
    look_of,
    value_of,
)


def input_params(bound: BoundField, _revealed: Revealed) -> Params:
    look, attrs = look_of(bound), bound.field.widget.attrs
    widths = {"": "", "full": "govuk-!-width-full", "half": "govuk-!-width-one-half"}
    width = widths.get(look.width, f"govuk-input--width-{look.width}")
    return {
        **common_params(bound),
        "label": label_params(bound),
        "id": bound.auto_id,
        "name": bound.html_name,
        "type": attrs.get("type") or getattr(bound.field.widget, "input_type", "text"),
        "value": value_of(bound),
        "classes": f"{width} {look.classes}".strip() or None,
        "autocomplete": look.autocomplete or attrs.get("autocomplete"),
        "inputmode": look.inputmode or attrs.get("inputmode"),
        "spellcheck": look.spellcheck,
        "prefix": {"text": look.prefix} if look.prefix else None,
        "suffix": {"text": look.suffix} if look.suffix else None,
        "attributes": extra_attributes(bound),
    }


def password_params(bound: BoundField, revealed: Revealed) -> Params:
    params = input_params(bound, revealed)
    return {
        **params,
        "value": None,
        "type": None,
        "autocomplete": params["autocomplete"] or "current-password",
    }


def textarea_params(bound: BoundField, _revealed: Revealed) -> Params:
    value, look = value_of(bound), look_of(bound)
    return {
        **common_params(bound),
        "label": label_params(bound),
        "id": bound.auto_id,
        "name": bound.html_name,
        "value": f"\n{value}" if value.startswith("\n") else value,
        "rows": str(look.rows),
        "spellcheck": look.spellcheck,
        "attributes": extra_attributes(bound),
    }


def counted_params(bound: BoundField, revealed: Revealed) -> Params:
    longest = int(getattr(bound.field, "max_length", None) or 10_000)
    return {
        **textarea_params(bound, revealed),
        "maxlength": str(longest),
        "threshold": "75" if longest > 500 else None,
    }


def select_params(bound: BoundField, _revealed: Revealed) -> Params:
    items = [{**item, "selected": item.pop("checked")} for item in items_of(bound, {})]
    empty = getattr(bound.field, "empty_label", None)
    if empty and not any(item["value"] == "" for item in items):
        items.insert(0, {"value": "", "text": str(empty)})
    return {
        **common_params(bound),
        "label": label_params(bound),
        "id": bound.auto_id,
        "name": bound.html_name,
        "items": items,
    }


def file_params(bound: BoundField, _revealed: Revealed) -> Params:
    accept = getattr(bound.field, "accept", "")
    return {
        **common_params(bound),
        "label": label_params(bound),
        "id": bound.auto_id,
        "name": bound.html_name,
        "multiple": getattr(bound.field, "several", False) or None,
        "attributes": {"accept": accept} if accept else {},
    }
