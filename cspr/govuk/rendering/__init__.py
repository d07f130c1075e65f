"""One bound field as one component of the design system. Any Django form renders, ours with all its words."""

from collections.abc import Callable

from django import forms
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from markupsafe import Markup

from cspr.govuk.components import component
from cspr.govuk.dates import DateParts
from cspr.govuk.rendering.boxes import (
    counted_params,
    file_params,
    input_params,
    password_params,
    select_params,
    textarea_params,
)
from cspr.govuk.rendering.choices import radios_params, tick_params
from cspr.govuk.rendering.common import Params, Revealed, sentences_of, words_of, wrong_boxes
from cspr.govuk.rendering.dates import date_params, rough_params
from cspr.govuk.widgets import CountedTextarea, DateWidget, RoughDateWidget

__all__ = ["Params", "Revealed", "first_input_id", "render_field", "sentences_of", "words_of"]

ByWidget = tuple[type[forms.Widget], str, Callable[[BoundField, Revealed], Params]]
BY_WIDGET: tuple[ByWidget, ...] = (
    (DateWidget, "date-input", date_params),
    (RoughDateWidget, "radios", rough_params),
    (CountedTextarea, "character-count", counted_params),
    (forms.Textarea, "textarea", textarea_params),
    (forms.PasswordInput, "password-input", password_params),
    (forms.CheckboxSelectMultiple, "checkboxes", radios_params),
    (forms.RadioSelect, "radios", radios_params),
    (forms.Select, "select", select_params),
    (forms.CheckboxInput, "checkboxes", tick_params),
    (forms.FileInput, "file-upload", file_params),
    (Input, "input", input_params),
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
