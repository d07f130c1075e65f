"""A meeting: when and where, who comes, what was said and decided."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from cspr.govuk.dates import DateRefused, london_moment
from cspr.govuk.fields import (
    ChoiceField,
    DateField,
    LongTextField,
    ManyOf,
    MultipleChoiceField,
    SelectOneOf,
    TextField,
    TimeField,
    past_date,
)
from cspr.govuk.forms import Form
from cspr.now import now
from cspr.people.models import Membership, Partner
from rapid_reviews.models import Attendance
from rapid_reviews.options.meeting import Part, Presence, Setting
from rapid_reviews.services.attendance import Seen

NOBODY = ""
FOR_NO_PARTNER = "none"
PRESENCE, WAS = "presence_", "was_"
PARTS = {
    Part.MEMBER: "Takes part in the decision",
    Part.INFORMATION_GIVER: "Takes no part in the decision",
}


class MomentForm(Form):
    """A day and a time typed on one page; ``moment`` is both together on the London clock."""

    day_field = ""
    time_field = ""
    is_past = False
    moment: datetime | None = None

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        day, clock = answers.get(self.day_field), answers.get(self.time_field)
        if day is None or clock is None:
            return answers
        try:
            self.moment = london_moment(day, clock)
        except DateRefused as refused:
            self.add_error(self.time_field, refused.sentence)
            return answers
        if self.is_past and self.moment > now():
            self.add_error(self.time_field, "The time must be in the past")
        return answers

    @property
    def needed_moment(self) -> datetime:
        """The moment of a valid form."""
        if self.moment is None:
            raise ValueError("a form that is not valid has no moment")
        return self.moment


class PlanForm(MomentForm):
    day_field, time_field = "starts_on", "starts_time"

    starts_on = DateField(
        label="Day", called="the day of the meeting", missing="Enter the day of the meeting"
    )
    starts_time = TimeField(
        label="Time", called="the time of the meeting", missing="Enter the time of the meeting"
    )
    setting = ChoiceField(
        label="Where do people meet?", choices=Setting.choices, missing="Select where people meet"
    )
    place = TextField(label="Place", required=False, max_length=300, autocomplete="off")


class HeldForm(MomentForm):
    day_field, time_field, is_past = "held_on", "held_time", True

    held_on = DateField(
        label="Day it was held",
        called="the day it was held",
        missing="Enter the day it was held",
        rules=(past_date,),
    )
    held_time = TimeField(
        label="Time it began", called="the time it began", missing="Enter the time it began"
    )


def in_this_meeting(one: Membership) -> str:
    """Name and role; the organisation only of those who come from elsewhere than the partnership."""
    own = f", {one.partnership.name}" if one.partnership is not None else ""
    return str(one).removesuffix(own)


class AttendeeForm(Form):
    membership = SelectOneOf(
        label="A person with an account",
        required=False,
        empty_label="Not in the list",
        missing="Select a person",
        named=in_this_meeting,
    )
    name = TextField(
        label="Name, if they are not in the list", called="the name", required=False, autocomplete="off"
    )
    agency = TextField(
        label="Agency",
        hint="Left empty for a person in the list, it is their own",
        required=False,
        autocomplete="off",
    )
    part = ChoiceField(
        label="In which part do they come?",
        choices=Part.choices,
        hints=PARTS,
        missing="Select in which part they come",
    )
    partner = ChoiceField(
        label="Do they speak for a safeguarding partner?",
        choices=[
            *((one.value, f"Yes, for the {one.label}") for one in Partner),
            (FOR_NO_PARTNER, "No"),
        ],
        missing="Select whether they speak for a safeguarding partner",
    )
    presence = ChoiceField(
        label="Did they come?", choices=Presence.choices, missing="Select whether they came"
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].queryset = people  # type: ignore[attr-defined]

    def answers(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        if given["partner"] == FOR_NO_PARTNER:
            given["partner"] = ""
        return given


class PresenceForm(Form):
    presence = ChoiceField(
        label="Did they come?", choices=Presence.choices, missing="Select whether they came"
    )
    part = ChoiceField(
        label="In which part do they come?", choices=Part.choices, missing="Select in which part they come"
    )


class InviteForm(Form):
    """``people`` are offered; ``known`` may be named too: whoever was put on the list since the page was opened."""

    people = ManyOf(label="Whom do you invite?", missing="Select whom you invite", named=in_this_meeting)
    part = ChoiceField(
        label="In which part do those come who speak for no safeguarding partner?",
        choices=Part.choices,
        hints=PARTS,
        missing="Select in which part they come",
    )

    def __init__(self, *args: Any, people: Any, known: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["people"]
        field.queryset = known
        field.choices = [(one.pk, in_this_meeting(one)) for one in people]


class RollForm(Form):
    """Everybody on the list of a meeting, and whether they came; beside each what stood there when it was opened."""

    def __init__(
        self, *args: Any, listed: Iterable[Attendance], notes: Mapping[UUID, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for one in listed:
            self.fields[f"{PRESENCE}{one.pk}"] = ChoiceField(
                label=one.name,
                hint=". ".join(filter(None, (one.agency, notes.get(one.pk)))),
                choices=Presence.choices,
                initial=one.presence,
                missing=f"Select whether {one.name} came",
                inline=True,
            )
            self.fields[f"{WAS}{one.pk}"] = forms.ChoiceField(
                choices=Presence.choices, initial=one.presence, required=False, widget=forms.HiddenInput
            )

    def changes(self, listed: Iterable[Attendance]) -> dict[UUID, Seen]:
        """What was changed on the page: of whom, from what was shown there to what."""
        given = self.cleaned_data
        seen = {one.pk: Seen(given[f"{WAS}{one.pk}"], given[f"{PRESENCE}{one.pk}"]) for one in listed}
        return {key: one for key, one in seen.items() if one.was != one.now}

    def brought_up_to_date(self, listed: Iterable[Attendance]) -> QueryDict:
        """The same answers over what stands now: whom nobody touched on the page shows what a colleague recorded."""
        fresh = QueryDict(mutable=True)
        fresh.update(self.data)
        for one in listed:
            was, now_ = f"{WAS}{one.pk}", f"{PRESENCE}{one.pk}"
            if self.data.get(was) == self.data.get(now_):
                fresh[now_] = one.presence
            fresh[was] = one.presence
        return fresh


class ConflictForm(Form):
    reason = LongTextField(
        label="What is the conflict of interest?",
        called="what the conflict of interest is",
        hint="Say no more than is needed. A person with an account no longer finds this case anywhere, from now on",
        rows=4,
        max_length=2_000,
    )


class ItemForm(Form):
    item = TextField(label="Item", missing="Enter what the item is", autocomplete="off")
    discussion = LongTextField(label="What was discussed", missing="Enter what was discussed", rows=8)
    who = TextField(
        label="Who takes it on", required=False, max_length=300, hint="If somebody does", autocomplete="off"
    )


class DecisionForm(Form):
    item = TextField(label="Item", missing="Enter what the item is", autocomplete="off")
    discussion = LongTextField(label="What was discussed", required=False, rows=6)
    decision = LongTextField(label="What was decided", missing="Enter what was decided", rows=4)
    who = TextField(
        label="Who takes it on", missing="Enter who takes it on", max_length=300, autocomplete="off"
    )


class QuorumForm(Form):
    partners = MultipleChoiceField(
        label="Which safeguarding partners must be present for a decision?",
        choices=[(one.value, f"The {one.label}") for one in Partner],
        missing="Select at least one partner",
    )
