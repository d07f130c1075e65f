"""What an agency answers: one page of the frozen questions, and the acts around them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from cspr.documents.checks.kinds import ALLOWED
from cspr.govuk.fields import (
    ChoiceField,
    DateField,
    EmailField,
    FileField,
    LongTextField,
    MultipleChoiceField,
    OneOf,
    TextField,
    past_date,
)
from cspr.govuk.forms import Form, conditional, not_before
from cspr.govuk.words import missing
from rapid_reviews.options.requests import RefusalGround
from rapid_reviews.question_set import Field, Page

LATER = "later"
"""The name of the button that saves what is there and comes back later."""
ACCEPTED = f"{ALLOWED}, not protected by a password"


class PageForm(Form):
    """One page of the questions. What is required is asked for on "save and continue", not on "come back later"."""

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.for_later = bool(self.data) and LATER in self.data
        self.fields.update({field.key: MAKERS[field.kind](field) for field in page.fields})
        self.rules = [
            conditional(field.key, shown_when=field.shown_when, equals=field.shown_for)
            for field in page.fields
            if field.shown_when
        ]
        self.rules += [not_before(field.key, field.not_before) for field in page.fields if field.not_before]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        for field in [] if self.for_later else self.page.missing(self.answers()):
            if field.key not in self.errors:
                self.add_error(field.key, self.fields[field.key].error_messages["required"])
        return answers

    def answers(self) -> dict[str, Any]:
        """The answers as they are stored: days as text, nothing as empty text or list."""
        return {field.key: _stored(self.cleaned_data.get(field.key)) for field in self.page.fields}


def typed_over(page: Page, answers: dict[str, Any]) -> dict[str, Any]:
    """The stored answers as the form's initial ones."""
    found = {field.key: answers.get(field.key) for field in page.fields}
    dates = {field.key for field in page.fields if field.kind == "date"}
    return {
        key: date.fromisoformat(value) if key in dates and value else value for key, value in found.items()
    }


def _stored(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else "" if value is None else value


def _common(field: Field) -> dict[str, Any]:
    hint = {"hint": field.help} if field.help else {}
    return {"label": field.label, "required": False, **hint}


def _named(field: Field) -> dict[str, Any]:
    """A question makes no subject of a sentence: what is wrong is said of the answer to it."""
    if not field.label.endswith("?"):
        return _common(field)
    called = "the date" if field.kind == "date" else "your answer"
    return {**_common(field), "called": called, "missing": missing(field.label, verb="Enter")}


def _text(field: Field) -> forms.Field:
    return TextField(**_named(field), max_length=field.max_length, autocomplete="off")


def _long_text(field: Field) -> forms.Field:
    rows = 10 if field.max_length > 4000 else 4
    return LongTextField(**_named(field), max_length=field.max_length, rows=rows)


def _date(field: Field) -> forms.Field:
    return DateField(**_named(field), rules=(past_date,) if field.past else ())


def _choice(field: Field) -> forms.Field:
    return ChoiceField(**_common(field), choices=field.choices)


def _choices(field: Field) -> forms.Field:
    return MultipleChoiceField(**_common(field), choices=field.choices, none_of=field.none_of)


MAKERS: dict[str, Callable[[Field], forms.Field]] = {
    "text": _text,
    "long text": _long_text,
    "date": _date,
    "yes_no": _choice,
    "choice": _choice,
    "choices": _choices,
}


class SecondPersonForm(Form):
    """Who signs a guest's return off: rule 6.3, a second person of the organisation."""

    name = TextField(label="Who signs this off?", called="who signs this off", max_length=130)
    email = EmailField(
        label="Their work email address",
        called="their email address",
        autocomplete="off",
        hint="Somebody else, responsible for safeguarding in your organisation. They are sent a link of their own",
    )


class WhoDecidesForm(SecondPersonForm):
    """Who can refuse for a guest's organisation."""

    name = TextField(label="Who decides for your organisation?", called="who decides", max_length=130)


class AssignForm(Form):
    contributor = OneOf(
        label="Who writes the return?", missing="Select who writes the return",
        hint="They can open this request and nothing else of the case. Whoever had it before no longer can",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["contributor"]
        field.queryset, field.named = (
            people,
            lambda one: f"{one.user.full_name}, {one.get_role_display().lower()}",
        )


class FileForm(Form):
    description = TextField(label="What is this file?", called="what this file is", max_length=150)
    file = FileField(label="File", hint=ACCEPTED)


class HandBackForm(Form):
    reason = LongTextField(
        label="What should the author change?", called="what the author should change",
        missing="Enter what the author should change", rows=4,
    )  # fmt: skip


class RefuseForm(Form):
    ground = ChoiceField(label="On what ground?", choices=RefusalGround.choices, missing="Select the ground")
    reason = LongTextField(
        label="Why, in your own words?", called="why", missing="Enter why the request is refused",
        hint="The business unit and the safeguarding partners read this",
    )  # fmt: skip


class CodeForm(Form):
    """The code a guest was sent, typed by a person."""

    code = TextField(
        label="Enter the code",
        called="the code",
        hint="8 figures, from the message we sent just now",
        missing="Enter the code",
        max_length=20,
        autocomplete="one-time-code",
        inputmode="numeric",
        width="10",
    )
