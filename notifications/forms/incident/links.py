"""Joining cases, and naming other areas. Rules 4.1 and 4.8."""

from typing import Any

from cspr.govuk.fields import ChoiceField, ConfirmField, EmailField, LongTextField, SelectOneOf, TextField
from cspr.govuk.forms import Form, conditional

KNOWN, NAMED = "known", "named"


class FindForm(Form):
    """A case not among those suggested."""

    reference = TextField(
        label="Reference of the other case", called="the reference of the other case", width="20"
    )


class LinkForm(Form):
    reason = LongTextField(
        label="Why are both about one incident?", called="why both are about one incident", rows=4
    )


class AreaForm(Form):
    kind = ChoiceField(
        label="Which area does it concern too?",
        choices=[(KNOWN, "A partnership in this list"), (NAMED, "Another area")],
        missing="Select which area it concerns",
    )
    partnership = SelectOneOf(label="Partnership", called="a partnership")
    name = TextField(label="Name of the area or its partnership", called="the name of the area")
    email = EmailField(
        label="Email address of its business unit, if known",
        called="email",
        required=False,
        autocomplete="off",
    )
    why = LongTextField(
        label="Why does it concern them?", called="why it concerns them", rows=3, max_length=2000
    )
    is_lead = ConfirmField(
        label="Place of the incident",
        words="The incident happened there, so that area leads",
        required=False,
    )
    rules = [
        conditional("partnership", shown_when="kind", equals=KNOWN),
        conditional("name", "email", shown_when="kind", equals=NAMED),
    ]

    def __init__(self, *args: Any, partnerships: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships  # type: ignore[attr-defined]
