"""What is recorded of a sending, of the Panel's answer, of the answer to it, of a closing."""

from typing import Any

from cspr.documents.checks.kinds import ALLOWED
from cspr.govuk.fields import (
    ChoiceField,
    DateField,
    FileField,
    LongTextField,
    TextField,
    TimeField,
    past_date,
)
from cspr.govuk.forms import conditional
from rapid_reviews.forms.meeting import MomentForm
from rapid_reviews.forms.national import circumstances_field, criteria_field
from rapid_reviews.options.sending import PanelAnswerKind, SentHow
from rapid_reviews.workflow.sending import NOT_WHILE_TAKEN_AGAIN, WHILE_TAKEN_AGAIN

ACCEPTED = f"{ALLOWED}, not protected by a password"


class SendForm(MomentForm):
    day_field, time_field, is_past = "sent_on", "sent_time", True

    how = ChoiceField(label="How was it sent?", choices=SentHow.choices, missing="Select how it was sent")
    sent_on = DateField(label="Day it was sent", missing="Enter the day it was sent", rules=(past_date,))
    sent_time = TimeField(label="Time it was sent", missing="Enter the time it was sent")
    sender_name = TextField(
        label="Who sent it", hint="Their full name", missing="Enter who sent it", autocomplete="off"
    )
    evidence = FileField(
        label="Evidence that it was sent",
        hint=f"For example the sent email or the confirmation page. {ACCEPTED}",
        missing="Select the file that shows it was sent",
    )
    late_reason = LongTextField(
        label="Why it was sent late",
        called="the reason",
        hint="Needed only where it was sent after the due day. It stays on record",
        required=False,
        rows=3,
    )


class PanelAnswerForm(MomentForm):
    day_field, time_field, is_past = "received_on", "received_time", True

    kind = ChoiceField(
        label="What does the Panel answer?",
        choices=PanelAnswerKind.choices,
        missing="Select what the Panel answers",
    )
    answer_by = DateField(
        label="Day by which the letter asks for an answer",
        called="the day by which the letter asks for an answer",
        missing="Enter the day by which the letter asks for an answer",
    )
    rationale = LongTextField(
        label="The Panel’s rationale for a national review",
        called="the Panel’s rationale",
        missing="Enter the Panel’s rationale for a national review",
    )
    criteria = criteria_field()
    circumstances = circumstances_field()
    next_steps = LongTextField(label="Next steps the Panel sets out", required=False, rows=4)
    text = LongTextField(label="What the letter says, in short", missing="Enter what the letter says", rows=6)
    received_on = DateField(label="Day it came", missing="Enter the day it came", rules=(past_date,))
    received_time = TimeField(label="Time it came", missing="Enter the time it came")
    said_by = TextField(
        label="Who signed the letter", missing="Enter who signed the letter", autocomplete="off"
    )
    letter = FileField(label="The letter", hint=ACCEPTED, missing="Select the Panel’s letter")
    rules = [
        conditional("answer_by", shown_when="kind", equals=PanelAnswerKind.ASKS_FOR_MORE),
        conditional(
            "rationale",
            "criteria",
            "circumstances",
            "next_steps",
            shown_when="kind",
            equals=PanelAnswerKind.NATIONAL_REVIEW,
        ),
    ]

    def __init__(self, *args: Any, taken_again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if taken_again:
            kind: Any = self.fields["kind"]
            kind.label, kind.choices = (
                "What does the Panel write?",
                [(one, one.label) for one in WHILE_TAKEN_AGAIN],
            )
            kind.error_messages["invalid_choice"] = NOT_WHILE_TAKEN_AGAIN


class ReplyForm(MomentForm):
    day_field, time_field, is_past = "sent_on", "sent_time", True

    text = LongTextField(label="What was answered", missing="Enter what was answered")
    how = ChoiceField(label="How was it sent?", choices=SentHow.choices, missing="Select how it was sent")
    sent_on = DateField(label="Day it was sent", missing="Enter the day it was sent", rules=(past_date,))
    sent_time = TimeField(label="Time it was sent", missing="Enter the time it was sent")
    said_by = TextField(label="Who sent it", missing="Enter who sent it", autocomplete="off")
    file = FileField(label="The answer, if there is a file", hint=ACCEPTED, required=False)


class CloseForm(MomentForm):
    day_field, time_field, is_past = "came_on", "came_time", True

    reason = LongTextField(
        label="Why the incident does not meet the criteria",
        called="the reason",
        missing="Enter why the incident does not meet the criteria",
    )
    correspondence = FileField(
        label="The Panel’s correspondence about it",
        hint=ACCEPTED,
        missing="Select the Panel’s correspondence",
    )
    said_by = TextField(label="Who wrote it for the Panel", missing="Enter who wrote it", autocomplete="off")
    came_on = DateField(label="Day it came", missing="Enter the day it came", rules=(past_date,))
    came_time = TimeField(label="Time it came", missing="Enter the time it came")
