"""Pages about what happened: when, where, what, the harm, why abuse or neglect is suspected, what was done."""

from cspr.govuk.fields import (
    ChoiceField,
    DateField,
    LongTextField,
    MultipleChoiceField,
    RoughDateField,
    TextField,
    TimeField,
    YesNoNotKnownField,
)
from cspr.govuk.forms import conditional
from notifications import options
from notifications.forms.referral.base import PageForm

NATURE, PLACE = options.Nature, options.PlaceKind
SERIOUS_HARM_HINT = (
    "Serious harm includes serious or long-term impairment of a child’s mental health or intellectual, emotional, "
    "social or behavioural development, and impairment of physical health. This is not an exhaustive list. Use "
    "judgement where impairment is likely to be long-term, even if this is not immediately certain. Even if a child "
    "recovers, serious harm may still have occurred (chapter section 3)."
)


class WhenForm(PageForm):
    page = "when"

    occurred = RoughDateField(label="Date of the incident")
    occurred_time = TimeField(label="At what time, if you know?", called="the time of the incident")


class WhereForm(PageForm):
    page = "where"

    place_kind = ChoiceField(label="Place of the incident", choices=PLACE.choices)
    place_authority = TextField(label="Which local authority area?", called="local authority area")
    place_country = TextField(label="Which country?", called="country")
    normally_resident = YesNoNotKnownField(label="Does the child normally live in this partnership’s area?")
    place_description = LongTextField(
        label="Describe the place",
        hint="For example the address, or the kind of place: home, street, school, hospital",
        max_length=2000,
        rows=3,
    )
    rules = [
        conditional("place_authority", shown_when="place_kind", equals=PLACE.ENGLAND),
        conditional("place_country", "normally_resident", shown_when="place_kind", equals=PLACE.ABROAD),
    ]


class WhatHappenedForm(PageForm):
    page = "what-happened"

    narrative = LongTextField(
        label="What led to this referral",
        hint="The circumstances that led to this referral, as you know them now: what is fact, and what is suspected.",
        rows=15,
    )


class HarmForm(PageForm):
    page = "harm"

    nature = ChoiceField(
        label="Nature of the incident",
        choices=NATURE.choices,
        hints={
            NATURE.OTHER: "For example a child, known or suspected to have been abused or neglected, who seriously "
            "harmed somebody else; or a near miss",
        },
    )
    died_on = DateField(label="Date of death, if known", called="date of death")
    serious_harm_reason = LongTextField(
        label="Why do you think the harm is serious?",
        called="why the harm is serious",
        hint=SERIOUS_HARM_HINT,
    )
    other_nature = LongTextField(
        label="What makes this a case to refer?", called="what makes this a case to refer"
    )
    harm_kinds = MultipleChoiceField(label="What kind of harm may it be?", choices=options.HarmKind.choices)
    harm_kinds_other = TextField(label="What other kind of harm?", called="the other kind of harm")
    rules = [
        conditional("died_on", shown_when="nature", equals=NATURE.DEATH),
        conditional("serious_harm_reason", shown_when="nature", equals=NATURE.SERIOUS_HARM),
        conditional("other_nature", shown_when="nature", equals=NATURE.OTHER),
        conditional("harm_kinds_other", shown_when="harm_kinds", equals=options.HarmKind.OTHER),
    ]


class AbuseForm(PageForm):
    page = "abuse-or-neglect"

    abuse_known = ChoiceField(label="Abuse or neglect of the child", choices=options.AbuseKnown.choices)
    abuse_reason = LongTextField(
        label="Why do you say this?",
        hint="What was seen, said or found that makes abuse or neglect known or suspected, or that speaks against it.",
    )


class ImmediateActionForm(PageForm):
    page = "immediate-action"

    action_taken = LongTextField(
        label="What has been done to keep the child, and other children, safe?",
        called="what has been done",
        hint="If nothing needed to be done, say why.",
    )
    action_needed = LongTextField(
        label="What still needs to be done, and by whom?", called="what still needs doing"
    )


class MediaForm(PageForm):
    page = "media"

    media_interest = ChoiceField(
        label="Is there, or may there be, interest from newspapers, broadcasters or social media?",
        choices=options.MediaInterest.choices,
        hints={
            options.MediaInterest.SIGNIFICANT: "Telephone the partnership’s business unit before you send this referral"
        },
    )
    media_unit_phoned = ChoiceField(
        label="Have you telephoned the business unit?", choices=[("YES", "Yes"), ("NO", "No, not yet")]
    )
    media_detail = LongTextField(
        label="What is the interest, as far as you know?", called="the media interest", rows=3
    )
    rules = [
        conditional(
            "media_unit_phoned", shown_when="media_interest", equals=options.MediaInterest.SIGNIFICANT
        )
    ]
