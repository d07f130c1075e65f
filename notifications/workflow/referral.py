"""What may happen to a referral, as data: sent, decided, withdrawn."""

from typing import Any

from cspr.permissions import Permission
from cspr.statute.sources import CHAPTER_4, DECIDE_SETTING
from cspr.workflow import Table, Transition
from notifications.models import Referral
from notifications.options import ReferralStatus
from notifications.workflow.referral_completeness import missing_answers

DRAFT, SUBMITTED = ReferralStatus.DRAFT, ReferralStatus.SUBMITTED
DECIDED, WITHDRAWN = ReferralStatus.DECIDED, ReferralStatus.WITHDRAWN


def is_complete(referral: Referral, by: Any) -> str | None:
    """Every required answer is there."""
    number = len(missing_answers(referral))
    if number == 0:
        return None
    return "1 answer is still needed." if number == 1 else f"{number} answers are still needed."


def is_of_the_agency(referral: Referral, by: Any) -> str | None:
    """Only the agency that began a referral sends or withdraws it."""
    return (
        None if by.agency_id == referral.agency_id else "Only the agency that made this referral can do this."
    )


def is_of_the_partnership(referral: Referral, by: Any) -> str | None:
    """A partner decides for their own partnership only (4.3)."""
    return (
        None
        if by.partnership_id == referral.partnership_id
        else "This referral was made to another partnership."
    )


SUBMIT = Transition(
    "submit",
    "Send the referral",
    frozenset({DRAFT}),
    SUBMITTED,
    Permission.MAKE_REFERRAL,
    DECIDE_SETTING,
    guards=(is_of_the_agency, is_complete),
    starts=("C4",),
    past="submitted",
)
WITHDRAW = Transition(
    "withdraw",
    "Withdraw the referral",
    frozenset({SUBMITTED}),
    WITHDRAWN,
    Permission.MAKE_REFERRAL,
    CHAPTER_4,
    guards=(is_of_the_agency,),
    needs_reason=True,
    past="withdrawn",
)
DECIDE = Transition(
    "decide",
    "Tell the referrer the outcome",
    frozenset({SUBMITTED}),
    DECIDED,
    Permission.DECIDE_NOTIFIABLE,
    CHAPTER_4,
    guards=(is_of_the_partnership,),
    needs_reason=True,
    past="decided",
)
TRANSITIONS = Table((SUBMIT, WITHDRAW, DECIDE))
