"""What is recorded of a national review, as data: at any time after the Panel said so, moving nothing. Rule 7.2."""

from typing import Any

from cspr.permissions import Permission
from cspr.statute.sources import CHAPTER_7
from cspr.workflow import STAYS, Table, Transition
from rapid_reviews.models import PanelAnswer, RapidReview
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.workflow.review import of_this_partnership_or_the_panel


def panel_holds_a_national_review(review: RapidReview, by: Any) -> str | None:
    """The Panel answered that it will hold a national review; nothing it writes later takes that back."""
    letters = PanelAnswer.objects.filter(sent__review=review.pk, kind=PanelAnswerKind.NATIONAL_REVIEW)
    return None if letters.exists() else "The Panel has not answered that it will hold a national review."


P = Permission.RECORD_PANEL_ANSWER
ALWAYS = frozenset(ReviewStatus)
GUARDS = (of_this_partnership_or_the_panel, panel_holds_a_national_review)
RECORD_NATIONAL_CONSIDERED = Transition(
    "record_national_considered", "Record what the Panel considered", ALWAYS, STAYS, P, CHAPTER_7, guards=GUARDS
)  # fmt: skip
RECORD_NATIONAL_SCOPE = Transition(
    "record_national_scope", "Record scope and method", ALWAYS, STAYS, P, CHAPTER_7, guards=GUARDS
)  # fmt: skip
RECORD_SECRETARY_TOLD = Transition(
    "record_secretary_told", "Record that the Secretary of State was told", ALWAYS, STAYS, P, CHAPTER_7, guards=GUARDS
)  # fmt: skip
TRANSITIONS = Table((RECORD_NATIONAL_CONSIDERED, RECORD_NATIONAL_SCOPE, RECORD_SECRETARY_TOLD))
