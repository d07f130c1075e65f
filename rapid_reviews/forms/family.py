"""The family: how each is known, what they were told, why they are not told. Rule 5.3."""

from typing import Any

from cspr.govuk.fields import ChoiceField, DateField, LongTextField, TextField, future_date, past_date
from cspr.govuk.forms import Form
from rapid_reviews.options.family import Advocate, Constraint, ContactHow, Kin, Matter


class PersonForm(Form):
    kin = ChoiceField(label="Who are they to the child?", choices=Kin.choices, missing="Select who they are")
    known_as = TextField(
        label="Initials or pseudonym",
        missing="Enter initials or a pseudonym",
        hint="Not the name: the log is read by many",
        max_length=40,
        width="10",
        autocomplete="off",
    )
    side = TextField(
        label="Who is contacted together with them?",
        hint="A split family is contacted separately. Give each side a name, for example: mother’s household",
        required=False,
        max_length=60,
        autocomplete="off",
    )
    contact_lead = TextField(
        label="Who speaks with them?",
        missing="Enter who speaks with them",
        hint="Name and agency: the one person named for the family, unless a side of it has its own",
        autocomplete="off",
    )
    care = LongTextField(
        label="What to mind when making contact",
        hint="For example an interpreter, a safe telephone number, who must not know",
        required=False,
        rows=3,
        max_length=2_000,
    )


class MatterForm(Form):
    """A national review is a matter only where the Panel holds one (7.2), a closing only where there was one (4.7)."""

    def __init__(self, *given: Any, national: bool = False, closed: bool = False, **options: Any) -> None:
        super().__init__(*given, **options)
        out = {Matter.NATIONAL: not national, Matter.CLOSED: not closed}
        matters = [one for one in Matter.choices if not out.get(Matter(one[0]))]
        self.fields["matter"].choices = matters  # type: ignore[attr-defined]


class ToldForm(MatterForm):
    matter = ChoiceField(label="What about?", choices=Matter.choices, missing="Select what it is about")
    on = DateField(
        label="When were they told?", called="the day they were told", missing="Enter when they were told",
        rules=(past_date,),
    )  # fmt: skip
    how = ChoiceField(label="How?", choices=ContactHow.choices, missing="Select how they were told")
    by_whom = TextField(
        label="Who told them?", missing="Enter who told them", hint="Name and agency", autocomplete="off"
    )
    text = LongTextField(
        label="What were they told, and what did they say?", missing="Enter what they were told", rows=8
    )
    advocate = ChoiceField(
        label="Were they offered an advocate?",
        choices=Advocate.choices,
        missing="Select whether they were offered an advocate",
    )


class NotToldForm(MatterForm):
    matter = ChoiceField(label="What about?", choices=Matter.choices, missing="Select what it is about")
    constraint = ChoiceField(
        label="Why are they not told?", choices=Constraint.choices, missing="Select why they are not told"
    )
    reason = LongTextField(label="The reason", missing="Enter the reason", rows=4, max_length=4_000)
    by_whom = TextField(
        label="Who decided, or asked for it?", missing="Enter who decided it", hint="Name and agency",
        autocomplete="off",
    )  # fmt: skip
    look_again_on = DateField(
        label="When is this looked at again?",
        called="the day to look at this again",
        missing="Enter when this is looked at again",
        rules=(future_date,),
    )
