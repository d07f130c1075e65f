"""The lists people choose from. Codes are the national code sets where one exists; labels are plain English.

Each module is one subject; import the module's names from here.
"""

from notifications.options.children import (
    OLDEST_CARE_LEAVER,
    CareStatus,
    ChildKind,
    Disability,
    Ethnicity,
    LegalStatus,
    Placement,
    PlanCategory,
    PlanState,
    Schooling,
    Sex,
)
from notifications.options.harm import AbuseKnown, HarmKind, MediaInterest, Nature, Purpose
from notifications.options.involvement import HoldOn, ProceedingKind, Relationship, Safety, ServiceKind
from notifications.options.referral import PlaceKind, Precision, ReferralStatus, YesNoUnknown

__all__ = [
    "OLDEST_CARE_LEAVER",
    "AbuseKnown",
    "CareStatus",
    "ChildKind",
    "Disability",
    "Ethnicity",
    "HarmKind",
    "HoldOn",
    "LegalStatus",
    "MediaInterest",
    "Nature",
    "PlaceKind",
    "Placement",
    "PlanCategory",
    "PlanState",
    "Precision",
    "ProceedingKind",
    "Purpose",
    "ReferralStatus",
    "Relationship",
    "Safety",
    "Schooling",
    "ServiceKind",
    "Sex",
    "YesNoUnknown",
]
