"""Answers that belong to other answers, and the markup a reader, a keyboard and a screen reader need."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from django.template import Context, Template

from cspr.govuk.dates import typed_date
from cspr.govuk.fields import (
    ChoiceField,
    ConfirmField,
    DateField,
    FileField,
    LongTextField,
    MultipleChoiceField,
    RoughDateField,
    SelectField,
    TextField,
    TimeField,
    YesNoField,
    YesNoNotKnownField,
)
from cspr.govuk.forms import Form, conditional, error_summary, not_before


class Harm(Form):
    kind = ChoiceField(
        label="Kind of harm", choices=[("A", "Abuse"), ("OTHER", "Other")], hint="As in section 4"
    )
    other_details = LongTextField(label="Say what it was")
    other_on = DateField(label="Date of it")
    hurt = YesNoField(label="Was anybody else hurt?")
    who = TextField(label="Who was hurt")
    circumstances = MultipleChoiceField(
        label="Circumstances", choices=[("D", "Domestic abuse"), ("X", "Other")]
    )
    start = RoughDateField(label="Start")
    at = TimeField(label="Time")
    agency = SelectField(label="Agency", choices=[("P", "Police")])
    opened = DateField(label="Opened on", required=False)
    closed = DateField(label="Closed on", required=False)
    papers = FileField(label="Papers", several=True)
    sure = ConfirmField(label="Check", words="I have checked", missing="Confirm that you have checked")
    rules = (
        conditional("other_details", "other_on", shown_when="kind", equals="OTHER"),
        conditional("who", shown_when="hurt", equals=True),
        not_before("closed", "opened"),
    )


class Page(HTMLParser):
    """Every id, link target, described-by and label of a piece of markup."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.inputs: set[str] = set()
        self.links: list[str] = []
        self.described: list[str] = []
        self.labels: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag in {"input", "textarea", "select"} and given.get("type") != "hidden":
            self.inputs.add(given["id"])
        if tag == "a" and given.get("href", "").startswith("#"):
            self.links.append(given["href"][1:])
        self.described += given.get("aria-describedby", "").split()
        if tag == "label":
            self.labels.append(given["for"])


def rendered(form: forms.BaseForm) -> str:
    source = "{% load govuk %}{% error_summary form %}{% form_fields form %}"
    return Template(source).render(Context({"form": form}))


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"kind": "OTHER", "hurt": "YES", "opened_day": "1", "start_precision": "ABOUT", "other_on_day": "31"},
        {"kind": "OTHER", "start_precision": "BETWEEN", "other_on_day": "30", "other_on_month": "feb"},
    ],
)
@pytest.mark.parametrize("prefix", [None, "child-0"])
def test_error_summary_links_to_inputs(data, prefix):
    data = {f"{prefix}-{name}" if prefix else name: value for name, value in data.items()}
    page = Page(rendered(Harm(data, prefix=prefix)))
    assert page.links
    assert set(page.links) <= page.inputs
    assert set(page.described) <= set(page.ids)
    assert set(page.labels) == page.inputs
    assert len(page.ids) == len(set(page.ids))


def test_no_summary_before_anything_is_sent():
    assert error_summary(Harm()) == ""
    assert "error" not in rendered(Harm())


def test_wrong_box_alone_is_marked():
    form = Harm({"opened_day": "1", "opened_month": "2", "opened_year": "26"})
    boxes = form["opened"].as_field_group().split("<input")[1:]
    assert [("aria-invalid" in box, "govuk-input--error" in box) for box in boxes] == [(False, False)] * 2 + [
        (True, True)
    ]


def test_revealed_fields_stand_inside_their_choice():
    markup = rendered(Harm())
    inside = markup.split('id="conditional-id_kind-2"')[1]
    assert inside.index("other_details") < inside.index("Was anybody else hurt?")
    assert markup.count('name="other_details"') == 1


def test_hidden_answer_is_emptied_and_not_asked():
    form = Harm({"kind": "A", "hurt": "NO", "other_details": "left over", "other_on_day": "31", "who": "x"})
    assert {"other_details", "other_on", "who"} & set(form.errors) == set()
    assert (form.cleaned_data["other_details"], form.cleaned_data["other_on"], form.cleaned_data["who"]) == (
        "",
        None,
        "",
    )


def test_shown_answer_is_asked():
    errors = Harm({"kind": "OTHER", "hurt": "YES"}).errors
    assert errors["other_details"] == ["Say what it was"]
    assert errors["who"] == ["Enter who was hurt"]


def test_dates_in_order():
    data = {**typed_date("opened", date(2026, 11, 26)), **typed_date("closed", date(2026, 11, 25))}
    assert Harm(data).errors["closed"] == ["Closed on must be the same as or after Thursday 26 November 2026"]


def test_stored_answers_are_shown():
    markup = rendered(
        Harm(initial={"kind": "OTHER", "other_on": date(2026, 3, 27), "circumstances": ["X"], "agency": "P"})
    )
    for piece in ('value="27"', 'value="OTHER" checked', 'value="X" checked', 'value="P" selected'):
        assert piece in markup


def test_markup_is_escaped():
    class Hostile(Form):
        it = ChoiceField(label="<b>label</b>", hint="<i>hint</i>", choices=[("1", "<u>choice</u>")])
        text = TextField(label="Text")

    form = Hostile({"text": '"><script>alert(1)</script>'})
    form.add_error("text", "<s>error</s>")
    markup = rendered(form)
    for tag in ("<b>", "<i>", "<u>", "<script>", "<s>"):
        assert tag not in markup


def test_form_of_another_package_renders():
    class Foreign(forms.Form):
        email = forms.EmailField()
        password = forms.CharField(widget=forms.PasswordInput)
        remember = forms.BooleanField(required=False)
        token = forms.CharField(widget=forms.HiddenInput)

    markup = rendered(Foreign({"password": "secret"}))
    assert "Enter the email" in markup
    assert "secret" not in markup
    assert '<input type="hidden" name="token"' in markup
    assert set(Page(markup).links) <= Page(markup).inputs


def test_refusal_of_a_verb_stands_beside_its_field():
    form = Harm({})
    form.refuse("The agency is closed", field="agency")
    form.refuse("The case is closed", field="elsewhere")
    assert "The agency is closed" in form.errors["agency"]
    assert form.non_field_errors() == ["The case is closed"]


class Hidden(Form):
    """A question shown only for one answer of another."""

    place = ChoiceField(label="Place", choices=[("HERE", "Here"), ("ABROAD", "Abroad")])
    lives_here = YesNoNotKnownField(label="Do they live here?")
    rules = (conditional("lives_here", shown_when="place", equals="ABROAD"),)


def test_choice_that_is_not_asked_is_empty_text_not_none() -> None:
    form = Hidden(data={"place": "HERE", "lives_here": "YES"})
    assert form.is_valid()
    assert form.cleaned_data["lives_here"] == ""
