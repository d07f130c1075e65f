"""A field for an NHS number: spaces allowed, check digit checked."""

from typing import Any

from django.core.exceptions import ValidationError

from cspr.govuk.fields import TextField
from cspr.govuk.words import capital
from notifications import nhs_number


class NhsNumberField(TextField):
    """The answer is ten digits, or empty."""

    def __init__(self, *, label: str, **options: Any) -> None:
        options.setdefault("called", "NHS number")
        options.setdefault("hint", "It is 10 digits, for example 943 476 5919")
        options.setdefault("inputmode", "numeric")
        options.setdefault("width", "10")
        options.setdefault("spellcheck", False)
        super().__init__(label=label, **options)

    def clean(self, value: Any) -> str:
        number = nhs_number.digits(super().clean(value))
        if number and not nhs_number.is_valid(number):
            raise ValidationError(
                f"{capital(self.called)} must be 10 digits of a real NHS number", code="invalid"
            )
        return number

    def shown(self, value: Any) -> str:
        text = super().shown(value)
        return nhs_number.spaced(text) if nhs_number.is_valid(text) else text
