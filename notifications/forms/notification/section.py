"""The form of one page of the national form, made from its definition."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cspr.govuk.fields import (
    ChoiceField,
    DateField,
    LongTextField,
    MultipleChoiceField,
    SelectField,
    TextField,
    TimeField,
)
from cspr.govuk.forms import Form
from notifications import options
from notifications.national_form import Field, Section
from notifications.national_words import refusal_of_length

MOST_RADIOS = 8


class MeasuredText(TextField):
    """One line, measured by the national form's own length: the refusal says how many characters to cut."""

    national: Field

    def validate(self, value: str) -> None:
        forms.Field.validate(self, value)
        sentence = refusal_of_length(self.national, value or "")
        if sentence:
            raise ValidationError(sentence, code="max_length")


class MeasuredLongText(MeasuredText, LongTextField):
    """Several lines, measured the same way."""

    several_lines = True


class SectionForm(Form):
    """Every field of one section in the form's order. Nothing is required here: the pack lists what is missing."""

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in section.fields:
            self.fields[field.key] = MAKERS[field.kind](field)


def _common(field: Field) -> dict[str, Any]:
    return {"label": field.label, "hint": field.help, "required": False}


def _text(field: Field) -> forms.Field:
    made = MeasuredText(**_common(field), max_length=field.max_length, autocomplete="off")
    made.national = field
    return made


def _long_text(field: Field) -> forms.Field:
    rows = 10 if field.max_length > 1000 else 4
    made = MeasuredLongText(**_common(field), max_length=field.max_length, rows=rows)
    made.national = field
    return made


def _choice(field: Field) -> forms.Field:
    if len(field.choices) > MOST_RADIOS:
        return SelectField(**_common(field), choices=[("", "Not answered"), *field.choices])
    return ChoiceField(**_common(field), choices=field.choices)


def _choices(field: Field) -> forms.Field:
    common = {name: value for name, value in _common(field).items() if value != ""}
    return MultipleChoiceField(**common, choices=field.choices, none_of=_none_of(field))


def _none_of(field: Field) -> str:
    codes = dict(field.choices)
    return options.Disability.NONE if options.Disability.NONE in codes else ""


def _date(field: Field) -> forms.Field:
    return DateField(**{name: value for name, value in _common(field).items() if value != ""})


def _time(field: Field) -> forms.Field:
    return TimeField(**{name: value for name, value in _common(field).items() if value != ""})


MAKERS: dict[str, Callable[[Field], forms.Field]] = {
    "text": _text,
    "long text": _long_text,
    "date": _date,
    "time": _time,
    "choice": _choice,
    "choices": _choices,
}
