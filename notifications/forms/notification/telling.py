"""Telling one recipient: again by e-mail, by telephone or in person; and another area. Rule C2."""

from typing import Any

from cspr.dispatch.models import How
from cspr.govuk.fields import (
    ChoiceField,
    DateField,
    EmailField,
    FileField,
    LongTextField,
    SelectOneOf,
    TextField,
    TimeField,
    past_date,
)
from cspr.govuk.forms import Form
from notifications.forms.notification.moments import ACCEPTED, MomentForm

BY_HAND = (How.TELEPHONE, How.IN_PERSON, How.LETTER)


class InPersonForm(MomentForm):
    day_field, time_field = "told_on", "told_time"

    how = ChoiceField(
        label="How were they told?",
        choices=[(one.value, one.label.capitalize()) for one in BY_HAND],
        missing="Select how they were told",
    )
    told_to = TextField(label="Who was told?", missing="Enter who was told", autocomplete="off")
    told_on = DateField(label="Day", missing="Enter the day they were told", rules=(past_date,))
    told_time = TimeField(label="Time", missing="Enter the time they were told")
    note = LongTextField(label="Note", required=False, rows=3)
    file = FileField(label="Proof, if there is a file", hint=ACCEPTED, required=False)


class AgainForm(Form):
    email = EmailField(
        label="E-mail address",
        missing="Enter an e-mail address",
        hint="The mail holds a reference and a link, nothing else",
        autocomplete="off",
    )


class AreaForm(Form):
    partnership = SelectOneOf(
        label="Partnership", required=False, empty_label="Not in the list", missing="Select a partnership"
    )
    name = TextField(
        label="Name of the area, if it is not in the list", called="the name of the area", required=False
    )
    email = EmailField(
        label="E-mail address of its business unit",
        hint="Left empty, somebody has to tell them in person",
        autocomplete="off",
        required=False,
    )

    def __init__(self, *args: Any, partnerships: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnership"].queryset = partnerships  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if not answers.get("partnership") and not answers.get("name") and "name" not in self.errors:
            self.add_error("partnership", "Select a partnership, or enter the name of the area")
        if answers.get("partnership") and answers.get("name"):
            self.add_error("name", "Select a partnership or enter a name, not both")
        return answers
