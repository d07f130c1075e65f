"""Facts of the rapid review stage."""

from rapid_reviews.models.review import CriterionAnswer, Proposal, RapidReview, Section

__all__ = [
    "CriterionAnswer",
    "Proposal",
    "RapidReview",
    "Section",
]
