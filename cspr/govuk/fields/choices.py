"""Fields that are chosen, not typed."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from cspr.govuk.fields.base import Spoken

Choices = Iterable[tuple[Any, Any]] | Callable[[], Iterable[tuple[Any, Any]]]
YES, NO, NOT_KNOWN = "YES", "NO", "NOT_KNOWN"


class Chosen(Spoken):
    """Mixin: hints under single choices, and a divider ("or") before one."""

    verb = "Select"

    def __init__(
        self, *, label: str, hints: Mapping[str, str] | None = None, divider_before: str = "", **options: Any
    ) -> None:
        self.hints = dict(hints or {})
        self.divider_before = divider_before
        super().__init__(label=label, **options)
        for code in ("invalid_choice", "invalid_list"):
            self.error_messages[code] = self.sentence_when_missing()


class ChoiceField(Chosen, forms.ChoiceField):
    """Radios. Nothing is chosen beforehand."""

    empty_value: str | None = ""

    def __init__(self, *, label: str, choices: Choices = (), **options: Any) -> None:
        options.setdefault("widget", forms.RadioSelect)
        super().__init__(label=label, choices=choices, **options)


class SelectField(Chosen, forms.ChoiceField):
    """A drop-down; `empty` is its first line. Prefer radios below a dozen choices."""

    empty_value: str | None = ""

    def __init__(self, *, label: str, choices: Choices = (), empty: str = "Select", **options: Any) -> None:
        options.setdefault("widget", forms.Select)
        super().__init__(label=label, choices=choices, **options)
        self.empty_label = empty


class MultipleChoiceField(Chosen, forms.MultipleChoiceField):
    """Checkboxes. `none_of` names a choice that excludes all others."""

    def __init__(self, *, label: str, choices: Choices = (), none_of: str = "", **options: Any) -> None:
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        options.setdefault("hint", "Select all that apply")
        self.none_of = none_of
        super().__init__(label=label, choices=choices, **options)

    def clean(self, value: Any) -> list[str]:
        chosen: list[str] = super().clean(value)
        if self.none_of and self.none_of in chosen and len(chosen) > 1:
            words = self.words_of(self.none_of)
            raise ValidationError(f"Select what applies, or select “{words}”", code="none_of")
        return chosen

    def words_of(self, choice: str) -> str:
        choices: Iterable[tuple[Any, Any]] = self.widget.choices  # type: ignore[attr-defined]
        return next(str(words) for value, words in choices if str(value) == choice)


class YesNoField(ChoiceField):
    """Yes or no. The answer is True, False, or None where it may be left open."""

    empty_value = None

    def __init__(self, *, label: str, yes: str = "Yes", no: str = "No", **options: Any) -> None:
        options.setdefault("inline", yes == "Yes" and no == "No")
        super().__init__(label=label, choices=[(YES, yes), (NO, no)], **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> Any:
        answer = super().clean(self.prepare_value(value))
        return {YES: True, NO: False}.get(answer)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class YesNoNotKnownField(ChoiceField):
    """Yes, no, or not known: three answers, kept as "YES", "NO", "NOT_KNOWN"."""

    def __init__(self, *, label: str, **options: Any) -> None:
        options.setdefault("divider_before", NOT_KNOWN)
        super().__init__(label=label, choices=[(YES, "Yes"), (NO, "No"), (NOT_KNOWN, "Not known")], **options)


class ConfirmField(Spoken, forms.BooleanField):
    """One box to tick: "I confirm ...". `missing` says what must be confirmed."""

    verb = "Confirm"

    def __init__(self, *, label: str, words: str, **options: Any) -> None:
        self.words = words
        super().__init__(label=label, **options)


class OneOf(Chosen, forms.ModelChoiceField):
    """One row of a queryset, as radios. Give `queryset` in the form's __init__, already limited to who asks."""

    def __init__(self, *, label: str, queryset: QuerySet[Any] | None = None, **options: Any) -> None:
        options.setdefault("widget", forms.RadioSelect)
        self.named: Callable[[Any], str] = options.pop("named", str)
        options.setdefault("empty_label", None)
        super().__init__(label=label, queryset=queryset, **options)

    def label_from_instance(self, obj: Any) -> str:
        return self.named(obj)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as error:
            raise ValidationError(self.sentence_when_missing(), code="invalid_choice") from error


class SelectOneOf(OneOf):
    """One row of a queryset, as a drop-down."""

    def __init__(self, *, label: str, queryset: QuerySet[Any] | None = None, **options: Any) -> None:
        options.setdefault("widget", forms.Select)
        options.setdefault("empty_label", "Select")
        super().__init__(label=label, queryset=queryset, **options)


class ManyOf(Chosen, forms.ModelMultipleChoiceField):
    """Several rows of a queryset, as checkboxes. The answer is a list."""

    def __init__(self, *, label: str, queryset: QuerySet[Any] | None = None, **options: Any) -> None:
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        options.setdefault("hint", "Select all that apply")
        self.named: Callable[[Any], str] = options.pop("named", str)
        super().__init__(label=label, queryset=queryset, **options)
        self.error_messages["invalid_pk_value"] = self.sentence_when_missing()

    def label_from_instance(self, obj: Any) -> str:
        return self.named(obj)

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except (ValueError, TypeError) as error:
            raise ValidationError(self.sentence_when_missing(), code="invalid_choice") from error
