"""One row of each list: a family member, an agency, a key date, a proceeding; and whether the list is complete."""

from typing import Any

from cspr.govuk.fields import (
    ChoiceField,
    DateField,
    IntegerField,
    LongTextField,
    MultipleChoiceField,
    RoughDateField,
    SelectField,
    TextField,
    YesNoField,
    YesNoNotKnownField,
)
from cspr.govuk.forms import Form, conditional
from notifications import options
from notifications.forms.referral.base import PageForm
from notifications.forms.referral.children import refuse_birth_and_age
from notifications.workflow.referral_completeness import ROW_REQUIRED


class RowForm(PageForm):
    required_by = ROW_REQUIRED


class FamilyMemberForm(RowForm):
    page = "family"

    name = TextField(label="Full name, if you know it", called="full name", autocomplete="off")
    relationship = SelectField(
        label="Relationship to the child",
        called="how this person is related",
        choices=options.Relationship.choices,
    )
    relationship_detail = TextField(label="More about the relationship")
    born_on = DateField(label="Date of birth, if you know it", called="date of birth")
    age = IntegerField(label="Age in years, if you do not know the date of birth", called="age", most=120)
    ethnicity = SelectField(
        label="Ethnicity", choices=options.Ethnicity.choices, empty="Select, if you know it"
    )
    address = LongTextField(label="Address", max_length=500, rows=3)
    protection_plan = ChoiceField(
        label="If this is a child: is there, or was there, a child protection plan?",
        called="whether there is a plan",
        choices=options.PlanState.choices,
    )
    safety = ChoiceField(label="Is this person safe now?", choices=options.Safety.choices)
    safety_detail = LongTextField(
        label="What is the risk, and what is being done?", called="what the risk is", rows=3
    )
    rules = [conditional("safety_detail", shown_when="safety", equals=options.Safety.AT_RISK)]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        refuse_birth_and_age(self)
        return answers


class InvolvedAgencyForm(RowForm):
    page = "agencies"

    name = TextField(label="Name of the agency", autocomplete="organization")
    kind = SelectField(label="What kind of agency is it?", choices=options.ServiceKind.choices)
    worker = TextField(label="Who works, or worked, with the child or family?", called="the worker’s name")
    contact = TextField(label="Telephone number or email address", hint="If you know it")
    involved_with = LongTextField(
        label="With whom was the agency involved, and how?", called="how it was involved", rows=3
    )
    still_involved = YesNoNotKnownField(label="Is the agency still involved?")


class KeyDateForm(RowForm):
    page = "key-dates"

    happened = RoughDateField(label="When was it?", called="the date")
    event = LongTextField(label="What happened?", rows=4)
    source = TextField(
        label="Where does this come from?",
        called="where this comes from",
        hint="For example, “School record”",
    )


class ProceedingForm(RowForm):
    page = "proceedings"

    kind = SelectField(label="What kind of proceeding is it?", choices=options.ProceedingKind.choices)
    lead = TextField(
        label="Who leads it?", called="who leads it", hint="For example, the senior investigating officer"
    )
    lead_contact = TextField(label="How can they be reached?", called="how they can be reached")
    proceeding_reference = TextField(label="Reference")
    next_on = DateField(label="Next date, if you know it", called="next date", hint="For example, 27 3 2027")
    next_event = TextField(label="What happens on that date?", called="what happens then")
    holds = MultipleChoiceField(
        label="Does it hold anything up?",
        choices=options.HoldOn.choices,
        hint="Select all that apply, or neither",
    )
    hold_reason = LongTextField(label="What is held up, and until when?", called="what is held up", rows=3)


class MoreForm(Form):
    """Whether another row is to be added to a list, or the list is complete."""

    more = YesNoField(label="Is there another to add?")

    def __init__(self, *args: Any, noun: str, number: int, at_least: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.number, self.at_least, self.noun = number, at_least, noun
        label = f"Do you want to add another {noun}?" if number else f"Do you want to add a {noun}?"
        self.fields["more"].relabel(label.replace(" a agency", " an agency"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("more") is False and self.number < self.at_least:
            self.add_error("more", f"Add at least one {self.noun}")
        return answers
