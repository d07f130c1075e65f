"""Fields that are typed in one box."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cspr.govuk.dates import parse_time
from cspr.govuk.fields.base import Spoken
from cspr.govuk.widgets import CountedTextarea
from cspr.govuk.words import LINE_BREAKS, capital, count_hidden, one_line, refusal_of_hidden, without_hidden

LARGEST_INTEGER = 2_147_483_647  # what a PostgreSQL integer column holds


class TextField(Spoken, forms.CharField):
    """One line. Refuses hidden characters, and shows the text again without them; any script and emoji are kept."""

    longest = 200
    several_lines = False

    def __init__(self, *, label: str, max_length: int | None = None, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput)
        super().__init__(label=label, max_length=None, strip=True, **options)
        self.max_length = max_length or self.longest
        self.validators = [
            rule for rule in self.validators if type(rule).__name__ != "ProhibitNullCharactersValidator"
        ]

    def to_python(self, value: Any) -> str | None:
        text = LINE_BREAKS.sub("\n", value) if isinstance(value, str) else ""
        if count_hidden(text):
            raise ValidationError(refusal_of_hidden(capital(self.called), text), code="hidden")
        return (text if self.several_lines else one_line(text)).strip() or self.empty_value

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and self.max_length and len(value) > self.max_length:
            raise ValidationError(
                f"{capital(self.called)} must be {self.max_length:,} characters or fewer", code="max_length"
            )

    def shown(self, value: Any) -> str:
        """What stands in the box again: everything typed, less what cannot be seen."""
        return "" if value is None else without_hidden(str(value))


class LongTextField(TextField):
    """Several lines, with a count of what is left."""

    longest = 10_000
    several_lines = True

    def __init__(self, *, label: str, **options: Any) -> None:
        options.setdefault("widget", CountedTextarea)
        super().__init__(label=label, **options)


class EmailField(TextField):
    longest = 254

    def __init__(self, *, label: str, **options: Any) -> None:
        options.setdefault("widget", forms.EmailInput)
        options.setdefault("autocomplete", "email")
        options.setdefault("spellcheck", False)
        super().__init__(label=label, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value:
            try:
                validate_email(value)
            except ValidationError as error:
                sentence = "Enter an email address in the correct format, like name@example.com"
                raise ValidationError(sentence, code="invalid") from error


class PhoneField(TextField):
    longest = 40
    shape = re.compile(r"^\+?[\d\s().-]{7,}(?:\s*(?:x|ext\.?|extension)\s*\d{1,6})?$", re.IGNORECASE)

    def __init__(self, *, label: str, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"type": "tel"}))
        options.setdefault("autocomplete", "tel")
        options.setdefault("width", "20")
        super().__init__(label=label, **options)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and (not self.shape.match(value) or sum(figure.isdecimal() for figure in value) < 7):
            raise ValidationError(
                "Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192", code="invalid"
            )


class TimeField(TextField):
    """16:40, 4.40pm, noon. The answer is a datetime.time on the London clock."""

    longest = 20

    def __init__(self, *, label: str, **options: Any) -> None:
        options.setdefault("width", "5")
        options.setdefault("hint", "For example, 16:40 or 4:40pm")
        super().__init__(label=label, **options)
        self.empty_value = None

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = parse_time(text)
        if found is None:
            raise ValidationError(
                f"{capital(self.called)} must be a time, like 16:40 or 4:40pm", code="invalid"
            )
        return found

    def shown(self, value: Any) -> str:
        return f"{value:%H:%M}" if hasattr(value, "hour") else super().shown(value)


class IntegerField(TextField):
    """A whole number between two bounds."""

    longest = 20

    def __init__(self, *, label: str, least: int = 0, most: int = LARGEST_INTEGER, **options: Any) -> None:
        options.setdefault("inputmode", "numeric")
        options.setdefault("spellcheck", False)
        options.setdefault("width", "5")
        super().__init__(label=label, **options)
        self.least, self.most = least, most
        self.empty_value = None

    def clean(self, value: Any) -> Any:
        text = (super().clean("" if value is None else str(value)) or "").replace(",", "")
        if not text:
            return None
        name = capital(self.called)
        if not re.fullmatch(r"-?\d{1,15}", text):
            raise ValidationError(f"{name} must be a whole number, like {max(self.least, 2)}", code="invalid")
        number = int(text)
        if number < self.least:
            raise ValidationError(f"{name} must be {self.least:,} or more", code="least")
        if number > self.most:
            raise ValidationError(f"{name} must be {self.most:,} or fewer", code="most")
        return number
