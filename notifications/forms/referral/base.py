"""What every page of a referral shares: one page's answers, checked against the table of what is required."""

from collections.abc import Mapping
from typing import Any, ClassVar

from cspr.govuk.dates import RoughDate
from cspr.govuk.fields import IntegerField, RoughDateField
from cspr.govuk.forms import Form
from notifications.workflow.referral_completeness import REQUIRED, Required, missing_on

LATER = "later"
"""The name of the button that saves what is there and comes back later."""


class PageForm(Form):
    """One page. Nothing is required by a field: the table says what is, except on "save and come back later"."""

    page: ClassVar[str]
    required_by: ClassVar[tuple[Required, ...]] = REQUIRED
    always: ClassVar[tuple[str, ...]] = ()
    """Columns needed even to save for later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_later = bool(self.data) and LATER in self.data
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        for row in missing_on(self.page, self.answers(), self.required_by):
            needed = not self.for_later or set(row.columns) & set(self.always)
            if needed and not any(self.field_of(column) in self.errors for column in row.columns):
                self.add_error(self.field_of(row.columns[0]), row.sentence)
        return answers

    def answers(self) -> dict[str, Any]:
        """The answers as columns: a rough date is three of them, an empty choice an empty text."""
        columns: dict[str, Any] = {}
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if isinstance(self.fields[name], RoughDateField):
                rough = value or RoughDate("")
                columns[f"{name}_precision"] = rough.precision
                columns[f"{name}_on"], columns[f"{name}_until_on"] = rough.earliest, rough.latest
            else:
                columns[name] = None if value == "" and isinstance(self.fields[name], IntegerField) else value
        return columns

    @classmethod
    def field_of(cls, column: str) -> str:
        """The field on which a refusal of this column stands."""
        if column in cls.base_fields:
            return column
        for ending in ("_until_on", "_precision", "_on"):
            if column.endswith(ending) and column.removesuffix(ending) in cls.base_fields:
                return column.removesuffix(ending)
        return column

    @classmethod
    def typed_over(cls, row: Any) -> dict[str, Any]:
        """The stored answers as this form's initial ones. A rough date is a property of the row by the field's name."""
        return {name: getattr(row, name) for name in cls.base_fields}

    def refuse(self, sentence: str, *, field: str | None = None) -> None:
        super().refuse(sentence, field=self.field_of(field) if field else None)


def only_where(answers: dict[str, Any], columns: Mapping[str, Any], *, applies: bool) -> None:
    """Empty ``columns`` (name -> its empty value) in ``answers`` where they do not apply."""
    if not applies:
        answers.update(columns)
