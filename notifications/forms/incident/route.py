"""The four tests in the chapter's own terms, each with its reason, and the route they lead to. Rules 3.1 to 4.4."""

from collections.abc import Mapping
from typing import Any, ClassVar

from cspr.govuk.fields import ChoiceField, IntegerField, LongTextField
from cspr.govuk.forms import Form, conditional
from cspr.statute.definitions import LOOKED_AFTER_DEATH, NOTIFY_WHERE, SERIOUS_CASE, SERIOUS_HARM, Definition
from cspr.statute.definitions import route as route_of
from notifications import options
from notifications.options.incident import ABUSE_CHOICES, ROUTE_CHOICES, PlaceTest

REASON = "What makes you say so, from what is known today"


class AnswerForm(Form):
    """One test. ``columns`` are what it answers; ``definition`` is what the chapter says about it."""

    slug: ClassVar[str]
    definition: ClassVar[Definition]

    def answers(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}


class AbuseForm(AnswerForm):
    slug, definition = "abuse-or-neglect", SERIOUS_CASE
    abuse = ChoiceField(label="Is abuse or neglect of a child known or suspected?", choices=ABUSE_CHOICES)
    abuse_reason = LongTextField(label="Reason", hint=REASON, missing="Enter the reason for your answer")


class HarmForm(AnswerForm):
    slug, definition = "harm", SERIOUS_HARM
    nature = ChoiceField(label="Has the child died or been seriously harmed?", choices=options.Nature.choices)
    nature_reason = LongTextField(
        label="Reason",
        hint="Where the child did not die, say why the harm is, or is not, serious",
        missing="Enter the reason for your answer",
    )


class PlaceForm(AnswerForm):
    slug, definition = "place", NOTIFY_WHERE
    place = ChoiceField(
        label="Which of these applies?", choices=PlaceTest.choices, divider_before=PlaceTest.NEITHER
    )
    place_reason = LongTextField(label="Reason", hint=REASON, missing="Enter the reason for your answer")


class CareForm(AnswerForm):
    slug, definition = "care", LOOKED_AFTER_DEATH
    care_status = ChoiceField(
        label="Was the child looked after, or a care leaver?",
        choices=options.CareStatus.choices,
        hints={
            options.CareStatus.CARE_LEAVER: "The death of a care leaver before their 25th birthday is notified too; "
            "under 18, the test of a serious incident is made as well"
        },
    )
    age_at_death = IntegerField(
        label="Age at death in years, if the child died", called="age at death", most=30, required=False
    )
    care_reason = LongTextField(label="How is that known?", called="how that is known", rows=3)
    rules = [
        conditional(
            "age_at_death",
            shown_when="care_status",
            equals=[options.CareStatus.LOOKED_AFTER, options.CareStatus.CARE_LEAVER],
        )
    ]


ANSWER_FORMS: Mapping[str, type[AnswerForm]] = {
    form.slug: form for form in (AbuseForm, HarmForm, PlaceForm, CareForm)
}


class RouteForm(Form):
    route = ChoiceField(
        label="Which route does the incident go?",
        choices=ROUTE_CHOICES,
        hints={key: route_of(key).sentence for key, _ in ROUTE_CHOICES},
        missing="Select a route",
    )
    reason = LongTextField(
        label="Reason", hint="The partners read this", missing="Enter the reason for this route", rows=4
    )

    def __init__(self, *args: Any, allowed: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, words) for key, words in ROUTE_CHOICES if key in allowed] or ROUTE_CHOICES
        self.fields["route"].choices = choices  # type: ignore[attr-defined]
