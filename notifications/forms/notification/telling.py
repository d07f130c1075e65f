"""Telling one recipient: again by email, by telephone, in person or by letter. Rule C2."""

from cspr.dispatch.models import How
from cspr.govuk.fields import (
    ChoiceField,
    DateField,
    EmailField,
    FileField,
    LongTextField,
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
    told_on = DateField(label="On which day?", missing="Enter the day they were told", rules=(past_date,))
    told_time = TimeField(label="At what time?", missing="Enter the time they were told")
    note = LongTextField(label="Note", required=False, rows=3)
    file = FileField(label="Proof, if there is a file", hint=ACCEPTED, required=False)


class AgainForm(Form):
    email = EmailField(
        label="Email address",
        missing="Enter an email address",
        hint="The mail holds a reference and a link, nothing else",
        autocomplete="off",
    )
