"""The pages of one child. A name is never required; unborn and unidentified children are possible (rule 4.5)."""

from typing import Any

from cspr.govuk.fields import (
    ChoiceField,
    DateField,
    IntegerField,
    LongTextField,
    MultipleChoiceField,
    SelectField,
    TextField,
)
from cspr.govuk.forms import conditional
from notifications import options
from notifications.forms.referral.base import PageForm, only_where
from notifications.forms.referral.nhs_number import NhsNumberField
from notifications.workflow.referral_completeness import CHILD_REQUIRED

KIND = options.ChildKind
HAD_A_PLAN = {options.PlanState.NOW, options.PlanState.BEFORE}
BOTH_BIRTH_AND_AGE = "Enter a date of birth or an age, not both"


def refuse_birth_and_age(form: Any) -> None:
    """A date of birth already says the age."""
    if form.cleaned_data.get("born_on") and form.cleaned_data.get("age") is not None:
        form.add_error("age", BOTH_BIRTH_AND_AGE)


class ChildForm(PageForm):
    required_by = CHILD_REQUIRED

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child_kind = kind

    def answers(self) -> dict[str, Any]:
        return {"kind": self.child_kind, **super().answers()}


class IdentityForm(ChildForm):
    page = "identity"
    always = ("kind",)

    kind = ChoiceField(label="Which of these is it?", choices=KIND.choices)
    born_on = DateField(label="Date of birth")
    age = IntegerField(
        label="Age in years, if you do not know the date of birth",
        called="age",
        most=options.OLDEST_CARE_LEAVER,
    )
    nhs_number = NhsNumberField(label="NHS number, if you know it")
    expected_on = DateField(label="Expected date of birth, if you know it", called="expected date of birth")
    unidentified_detail = LongTextField(
        label="What is known about the child?", called="what is known", rows=3
    )
    name = TextField(label="Full name, if you know it", called="full name", autocomplete="off")
    other_names = TextField(
        label="Other names the child is known by", called="other names", autocomplete="off"
    )
    rules = [
        conditional("born_on", "age", "nhs_number", shown_when="kind", equals=KIND.BORN),
        conditional("expected_on", shown_when="kind", equals=KIND.UNBORN),
        conditional("unidentified_detail", shown_when="kind", equals=KIND.UNIDENTIFIED),
    ]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        refuse_birth_and_age(self)
        return answers


class AboutChildForm(ChildForm):
    page = "about"

    sex = ChoiceField(label="Sex", choices=options.Sex.choices)
    ethnicity = SelectField(label="Ethnicity", choices=options.Ethnicity.choices)
    ethnicity_described = TextField(
        label="How the child or family describe it, in their own words", called="how they describe it"
    )
    disabilities = MultipleChoiceField(
        label="Disability", choices=options.Disability.choices, none_of=options.Disability.NONE
    )
    disability_detail = LongTextField(label="More about the disability", rows=3)
    language = TextField(label="First language")
    religion = TextField(label="Religion or belief")


class HomeForm(ChildForm):
    page = "home"

    address = LongTextField(label="Home address", max_length=500, rows=3)
    whereabouts = LongTextField(
        label="Where is the child now?", called="where the child is now",
        hint="And who was caring for the child at the time of the incident", rows=3,
    )  # fmt: skip
    schooling = ChoiceField(label="Is the child at school?", choices=options.Schooling.choices)
    school = TextField(label="Name of school, college or nursery")


class CareForm(ChildForm):
    page = "care"

    care_status = ChoiceField(label="Care status", choices=options.CareStatus.choices)
    care_authority = TextField(
        label="Which local authority looks after, or looked after, the child?", called="the local authority"
    )
    legal_status = SelectField(label="Legal status", choices=options.LegalStatus.choices)
    placement = SelectField(
        label="Where was the child living?",
        called="where the child was living",
        choices=options.Placement.choices,
    )
    placement_detail = TextField(label="Name of the placement or provider")


class PlansForm(ChildForm):
    page = "plans"

    protection_plan = ChoiceField(
        label="Is there, or was there, a child protection plan?", choices=options.PlanState.choices
    )
    protection_category = SelectField(
        label="Category of the child protection plan",
        choices=options.PlanCategory.choices,
        empty="Select, if there was a plan",
    )
    protection_from_on = DateField(label="Child protection plan from", called="the day the plan began")
    protection_until_on = DateField(label="Child protection plan until", called="the day the plan ended")
    need_plan = ChoiceField(
        label="Is there, or was there, a child in need plan?", choices=options.PlanState.choices
    )
    need_from_on = DateField(label="Child in need plan from", called="the day the plan began")
    need_until_on = DateField(label="Child in need plan until", called="the day the plan ended")

    def answers(self) -> dict[str, Any]:
        answers = super().answers()
        protected, needed = answers["protection_plan"] in HAD_A_PLAN, answers["need_plan"] in HAD_A_PLAN
        dates = {"protection_from_on": None, "protection_until_on": None}
        only_where(answers, {"protection_category": "", **dates}, applies=protected)
        only_where(answers, {"need_from_on": None, "need_until_on": None}, applies=needed)
        return answers
