"""How answers of more than one box are read from a posted form. Their markup comes from rendering.py."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django import forms

from cspr.govuk.dates import DateParts, RoughDate


class DateWidget(forms.Widget):
    """Three boxes: NAME_day, NAME_month, NAME_year. The value is DateParts or, for a stored answer, a date."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> DateParts:
        return DateParts(*(str(data.get(f"{name}_{part}") or "") for part in DateParts._fields))

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in DateParts._fields)

    @staticmethod
    def parts(value: Any) -> DateParts:
        if isinstance(value, DateParts):
            return value
        return DateParts.of(value if isinstance(value, date) else None)


class RoughParts(NamedTuple):
    """What was typed in a rough date's radios and boxes, kept exactly."""

    precision: str = ""
    exact: DateParts = DateParts()
    about: DateParts = DateParts()
    start: DateParts = DateParts()
    end: DateParts = DateParts()


class RoughDateWidget(forms.Widget):
    """NAME_precision, and the boxes NAME_exact_day ... NAME_end_year."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> RoughParts:
        boxes = [
            DateWidget().value_from_datadict(data, files, f"{name}_{part}") for part in RoughParts._fields[1:]
        ]
        return RoughParts(str(data.get(f"{name}_precision") or ""), *boxes)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}_precision" not in data

    @staticmethod
    def parts(value: Any) -> RoughParts:
        if isinstance(value, RoughParts):
            return value
        if not isinstance(value, RoughDate):
            return RoughParts()
        exact = DateParts.of(value.earliest) if value.precision == RoughDate.EXACT else DateParts()
        about = value.about_parts() if value.precision == RoughDate.ABOUT else DateParts()
        if value.precision != RoughDate.BETWEEN:
            return RoughParts(value.precision, exact, about)
        return RoughParts(
            value.precision, exact, about, DateParts.of(value.earliest), DateParts.of(value.latest)
        )


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input that takes several files at once; there is no "clear" box."""

    allow_multiple_selected = True

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in files


class CountedTextarea(forms.Textarea):
    """A text area that counts down to its longest length."""
