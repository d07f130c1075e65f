"""Pages about the referral itself: who refers, with whom it was discussed, why, since when it has been known."""

from cspr.govuk.fields import (
    ChoiceField,
    DateField,
    EmailField,
    LongTextField,
    MultipleChoiceField,
    PhoneField,
    TextField,
    TimeField,
)
from cspr.govuk.forms import conditional
from notifications import options
from notifications.forms.referral.base import PageForm

YES = options.YesNoUnknown.YES


class ReferrerForm(PageForm):
    page = "referrer"

    referrer_name = TextField(label="Full name", autocomplete="name")
    referrer_role = TextField(label="Job title", autocomplete="organization-title")
    referrer_phone = PhoneField(label="Telephone number")
    referrer_email = EmailField(label="Work email address")


class SafeguardingLeadForm(PageForm):
    page = "safeguarding-lead"

    lead_name = TextField(label="Safeguarding lead’s full name", called="full name")
    lead_role = TextField(label="Safeguarding lead’s job title", called="job title")
    lead_phone = PhoneField(
        label="Safeguarding lead’s telephone number", called="telephone number", autocomplete="off"
    )
    lead_email = EmailField(
        label="Safeguarding lead’s work email address", called="email", autocomplete="off"
    )
    lead_consulted_on = DateField(label="When did you consult them?", called="the day you consulted them")


class PurposeForm(PageForm):
    page = "purpose"

    purpose = MultipleChoiceField(
        label="Reason for the referral",
        choices=options.Purpose.choices,
        hints={
            options.Purpose.CRITERIA: "Abuse or neglect is known or suspected, and a child has died or been seriously "
            "harmed (chapter sections 3 and 4)",
            options.Purpose.LEARNING: "For example good practice, poor practice or a near miss (chapter section 5)",
        },
    )


class AwarenessForm(PageForm):
    page = "awareness"

    agency_aware_on = DateField(
        label="Which day did your agency become aware?", called="the day you became aware"
    )
    agency_aware_time = TimeField(label="At what time, if you know?", called="the time you became aware")
    agency_aware_person = TextField(
        label="Who first became aware?", called="who became aware", hint="Their name and job title"
    )


class DelayForm(PageForm):
    page = "delay"

    delayed = ChoiceField(
        label="Was there a delay between becoming aware and this referral?",
        choices=[(YES, "Yes"), (options.YesNoUnknown.NO, "No")],
    )
    delay_reason = LongTextField(label="What was the reason?", called="the reason for the delay")
    rules = [conditional("delay_reason", shown_when="delayed", equals=YES)]
