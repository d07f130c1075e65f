"""Facts of the rapid review stage."""

from rapid_reviews.models.chronology import (
    ChronologyPerson,
    ChronologyReading,
    ChronologyRow,
    Happening,
    Telling,
    Weave,
)
from rapid_reviews.models.family import FamilyContact, FamilyPerson
from rapid_reviews.models.guests import GuestCode, GuestLink
from rapid_reviews.models.meeting import Attendance, Meeting, MeetingPack, Minute, Quorum
from rapid_reviews.models.national import NationalConsidered, NationalScope, SecretaryTold
from rapid_reviews.models.requests import InformationRequest, Return, ReturnFile
from rapid_reviews.models.review import CriterionAnswer, Proposal, RapidReview, Section
from rapid_reviews.models.safety import LearningShared, SafetyAction
from rapid_reviews.models.sent import Closing, PanelAnswer, Reopening, SentReview
from rapid_reviews.models.signing import Escalation, LeadAnswer, Papers

__all__ = [
    "Attendance",
    "ChronologyPerson",
    "ChronologyReading",
    "ChronologyRow",
    "Closing",
    "CriterionAnswer",
    "Escalation",
    "FamilyContact",
    "FamilyPerson",
    "GuestCode",
    "GuestLink",
    "Happening",
    "InformationRequest",
    "LeadAnswer",
    "LearningShared",
    "Meeting",
    "MeetingPack",
    "Minute",
    "NationalConsidered",
    "NationalScope",
    "PanelAnswer",
    "Papers",
    "Proposal",
    "Quorum",
    "RapidReview",
    "Reopening",
    "Return",
    "ReturnFile",
    "SafetyAction",
    "SecretaryTold",
    "Section",
    "SentReview",
    "Telling",
    "Weave",
]
