"""What may happen to a signed review, as data: sent to the Panel, answered by it, closed by rule 4.7 (C5, C8, 7.1)."""

from typing import Any

from cspr.decisions.models import DecisionStatus
from cspr.permissions import Permission
from cspr.statute.sources import CHAPTER_7, PANEL_2025
from cspr.workflow import STAYS, Guard, Table, Transition
from rapid_reviews.models import RapidReview
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.workflow.national import panel_holds_a_national_review
from rapid_reviews.workflow.review import (
    ANSWERED,
    NOT_SENT,
    SENT,
    SIGNED,
    last_version,
    of_this_partnership,
    of_this_partnership_or_the_panel,
)


def is_settled(review: RapidReview, by: Any) -> str | None:
    """The version that stands is decided by the partners or their leads (6.5)."""
    version = last_version(review)
    settled = version is not None and version.status == DecisionStatus.SETTLED
    return None if settled else "The three partners have not decided this version."


def went_to_the_panel(review: RapidReview, by: Any) -> str | None:
    """A version was sent before the decision was taken again, so there is something the Panel can ask about (7.1)."""
    return None if review.sent_at is not None else "Nothing has been sent to the Panel yet."


def no_national_review(review: RapidReview, by: Any) -> str | None:
    """A national review that the Panel announced goes on, whatever is found of the criteria (7.2)."""
    if review.sent_at is None or panel_holds_a_national_review(review, by) is not None:
        return None
    return "The Panel holds a national review of this incident."


P = Permission
SEND_REVIEW = Transition(
    "send_review", "Send to the Panel", frozenset({SIGNED}), SENT, P.SEND_REVIEW, PANEL_2025,
    guards=(of_this_partnership, is_settled), meets=("C5",), starts=("C8",), past="sent",
)  # fmt: skip
RECORD_PANEL_ANSWER = Transition(
    "record_panel_answer", "Record the Panel’s answer", frozenset({SENT, ANSWERED}), ANSWERED,
    P.RECORD_PANEL_ANSWER, CHAPTER_7, guards=(of_this_partnership_or_the_panel,), meets=("C8",), past="answered",
)  # fmt: skip
"""Again once answered: the Panel writes again after it was told more."""
RECORD_PANEL_LETTER = Transition(
    "record_panel_letter", "Record a letter of the Panel", frozenset(ReviewStatus), STAYS, P.RECORD_PANEL_ANSWER,
    CHAPTER_7, guards=(of_this_partnership_or_the_panel, went_to_the_panel),
)  # fmt: skip
"""It moves nothing: while the decision is taken again, after the review was closed, or about a version sent before."""
WHILE_TAKEN_AGAIN = (PanelAnswerKind.ASKS_FOR_MORE, PanelAnswerKind.NATIONAL_REVIEW)
NOT_WHILE_TAKEN_AGAIN = (
    "The decision is being taken again. Until the new version is sent, only a question for more information or a"
    " national review is recorded here: write anything else into the dialogue with the Panel"
)
CLOSE_NOT_MEETING = Transition(
    "close_not_meeting", "Close as not meeting the criteria", NOT_SENT | {SENT, ANSWERED},
    ReviewStatus.CLOSED_NOT_MEETING, P.CLOSE_NOT_MEETING, PANEL_2025,
    guards=(of_this_partnership, no_national_review),
    withdraws=("C5",), needs_reason=True, past="closed",
)  # fmt: skip
"""Also once it was sent: it may be the Panel that finds it, reading the review. The verb ends C8 and C9."""


def _stood(status: ReviewStatus) -> Guard:
    def guard(review: RapidReview, by: Any) -> str | None:
        stands = review.closings.filter(reopening=None, stood_at=status).exists()
        return None if stands else "The rapid review stood somewhere else when it was closed."

    return guard


def _reopening(name: str, to: ReviewStatus) -> Transition:
    return Transition(
        name, "Open the rapid review again", frozenset({ReviewStatus.CLOSED_NOT_MEETING}), to, P.REOPEN, PANEL_2025,
        guards=(of_this_partnership, _stood(to)), needs_reason=True,
    )  # fmt: skip


REOPEN_REVIEW = _reopening("reopen_review", ReviewStatus.GATHERING)
REOPEN_SENT = _reopening("reopen_sent", SENT)
REOPEN_ANSWERED = _reopening("reopen_answered", ANSWERED)
"""A closing that was wrong: the review goes on where it stood; what had been signed and not sent is signed anew."""
REOPENINGS = {one.to: one for one in (REOPEN_REVIEW, REOPEN_SENT, REOPEN_ANSWERED)}
TRANSITIONS = Table((
    SEND_REVIEW, RECORD_PANEL_ANSWER, RECORD_PANEL_LETTER, CLOSE_NOT_MEETING, *REOPENINGS.values(),
))  # fmt: skip


def step_of_reopening(review: RapidReview) -> Transition:
    """The step that leads back to where the review stood when it was closed last."""
    last = review.closings.last()
    return REOPENINGS[last.stood_at] if last is not None else REOPEN_REVIEW


def is_taken_again(review: RapidReview) -> bool:
    """Whether a version went to the Panel and the next one is not sent yet (7.1)."""
    return review.sent_at is not None and review.status in NOT_SENT


def step_of_an_answer(review: RapidReview) -> Transition:
    """The step by which the Panel's letter is recorded now: as an answer to what waits for one, or as a letter."""
    answers = review.status in RECORD_PANEL_ANSWER.from_ or review.sent_at is None
    return RECORD_PANEL_ANSWER if answers else RECORD_PANEL_LETTER
