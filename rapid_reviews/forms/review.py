"""What the unit writes in a rapid review. Rules 5.2, 5.4, 5.5, 6.1."""

from typing import Any

from cspr.govuk.fields import ChoiceField, DateField, LongTextField, TextField, future_date
from cspr.govuk.forms import Form
from rapid_reviews.models.review import LONGEST
from rapid_reviews.options.review import Met, Outcome
from rapid_reviews.workflow.content import DETAIL_LABELS, DETAILS
from rapid_reviews.workflow.sections import SectionOf

WIDE = 12
MISSING = {
    "scope": "Enter the proposed scope",
    "lines_of_enquiry": "Enter the key lines of enquiry",
    "learning_drawn": "Enter why the rapid review has drawn out the learning",
    "actions_tracked": "Enter how actions will be tracked",
    "learning_activity": "Enter what the other way of learning is",
    "national_reason": "Enter why a national review may be appropriate",
}
HINTS = {
    "method": "If it is known already. It is agreed with the reviewer later",
    "reviewer_name": "If it is known already. The Panel, Ofsted and the Department for Education are told the name",
    "learning_drawn": "Say why no further review is needed to learn from this case",
    "learning_activity": "For example a single-agency review, an audit, or a learning event, and who leads it",
}


class SectionForm(Form):
    """One section's text."""

    def __init__(self, *args: Any, section: SectionOf, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = LongTextField(
            label=section.question,
            rows=WIDE,
            max_length=LONGEST,
            required=section.required,
            missing=section.missing.rstrip("."),
        )


class CriterionForm(Form):
    answer = ChoiceField(
        label="Is it met?",
        choices=Met.choices,
        hints={Met.UNCLEAR: "Say in the reason what would make it clear"},
        missing="Select whether it is met",
    )
    reason = LongTextField(label="Reason", max_length=LONGEST, missing="Enter the reason for your answer")


class OutcomeForm(Form):
    outcome = ChoiceField(
        label="What is proposed?", choices=Outcome.choices, missing="Select the decision that is proposed"
    )
    rationale = LongTextField(
        label="Rationale",
        hint="Meeting the criteria does not mean that there must be a review. Say why this is the right decision",
        rows=WIDE,
        max_length=LONGEST,
        missing="Enter the rationale for the decision",
    )


class DetailForm(Form):
    """What one decision has to say besides; its fields are those of the table."""

    def __init__(self, *args: Any, outcome: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column, required in DETAILS[outcome]:
            self.fields[column] = _detail(column, required=required)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        return given


def _detail(column: str, *, required: bool) -> Any:
    label, hint = DETAIL_LABELS[column], HINTS.get(column, "")
    if column == "target_on":
        return DateField(label=label, required=False, rules=(future_date,))
    if column == "reviewer_name":
        return TextField(label=label, hint=hint, required=required)
    return LongTextField(
        label=label, hint=hint, required=required, max_length=LONGEST, missing=MISSING.get(column, "")
    )
