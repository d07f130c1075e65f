"""THE table of required content: what must be there, before which step, and who says so.

A stage asks `missing(step, held)` before it lets the step happen; the page prints the sentences. The lists
that later steps take word for word from the chapter are in `criteria` and part of the same table.
"""

from collections.abc import Collection

from cspr.statute import criteria, sources
from cspr.statute.duty import Duty, Step, duties

__all__ = ["DUTIES", "Duty", "Step", "missing", "required"]

SUBMIT, DECIDE, SENT = Step.SUBMIT_REFERRAL, Step.DECIDE_NOTIFIABLE, Step.RECORD_SENT

REFERRAL = (
    *duties(
        SUBMIT,
        "4.1",
        sources.CHAPTER_4,
        ("referrer", "Say who refers the case and how to reach them."),
        ("agency_aware_on", "Give the day your agency became aware."),
    ),
    *duties(
        SUBMIT,
        "4.5",
        sources.NATIONAL_FORM,
        ("children", "Add at least one child; a child may be unborn or unidentified, and no name is needed."),
    ),
    *duties(
        SUBMIT,
        "3.1",
        sources.CHAPTER_3,
        ("abuse_known", "Say whether abuse or neglect is known or suspected."),
        ("abuse_reason", "Give the reason for your answer on abuse or neglect."),
        ("nature", "Say whether the child died or was seriously harmed."),
    ),
    *duties(
        SUBMIT,
        "3.2",
        sources.CHAPTER_3,
        ("serious_harm_reason", "Say why the harm is serious.", "serious harm"),
    ),
    *duties(
        SUBMIT,
        "4.2",
        sources.CHAPTER_4,
        ("place_kind", "Say whether it happened in the area, elsewhere in England or outside England."),
        ("normally_resident", "Say whether the child was normally resident in the area.", "outside England"),
    ),
    *duties(
        SUBMIT,
        "4.4",
        sources.CHAPTER_4_LOOKED_AFTER,
        ("care_status", "Say whether the child was looked after or a care leaver."),
    ),
)
NOTIFIABLE = (
    *duties(
        DECIDE,
        "C1",
        sources.CHAPTER_4,
        ("aware_at", "Record the date and time at which the local authority became aware."),
        ("aware_person", "Record who in the local authority became aware."),
    ),
    *duties(
        DECIDE,
        "3.1",
        sources.CHAPTER_3,
        ("abuse_or_neglect", "Answer, with the reason, whether abuse or neglect is known or suspected."),
        (
            "died_or_seriously_harmed",
            ("Answer, with the reason, whether the child died or was seriously harmed."),
        ),
    ),
    *duties(
        DECIDE,
        "3.2",
        sources.CHAPTER_3,
        (
            "serious_harm",
            "Record the judgement that the harm is, or is not, serious.",
            "the child did not die",
        ),
    ),
    *duties(
        DECIDE,
        "4.2",
        sources.CHAPTER_4,
        (
            "in_area_or_resident",
            (
                "Answer, with the reason, whether it happened in the area, or outside England while"
                " the child was normally resident in it."
            ),
        ),
    ),
    *duties(
        DECIDE,
        "4.3",
        sources.PANEL_FAQ,
        ("three_views", "Record each safeguarding partner's view, or why it is missing."),
    ),
    *duties(
        DECIDE,
        "4.4",
        sources.CHAPTER_4_LOOKED_AFTER,
        ("route", "Choose the route: serious incident, looked-after child, care leaver, or none."),
    ),
)
NOTIFICATION = (
    *duties(
        SENT,
        "4.6",
        sources.NATIONAL_FORM,
        ("system_reference", "Enter the reference that the national system gave."),
        ("sent_at", "Enter the date and time at which the notification was sent."),
        ("sent_by", "Say who sent it."),
        ("evidence", "Attach the evidence that it was sent."),
    ),
)
DUTIES: tuple[Duty, ...] = (*REFERRAL, *NOTIFIABLE, *NOTIFICATION, *criteria.ALL)


def required(step: Step, *, circumstances: Collection[str] = ()) -> tuple[Duty, ...]:
    """The duties of a step: those that always apply, and those of the circumstances that hold."""
    return tuple(
        duty
        for duty in DUTIES
        if duty.step == step and (not duty.condition or duty.condition in circumstances)
    )


def missing(step: Step, held: Collection[str], *, circumstances: Collection[str] = ()) -> tuple[Duty, ...]:
    """The duties of a step that what is `held` does not meet, in the table's order."""
    return tuple(duty for duty in required(step, circumstances=circumstances) if duty.what not in held)
