"""Every field a form of ours is made of."""

from cspr.govuk.fields.base import Look
from cspr.govuk.fields.choices import (
    NO,
    NOT_KNOWN,
    YES,
    ChoiceField,
    ConfirmField,
    ManyOf,
    MultipleChoiceField,
    OneOf,
    SelectField,
    SelectOneOf,
    YesNoField,
    YesNoNotKnownField,
)
from cspr.govuk.fields.dates import (
    DateField,
    RoughDateField,
    future_date,
    on_or_after,
    on_or_before,
    past_date,
)
from cspr.govuk.fields.files import FileField
from cspr.govuk.fields.text import EmailField, IntegerField, LongTextField, PhoneField, TextField, TimeField

__all__ = [
    "NO",
    "NOT_KNOWN",
    "YES",
    "ChoiceField",
    "ConfirmField",
    "DateField",
    "EmailField",
    "FileField",
    "IntegerField",
    "LongTextField",
    "Look",
    "ManyOf",
    "MultipleChoiceField",
    "OneOf",
    "PhoneField",
    "RoughDateField",
    "SelectField",
    "SelectOneOf",
    "TextField",
    "TimeField",
    "YesNoField",
    "YesNoNotKnownField",
    "future_date",
    "on_or_after",
    "on_or_before",
    "past_date",
]
