"""Proceedings that run beside a case, what they hold up, the family's one contact. Rule 7.3."""

from typing import Any

from cspr.cases.kinds import HoldOn, ProceedingKind
from cspr.govuk.fields import ChoiceField, DateField, LongTextField, TextField, past_date
from cspr.govuk.forms import Form, conditional


class ProceedingForm(Form):
    kind = ChoiceField(
        label="What kind of proceeding is it?", choices=ProceedingKind.choices, missing="Select the kind"
    )
    other_kind = TextField(label="Say what it is", missing="Enter what it is", autocomplete="off")
    lead_body = TextField(
        label="Which body leads it?", missing="Enter which body leads it", autocomplete="off"
    )
    lead_person = TextField(
        label="Who leads it there?", hint="For example the senior investigating officer", required=False,
        autocomplete="off",
    )  # fmt: skip
    lead_contact = TextField(label="How to reach them", required=False, autocomplete="off")
    reference = TextField(label="Reference", required=False, max_length=100, autocomplete="off")
    venue = TextField(label="Court or venue", required=False, autocomplete="off")
    next_on = DateField(label="Next date", required=False)
    next_event = TextField(
        label="What happens then", hint="For example: pre-inquest hearing", required=False, autocomplete="off"
    )
    note = LongTextField(label="Note", required=False, rows=4)
    rules = [conditional("other_kind", shown_when="kind", equals=ProceedingKind.OTHER)]


class HoldForm(Form):
    on = ChoiceField(label="What is held up?", choices=HoldOn.choices, missing="Select what is held up")
    asked_for_by = TextField(
        label="Who asked for it?", missing="Enter who asked for it", hint="Name and body", autocomplete="off"
    )
    reason = LongTextField(label="Why?", missing="Enter why it is held up", rows=4, max_length=2_000)


class EndForm(Form):
    ended_on = DateField(
        label="When did it end?", called="the day it ended", missing="Enter when it ended", rules=(past_date,)
    )
    outcome = LongTextField(label="How did it end?", missing="Enter how it ended", rows=4)


class FamilyLeadForm(Form):
    name = TextField(
        label="Who speaks with the family, whatever processes run?",
        missing="Enter who speaks with the family",
        autocomplete="off",
    )
    agency = TextField(label="Agency", missing="Enter the agency", autocomplete="off")
    contact = TextField(label="How to reach them", required=False, autocomplete="off")
    reason = LongTextField(
        label="Why is this changed?", rows=3, max_length=2_000,
        hint="For example: another person speaks with the family from now on, or a new telephone number",
        missing="Enter why this is changed",
    )  # fmt: skip

    def __init__(self, *args: Any, replaces: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not replaces:
            del self.fields["reason"]
