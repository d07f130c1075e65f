"""Fields, errors and buttons."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from markupsafe import Markup

from cspr.govuk import forms as govuk_forms
from cspr.govuk.components import component
from cspr.govuk.renderers import GovukRenderer
from cspr.govuk.rendering import Params

register = template.Library()


@register.simple_tag
def form_fields(form: forms.BaseForm) -> SafeString:
    """All fields of any Django form, hidden ones first. The error summary is a tag of its own."""
    form.renderer = GovukRenderer()
    hidden = format_html_join("", "{}", ((bound.as_widget(),) for bound in form.hidden_fields()))
    return format_html("{}{}", hidden, fields_markup(govuk_forms.top_fields(form)))


def fields_markup(fields: Iterable[BoundField]) -> SafeString:
    return format_html_join("\n", "{}", ((govuk_forms.field_markup(bound),) for bound in fields))


@register.simple_tag
def govuk_field(field: BoundField) -> Markup:
    """One field with label, hint, error and whatever its choices reveal."""
    return govuk_forms.field_markup(field)


@register.simple_tag
def relabel(field: BoundField, label: str, hint: str = "") -> str:
    """Give a field of another package our words; stands before the error summary, which says them too."""
    field.label, field.help_text = label, hint
    return ""


@register.simple_tag
def error_summary(*several: forms.BaseForm | None) -> SafeString:
    """The errors at the top of the page, each a link to its box; nothing where there are none."""
    return format_html_join("", "{}", ((govuk_forms.error_summary(form),) for form in several if form))


@register.simple_tag
def button(
    text: str,
    *,
    href: str = "",
    kind: str = "",
    name: str = "",
    value: str = "",
    id: str = "",  # noqa: A002  the attribute's own name
) -> Markup:
    """A button that cannot be pressed twice. `kind` is secondary, warning or empty; with `href`, a link."""
    params: Params = {"text": text, "href": href or None, "name": name or None, "value": value or None}
    params |= {"classes": f"govuk-button--{kind}" if kind else None, "id": id or None}
    return component("button", params if href else {**params, "preventDoubleClick": True})


@register.inclusion_tag("govuk/steps.html")
def what_next(steps: Sequence[Any]) -> Params:
    """Buttons of Step; one that cannot be pressed yet shows the reasons beside it."""
    return {"steps": steps}
