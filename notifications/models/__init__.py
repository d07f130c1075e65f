"""Facts of the notifications stage."""

from notifications.models.additions import Addition, Attachment
from notifications.models.incident import Incident, OtherArea
from notifications.models.involvement import InvolvedAgency, KeyDate, KnownProceeding
from notifications.models.notification import Notification
from notifications.models.people import FamilyMember, ReferredChild
from notifications.models.referral import Referral
from notifications.models.sharing import AreaAnswer, Share, SharedPiece
from notifications.models.sounds import ChildSound

__all__ = [
    "Addition",
    "AreaAnswer",
    "Attachment",
    "ChildSound",
    "FamilyMember",
    "Incident",
    "InvolvedAgency",
    "KeyDate",
    "KnownProceeding",
    "Notification",
    "OtherArea",
    "Referral",
    "ReferredChild",
    "Share",
    "SharedPiece",
]
