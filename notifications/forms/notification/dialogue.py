"""What was said between the partnership and the Panel (rule 3.3), and what was sent after the notification."""

from cspr.cases.models import Dialogue
from cspr.govuk.fields import (
    ChoiceField,
    DateField,
    FileField,
    LongTextField,
    TextField,
    TimeField,
    past_date,
)
from notifications.forms.notification.moments import ACCEPTED, MomentForm


class DialogueForm(MomentForm):
    day_field, time_field = "said_on", "said_time"

    direction = ChoiceField(
        label="Who said it?", choices=Dialogue.Direction.choices, missing="Select who said it"
    )
    how = ChoiceField(label="How?", choices=Dialogue.How.choices, missing="Select how it was said")
    said_by = TextField(
        label="Name of the person who said it",
        missing="Enter who said it",
        hint="And for whom they spoke, where that matters",
        autocomplete="off",
    )
    said_on = DateField(label="On which day?", missing="Enter the day it was said", rules=(past_date,))
    said_time = TimeField(label="At what time?", missing="Enter the time it was said")
    text = LongTextField(label="What was said", missing="Enter what was said", rows=8)
    file = FileField(label="Letter or email, if there is one", hint=ACCEPTED, required=False)


class FurtherForm(MomentForm):
    day_field, time_field = "said_on", "said_time"

    text = LongTextField(
        label="What was sent",
        missing="Enter what was sent",
        hint="Say what it adds to, or corrects in, the notification",
        rows=8,
    )
    said_by = TextField(label="Who sent it", missing="Enter who sent it", autocomplete="off")
    said_on = DateField(label="Day it was sent", missing="Enter the day it was sent", rules=(past_date,))
    said_time = TimeField(label="Time it was sent", missing="Enter the time it was sent")
    file = FileField(label="Evidence, if there is a file", hint=ACCEPTED, required=False)
