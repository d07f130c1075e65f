"""What partners, lead partners and the scrutineer answer. Rule 6.5."""

from typing import Any

from cspr.decisions.models import Answer
from cspr.govuk.fields import ChoiceField, LongTextField
from cspr.govuk.forms import Form


class ReasonForm(Form):
    """An act that needs a reason."""

    reason = LongTextField(label="Reason", missing="Enter the reason", rows=4)


class SignForm(Form):
    answer = ChoiceField(
        label="Do you agree with the rapid review and its decision?",
        choices=[
            (Answer.YES, "I agree"),
            (Answer.NO, "I disagree"),
            (Answer.CANNOT_TAKE_PART, "I cannot take part"),
        ],
        hints={
            Answer.NO: "It goes to the lead safeguarding partners, and your reason stays on record",
            Answer.CANNOT_TAKE_PART: "For example because of a conflict of interest. It goes to the lead partners too",
        },
        divider_before=Answer.CANNOT_TAKE_PART,
        missing="Select whether you agree",
    )
    reason = LongTextField(
        label="Reason",
        hint="The other partners and the business unit read this",
        missing="Enter the reason for your answer",
    )


class LeadAnswerForm(Form):
    answer = ChoiceField(
        label="What do you decide?",
        choices=[
            (Answer.YES, "Uphold the rapid review and its decision as proposed"),
            (Answer.NO, "Send it back to the business unit"),
        ],
        missing="Select what you decide",
    )
    reason = LongTextField(label="Reason", missing="Enter the reason for your decision")
    without_reason = LongTextField(
        label="Why are you deciding without every lead partner?",
        called="why you are deciding without every lead partner",
        rows=3,
        required=False,
    )

    def __init__(self, *args: Any, absent: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if absent:
            self.fields["without_reason"].help_text = f"The {absent} has no lead partner here who can decide"
        else:
            del self.fields["without_reason"]


class CommentForm(Form):
    text = LongTextField(
        label="Your comment", hint="Everybody who may open the case reads it", missing="Enter your comment"
    )
