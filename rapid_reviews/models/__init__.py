"""Facts of the rapid review stage."""

from rapid_reviews.models.guests import GuestCode, GuestLink
from rapid_reviews.models.requests import InformationRequest, Return, ReturnFile
from rapid_reviews.models.review import CriterionAnswer, Proposal, RapidReview, Section

__all__ = [
    "CriterionAnswer",
    "GuestCode",
    "GuestLink",
    "InformationRequest",
    "Proposal",
    "RapidReview",
    "Return",
    "ReturnFile",
    "Section",
]
