"""What is recorded of a national review the Panel holds, in the chapter's own words. Rule 7.2."""

from typing import Any

from cspr.govuk.fields import DateField, LongTextField, MultipleChoiceField, past_date
from cspr.govuk.forms import Form
from rapid_reviews.options.national import CIRCUMSTANCES, CRITERIA, PARTNERS

AS_THE_LETTER_SAYS = "Select those the letter names. What it leaves open can be recorded later"


def criteria_field(hint: str = AS_THE_LETTER_SAYS) -> MultipleChoiceField:
    return MultipleChoiceField(
        label="Which criteria does the letter say the Panel took into account?",
        called="the criteria",
        hint=hint,
        choices=list(CRITERIA.items()),
        required=False,
    )


def circumstances_field(hint: str = AS_THE_LETTER_SAYS) -> MultipleChoiceField:
    return MultipleChoiceField(
        label="Which circumstances does it say the Panel had regard to?",
        called="the circumstances",
        hint=hint,
        choices=list(CIRCUMSTANCES.items()),
        required=False,
    )


class ConsideredForm(Form):
    criteria = criteria_field("Select all that apply")
    circumstances = circumstances_field("Select all that apply")


class ScopeForm(Form):
    discussed_on = DateField(
        label="When was it discussed?", called="the day it was discussed", missing="Enter when it was discussed",
        rules=(past_date,),
    )  # fmt: skip
    partners = MultipleChoiceField(
        label="With which of the safeguarding partners?",
        choices=list(PARTNERS.items()),
        missing="Select the partners it was discussed with",
    )
    scope = LongTextField(
        label="Scope of the review, as discussed",
        hint="Leave empty what was not discussed that day: a later discussion is another entry",
        required=False,
        rows=5,
    )
    method = LongTextField(label="Method of the review, as discussed", required=False, rows=5)
    engagement = LongTextField(
        label="How the Panel will engage with the partners and those involved in the case",
        required=False,
        rows=4,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        said = ("scope", "method", "engagement")
        if not any((answers.get(name) or "").strip() or name in self.errors for name in said):
            self.add_error("scope", "Enter the scope, the method, or how people will be involved")
        return answers


class SecretaryToldForm(Form):
    told_on = DateField(
        label="When did the Panel tell the Secretary of State?",
        called="the day the Secretary of State was told",
        missing="Enter when the Secretary of State was told",
        rules=(past_date,),
    )
    how_known = LongTextField(
        label="How is this known?",
        hint="For example: the Panel’s secretariat said so by telephone, with the name and the day",
        missing="Enter how this is known",
        rows=4,
    )
