"""Facts of the notifications stage."""

from notifications.models.additions import Addition, Attachment
from notifications.models.involvement import InvolvedAgency, KeyDate, KnownProceeding
from notifications.models.people import FamilyMember, ReferredChild
from notifications.models.referral import Referral

__all__ = [
    "Addition",
    "Attachment",
    "FamilyMember",
    "InvolvedAgency",
    "KeyDate",
    "KnownProceeding",
    "Referral",
    "ReferredChild",
]
