"""What the partners answer, and what the local authority decides. Rule 4.3."""

from typing import Any

from cspr.decisions.models import Answer
from cspr.govuk.fields import ChoiceField, LongTextField
from cspr.govuk.forms import Form


class ReasonForm(Form):
    """An act that needs a reason."""

    reason = LongTextField(label="Reason", missing="Enter the reason", rows=4)


class ViewForm(Form):
    answer = ChoiceField(
        label="Is this a notifiable incident?",
        choices=[
            (Answer.YES, "Yes, it should be notified as proposed"),
            (Answer.NO, "No, it should not"),
            (Answer.CANNOT_TAKE_PART, "I cannot take part"),
        ],
        hints={
            Answer.CANNOT_TAKE_PART: "For example because of a conflict of interest that you have not declared yet"
        },
        divider_before=Answer.CANNOT_TAKE_PART,
    )
    reason = LongTextField(
        label="Reason",
        hint="The other partners and the business unit read this",
        missing="Enter the reason for your view",
    )


class DecisionForm(Form):
    outcome = ChoiceField(
        label="Will the incident be notified?",
        choices=[(Answer.YES, "Notify"), (Answer.NO, "Do not notify")],
        missing="Select whether the incident will be notified",
    )
    rationale = LongTextField(
        label="Reason for the decision",
        hint="Where a partner sees it differently, say why you decide otherwise. Their view stays on record",
        missing="Enter the reason for the decision",
    )
    without_view_reason = LongTextField(
        label="Why are you deciding without every view?",
        called="why you are deciding without every view",
        rows=3,
    )
    referrer_reason = LongTextField(
        label="What should the referring agencies be told?",
        hint="They read this on their referral. Name nobody, and say nothing that another agency told in confidence",
        missing="Enter what the referring agencies should be told",
        rows=4,
    )

    def __init__(self, *args: Any, missing_views: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if missing_views:
            missing = " and the ".join(missing_views)
            self.fields["without_view_reason"].help_text = f"The {missing} has not given a view"
        else:
            del self.fields["without_view_reason"]
