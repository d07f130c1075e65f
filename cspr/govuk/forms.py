"""The form every page of ours uses: GOV.UK markup, error summary, answers that belong to another answer.

class KindForm(Form):
    kind = ChoiceField(label="Kind of harm", choices=Kind.choices)
    other_details = TextField(label="Say what it was")
    rules = [conditional("other_details", shown_when="kind", equals="OTHER")]
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer
from markupsafe import Markup

from cspr.govuk.components import component
from cspr.govuk.dates import RoughDate, long_date
from cspr.govuk.renderers import GovukRenderer
from cspr.govuk.rendering import first_input_id, render_field, sentences_of
from cspr.govuk.words import capital


@dataclass(frozen=True)
class Conditional:
    """Fields asked only where another field has one of these answers; otherwise they are emptied."""

    names: tuple[str, ...]
    shown_when: str
    values: tuple[Any, ...]

    def is_shown(self, answers: dict[str, Any]) -> bool:
        answer = answers.get(self.shown_when)
        given = answer if isinstance(answer, (list, tuple)) else [answer]
        return any(value in self.values for value in given)

    def settle(self, form: "Form") -> None:
        if self.is_shown(form.cleaned_data):
            return
        for name in self.names:
            form.errors.pop(name, None)
            form.cleaned_data[name] = empty_answer(form.fields[name])


@dataclass(frozen=True)
class NotBefore:
    """A date, or the beginning of a rough one, that may not lie before another of the same form."""

    later: str
    earlier: str

    def settle(self, form: "Form") -> None:
        first, last = (_first_day(form.cleaned_data.get(name)) for name in (self.earlier, self.later))
        if first and last and last < first:
            name = capital(getattr(form.fields[self.later], "called", self.later))
            form.add_error(self.later, f"{name} must be the same as or after {long_date(first)}")


def _first_day(answer: Any) -> date | None:
    return answer.earliest if isinstance(answer, RoughDate) else answer


def conditional(*names: str, shown_when: str, equals: Any) -> Conditional:
    """`equals` is one answer or a list of answers: what cleaned_data holds, so True for a YesNoField."""
    values = tuple(equals) if isinstance(equals, (list, tuple, set, frozenset)) else (equals,)
    return Conditional(names, shown_when, values)


def not_before(later: str, earlier: str) -> NotBefore:
    """The first named date must be the same as or after the second."""
    return NotBefore(later, earlier)


def empty_answer(field: forms.Field) -> Any:
    """What a field cleans to when nothing was asked."""
    if isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField, forms.FileField)):
        return []
    return getattr(field, "empty_value", False if isinstance(field, forms.BooleanField) else None)


class Form(forms.Form):
    """`rules` are conditional(...) and not_before(...); `field_order` orders; `prefix` works as in Django."""

    default_renderer: type[BaseRenderer] = GovukRenderer
    use_required_attribute = False
    rules: Sequence[Conditional | NotBefore] = ()
    template_name = "govuk/form.html"

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for rule in self.rules:
            rule.settle(self)

    def refuse(self, sentence: str, *, field: str | None = None) -> None:
        """Add a refusal that came from a verb, beside its field where it names one of this page."""
        self.add_error(field if field in self.fields else None, sentence)


def conditions_of(form: forms.BaseForm) -> list[Conditional]:
    return [rule for rule in getattr(form, "rules", ()) if isinstance(rule, Conditional)]


def _can_reveal(form: forms.BaseForm, name: str) -> bool:
    widgets = (forms.RadioSelect, forms.CheckboxSelectMultiple)
    return name in form.fields and isinstance(form.fields[name].widget, widgets)


def revealed_names(form: forms.BaseForm) -> set[str]:
    """Fields that stand inside the choice they belong to, not in the form's own order."""
    return {
        name for rule in conditions_of(form) if _can_reveal(form, rule.shown_when) for name in rule.names
    } & set(form.fields)


def top_fields(form: forms.BaseForm) -> Iterator[BoundField]:
    """The visible fields in order, less those inside a choice."""
    inside = revealed_names(form)
    return (bound for bound in form.visible_fields() if bound.name not in inside)


def field_markup(bound: BoundField) -> Markup:
    """A field with everything its choices reveal, to any depth."""
    form = bound.form
    revealed: dict[str, Markup] = {}
    if _can_reveal(form, bound.name):
        for rule in conditions_of(form):
            if rule.shown_when == bound.name:
                inner = Markup().join(field_markup(form[name]) for name in rule.names)
                value = str(bound.field.prepare_value(rule.values[0]))
                revealed[value] = revealed.get(value, Markup()) + inner
    return render_field(bound, revealed=revealed)


def error_summary(form: forms.BaseForm) -> Markup:
    """Every error with a link to the first box that is wrong, in the order of the page; empty without errors."""
    if not (form.is_bound and form.errors):
        return Markup()
    general = form.errors.get(NON_FIELD_ERRORS)
    items: list[dict[str, str]] = [{"text": str(sentence)} for sentence in general or ()]
    for bound in form:
        for sentence in sentences_of(bound):
            place = {} if bound.is_hidden else {"href": f"#{first_input_id(bound)}"}
            items.append({"text": sentence, **place})
    return component("error-summary", {"titleText": "There is a problem", "errorList": items})


class ButtonForm(Form):
    """An act that needs no answer, only a button."""
