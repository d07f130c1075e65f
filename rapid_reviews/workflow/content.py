"""What a rapid review has to hold before the partners are asked to sign it. Rules 5.2, 5.4, 5.5, 6.1, 6.5."""

from django.db import connection

from cspr.statute.criteria import LOCAL_CIRCUMSTANCES, LOCAL_CRITERIA
from cspr.statute.duty import Duty
from rapid_reviews.models import Proposal, RapidReview
from rapid_reviews.options.review import Outcome
from rapid_reviews.workflow.sections import SECTIONS

CRITERIA: tuple[Duty, ...] = (*LOCAL_CRITERIA, *LOCAL_CIRCUMSTANCES)
CRITERION = {one.what: one for one in CRITERIA}

DETAILS: dict[str, tuple[tuple[str, bool], ...]] = {
    Outcome.LOCAL_REVIEW: (
        ("scope", True), ("lines_of_enquiry", True), ("method", False), ("reviewer_name", False),
        ("target_on", False),
    ),
    Outcome.NONE: (("learning_drawn", True), ("actions_tracked", True)),
    Outcome.OTHER_LEARNING: (("learning_activity", True), ("actions_tracked", True)),
    Outcome.NATIONAL_MAY_BE_APPROPRIATE: (("national_reason", True),),
}  # fmt: skip
"""What else each decision has to say (domain: content 14 and 15): column, and whether it is required."""
DETAIL_LABELS = {
    "scope": "Proposed scope",
    "lines_of_enquiry": "Key lines of enquiry",
    "method": "Method",
    "reviewer_name": "Reviewer",
    "target_on": "Date by which it should be finished",
    "learning_drawn": "Why the rapid review has drawn out the learning",
    "actions_tracked": "How actions will be tracked",
    "learning_activity": "The other way of learning",
    "national_reason": "Why a national review may be appropriate",
}


WRITTEN = """
SELECT 'section', key, text FROM rapid_reviews_section WHERE review_id = %(review)s UNION ALL
SELECT 'criterion', key, reason FROM rapid_reviews_criterionanswer WHERE review_id = %(review)s AND answer <> ''"""
"""Ready-made, because every page of a case says what is missing (docs/measurements.md)."""


def missing_before_signing(review: RapidReview) -> list[str]:
    """Sentences for what is missing; empty when the review can be put to the partners."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN, {"review": review.pk})
        written = {(kind, key) for kind, key, text in cursor.fetchall() if text.strip()}
    sections = [one.missing for one in SECTIONS if one.required and ("section", one.key) not in written]
    criteria = [
        f"Answer, with the reason: {one.sentence}."
        for one in CRITERIA
        if ("criterion", one.what) not in written
    ]
    return [*sections, *criteria, *missing_decision(current_proposal(review))]


def missing_decision(proposal: Proposal | None) -> list[str]:
    """The decision, its rationale (5.2), and what that decision has to say besides."""
    if proposal is None or not proposal.outcome or not proposal.rationale.strip():
        return ["Write the proposed decision with its rationale."]
    return [
        f"Write with the decision: {DETAIL_LABELS[column].lower()}."
        for column, required in DETAILS[proposal.outcome]
        if required and not str(getattr(proposal, column) or "").strip()
    ]


def current_proposal(review: RapidReview) -> Proposal | None:
    """The version of the decision that is prepared or signed now."""
    return max(review.proposals.all(), key=lambda one: one.version, default=None)
