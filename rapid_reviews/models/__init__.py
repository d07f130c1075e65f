"""Facts of the rapid review stage."""

from rapid_reviews.models.guests import GuestCode, GuestLink
from rapid_reviews.models.requests import InformationRequest, Return, ReturnFile
from rapid_reviews.models.review import CriterionAnswer, Proposal, RapidReview, Section
from rapid_reviews.models.signing import Escalation, LeadAnswer, Papers

__all__ = [
    "CriterionAnswer",
    "Escalation",
    "GuestCode",
    "GuestLink",
    "InformationRequest",
    "LeadAnswer",
    "Papers",
    "Proposal",
    "RapidReview",
    "Return",
    "ReturnFile",
    "Section",
]
