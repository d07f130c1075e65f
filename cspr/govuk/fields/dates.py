"""Dates in three boxes, and dates only roughly known."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from cspr.govuk.dates import DateParts, DateRefused, RoughDate, long_date, parse_date, parse_rough
from cspr.govuk.fields.base import Spoken
from cspr.govuk.widgets import DateWidget, RoughDateWidget, RoughParts
from cspr.govuk.words import capital, inside_sentence, missing
from cspr.now import today

Rule = Callable[[date], str | None]


def past_date(day: date) -> str | None:
    """Today or earlier, on the London calendar."""
    return "must be today or in the past" if day > today() else None


def future_date(day: date) -> str | None:
    """Later than today, on the London calendar."""
    return None if day > today() else "must be in the future"


def on_or_after(first: date, *, why: str = "") -> Rule:
    """No earlier than a day known when the form is made; `why` names it ("the day you became aware")."""

    def rule(day: date) -> str | None:
        told = f", {why}" if why else ""
        return f"must be the same as or after {long_date(first)}{told}" if day < first else None

    return rule


def on_or_before(last: date, *, why: str = "") -> Rule:
    """No later than a day known when the form is made."""

    def rule(day: date) -> str | None:
        told = f", {why}" if why else ""
        return f"must be the same as or before {long_date(last)}{told}" if day > last else None

    return rule


class DateField(Spoken):
    """Three boxes. `rules` are past_date, future_date, on_or_after(day), on_or_before(day), or your own."""

    widget = DateWidget

    def __init__(self, *, label: str, rules: tuple[Rule, ...] = (), **options: Any) -> None:
        options.setdefault("hint", "For example, 27 3 2026")
        super().__init__(label=label, **options)
        self.rules = list(rules)

    def clean(self, value: Any) -> date | None:
        parts = DateWidget.parts(value)
        if parts.is_empty:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        name = capital(self.called)
        try:
            day = parse_date(parts, label=name)
        except DateRefused as refused:
            raise ValidationError(refused.sentence, code="date", params={"wrong": refused.wrong}) from refused
        for rule in self.rules:
            sentence = rule(day)
            if sentence:
                raise ValidationError(f"{name} {sentence}", code="rule")
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        return DateWidget.parts(initial) != DateWidget.parts(data)


class RoughDateField(Spoken):
    """Exact, about, between, or not known. The answer is a RoughDate, or None where not required and left empty."""

    widget = RoughDateWidget
    verb = "Select how exactly you know"

    def __init__(
        self, *, label: str, rules: tuple[Rule, ...] = (), known: bool = False, **options: Any
    ) -> None:
        super().__init__(label=label, **options)
        self.rules = list(rules)
        self.precisions = tuple(
            pair for pair in RoughDate.PRECISIONS if not known or pair[0] != RoughDate.NOT_KNOWN
        )

    def clean(self, value: Any) -> RoughDate | None:
        typed = RoughDateWidget.parts(value)
        if typed.precision not in dict(self.precisions):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if typed.precision == RoughDate.EXACT:
            day = self._one(typed.exact, "exact", name=self.called)
            return RoughDate(RoughDate.EXACT, day, day)
        if typed.precision == RoughDate.ABOUT:
            return RoughDate(RoughDate.ABOUT, *self._about(typed.about))
        if typed.precision == RoughDate.BETWEEN:
            return self._between(typed)
        return RoughDate(RoughDate.NOT_KNOWN)

    def _one(self, parts: DateParts, box: str, *, name: str) -> date:
        if parts.is_empty:
            raise self._refusal(missing(name, verb="Enter"), box)
        try:
            day = parse_date(parts, label=capital(name))
        except DateRefused as refused:
            raise self._refusal(refused.sentence, box, refused.wrong) from refused
        self._obey(day, box, name=name)
        return day

    def _about(self, parts: DateParts) -> tuple[date, date]:
        try:
            first, last = parse_rough(parts, label=capital(self.called))
        except DateRefused as refused:
            raise self._refusal(refused.sentence, "about", refused.wrong) from refused
        self._obey(first, "about", name=self.called)
        return first, last

    def _between(self, typed: RoughParts) -> RoughDate:
        first = self._one(typed.start, "start", name=f"Earliest {inside_sentence(self.called)}")
        last = self._one(typed.end, "end", name=f"Latest {inside_sentence(self.called)}")
        if last < first:
            raise self._refusal(f"The latest date must be the same as or after {long_date(first)}", "end")
        return RoughDate(RoughDate.BETWEEN, first, last)

    def _obey(self, day: date, box: str, *, name: str) -> None:
        for rule in self.rules:
            sentence = rule(day)
            if sentence:
                raise self._refusal(f"{capital(name)} {sentence}", box)

    @staticmethod
    def _refusal(
        sentence: str, box: str, wrong: tuple[str, ...] = ("day", "month", "year")
    ) -> ValidationError:
        return ValidationError(sentence, code="date", params={"box": box, "wrong": wrong})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return RoughDateWidget.parts(initial) != RoughDateWidget.parts(data)
