"""Immediate safety actions, and learning shared at once. Rule 6.1."""

from cspr.govuk.fields import ChoiceField, DateField, LongTextField, TextField, past_date
from cspr.govuk.forms import Form
from rapid_reviews.options.safety import SharedHow


class ActionForm(Form):
    what = LongTextField(label="What is done?", missing="Enter what is done", rows=4, max_length=4_000)
    for_whom = TextField(
        label="For whom?",
        missing="Enter for whom it is done",
        hint="By relationship or pseudonym, for example: the younger sister, pupils of the school",
        autocomplete="off",
    )
    owner_agency = TextField(
        label="Which agency does it?", missing="Enter which agency does it", autocomplete="off"
    )
    owner_name = TextField(
        label="Who there?", hint="The name of the person, if it is known", required=False, autocomplete="off"
    )
    due_on = DateField(
        label="By when?", called="the day by which it is done", missing="Enter by when it is done"
    )


class DoneForm(Form):
    done_on = DateField(
        label="When was it done?",
        called="the day it was done",
        missing="Enter when it was done",
        rules=(past_date,),
    )
    note = LongTextField(label="Note", required=False, rows=3, max_length=4_000)


class LearningForm(Form):
    what = LongTextField(label="What was shared?", missing="Enter what was shared")
    with_whom = TextField(
        label="With whom?", missing="Enter with whom it was shared", max_length=300, autocomplete="off"
    )
    how = ChoiceField(label="How?", choices=SharedHow.choices, missing="Select how it was shared")
    shared_on = DateField(
        label="When?", called="the day it was shared", missing="Enter when it was shared", rules=(past_date,)
    )
