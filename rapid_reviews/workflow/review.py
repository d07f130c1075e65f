"""What may happen to a rapid review, as data: prepared, put to the partners, signed, decided again (6.2, 6.5, 7.1)."""

from typing import Any

from cspr.decisions.models import Decision, Question
from cspr.permissions import Permission
from cspr.statute.definitions import route
from cspr.statute.sources import CHAPTER_5, CHAPTER_6, CHAPTER_7, PANEL_2025
from cspr.workflow import Table, Transition
from notifications.models import Notification
from rapid_reviews.models import Escalation, PanelAnswer, RapidReview, SentReview
from rapid_reviews.options.review import EscalationOutcome, ReviewStatus
from rapid_reviews.options.sending import DECIDE_AGAIN, PanelAnswerKind
from rapid_reviews.workflow.content import missing_before_signing
from rapid_reviews.workflow.signing import all_agree, answers_that_count

GATHERING, WITH_PARTNERS = ReviewStatus.GATHERING, ReviewStatus.WITH_PARTNERS
SIGNED, SENT, ANSWERED = ReviewStatus.SIGNED, ReviewStatus.SENT, ReviewStatus.ANSWERED
NOT_SENT = frozenset({GATHERING, WITH_PARTNERS, SIGNED})
NOT_PUT = {"put_at": None, "put_by": None, "signed_at": None, "signed_by": None}
"""What is taken back with the signatures."""


def why_no_review(notification: Notification) -> str | None:
    """Why a notification opens no rapid review (rules 4.4 and 6.2); None when it does."""
    if not notification.is_sent:
        return "There is no rapid review without a notification, and this one is not recorded as sent."
    if not route(notification.route).rapid_review:
        return f"Route {notification.route} has no rapid review."
    return None


def of_this_partnership(review: RapidReview, by: Any) -> str | None:
    """A partner signs, and the unit prepares, for their own partnership only."""
    own = by.partnership_id == review.case.partnership_id
    return None if own else "This case belongs to another partnership."


def of_this_partnership_or_the_panel(review: RapidReview, by: Any) -> str | None:
    """What the Panel wrote is recorded by the unit, or by the Panel itself once the review was sent to it (7.1)."""
    return None if by.is_panel and review.sent_at is not None else of_this_partnership(review, by)


def is_complete(review: RapidReview, by: Any) -> str | None:
    """Required sections, every criterion, the decision with its rationale (rules 5.4, 5.5, 6.1, 6.5)."""
    sentences = missing_before_signing(review)
    if not sentences:
        return None
    more = len(sentences) - 1
    return sentences[0] if not more else f"{sentences[0]} {more} more {'is' if more == 1 else 'are'} missing."


def last_version(review: RapidReview) -> Decision | None:
    """The version last put to the partners."""
    rows = Decision.objects.filter(case=review.case_id, question=Question.RAPID_REVIEW)
    return rows.only("status").order_by("-version").first()


def all_three_agree(review: RapidReview, by: Any) -> str | None:
    """Three signatures, each given by its own partner, on the version that stands (6.5)."""
    version = last_version(review)
    given = answers_that_count(version) if version else {}
    return None if all_agree(given) else "Not all three partners have signed that they agree."


def leads_upheld_it(review: RapidReview, by: Any) -> str | None:
    return _leads_decided(review, EscalationOutcome.UPHELD)


def leads_sent_it_back(review: RapidReview, by: Any) -> str | None:
    return _leads_decided(review, EscalationOutcome.SENT_BACK)


def _leads_decided(review: RapidReview, outcome: EscalationOutcome) -> str | None:
    version = last_version(review)
    decided = version is not None and Escalation.objects.filter(decision=version, outcome=outcome).exists()
    return None if decided else "The lead safeguarding partners have not decided this together."


def panel_asked_to_decide_again(review: RapidReview, by: Any) -> str | None:
    """The Panel disagrees with the version sent last, or asks the partners to reconsider it (7.1).

    A question it asks besides leaves that standing; a later answer that agrees does not.
    """
    sent = SentReview.objects.filter(review=review.pk).order_by("-sent_at", "-recorded_at").values("pk")[:1]
    answers = PanelAnswer.objects.filter(sent=sent).exclude(kind=PanelAnswerKind.ASKS_FOR_MORE)
    last = answers.order_by("-received_at", "-number").values_list("kind", flat=True).first()
    return None if last in DECIDE_AGAIN else "The Panel has not asked for the decision to be taken again."


P = Permission
OWN = (of_this_partnership,)
WRITE = Transition("write", "Save", NOT_SENT, GATHERING, P.PREPARE_REVIEW, CHAPTER_6, guards=OWN)
"""Never applied: it says who may write, and when. Writing over signatures takes them back first."""
PUT_TO_PARTNERS = Transition(
    "put_to_partners", "Put to the partners", frozenset({GATHERING}), WITH_PARTNERS, P.PREPARE_REVIEW, CHAPTER_6,
    guards=(of_this_partnership, is_complete), past="put",
)  # fmt: skip
TAKE_BACK = Transition(
    "take_back", "Take back from the partners", frozenset({WITH_PARTNERS, SIGNED}), GATHERING, P.PREPARE_REVIEW,
    CHAPTER_6, guards=OWN, needs_reason=True,
)  # fmt: skip
SIGN = Transition(
    "sign", "Sign", frozenset({WITH_PARTNERS}), WITH_PARTNERS, P.SIGN_REVIEW, PANEL_2025, guards=OWN,
    not_same_as=("put_by",),
)  # fmt: skip
"""Never applied: a signature is a row of its own; the third one that agrees takes the next step."""
COMPLETE_SIGNING = Transition(
    "complete_signing", "Sign as the last of three", frozenset({WITH_PARTNERS}), SIGNED, P.SIGN_REVIEW, PANEL_2025,
    guards=(of_this_partnership, all_three_agree), not_same_as=("put_by",), past="signed",
)  # fmt: skip
ANSWER_ESCALATION = Transition(
    "answer_escalation", "Give this decision", frozenset({WITH_PARTNERS}), WITH_PARTNERS, P.DECIDE_ESCALATION,
    CHAPTER_5, guards=OWN, not_same_as=("put_by",),
)  # fmt: skip
UPHOLD = Transition(
    "uphold", "Uphold the proposed decision", frozenset({WITH_PARTNERS}), SIGNED, P.DECIDE_ESCALATION, CHAPTER_5,
    guards=(of_this_partnership, leads_upheld_it), not_same_as=("put_by",), past="signed",
)  # fmt: skip
SEND_BACK = Transition(
    "send_back", "Send back to the business unit", frozenset({WITH_PARTNERS}), GATHERING, P.DECIDE_ESCALATION,
    CHAPTER_5, guards=(of_this_partnership, leads_sent_it_back), needs_reason=True,
)  # fmt: skip
REDECIDE = Transition(
    "redecide", "Decide again", frozenset({ANSWERED}), GATHERING, P.PREPARE_REVIEW, CHAPTER_7,
    guards=(of_this_partnership, panel_asked_to_decide_again), needs_reason=True,
)  # fmt: skip
TRANSITIONS = Table((
    PUT_TO_PARTNERS, TAKE_BACK, COMPLETE_SIGNING, UPHOLD, SEND_BACK, REDECIDE,
))  # fmt: skip
