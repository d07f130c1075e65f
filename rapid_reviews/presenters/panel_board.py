"""The board's rows of what is between the partnership and the Panel: its answer, its question, deciding again.

The Panel's answer is waited for and never late: C8 is a chase, not a breach.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from cspr.govuk.dates import short_date
from cspr.govuk.parts import Waiting
from cspr.now import london_day
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from rapid_reviews.models import PanelAnswer, SentReview
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.options.sending import DECIDE_AGAIN, PanelAnswerKind
from rapid_reviews.selectors import review_board as selectors

FOR_THE_UNIT = "Waiting for the business unit"


def waiting(acting: Membership, on: date) -> list[Waiting]:
    """The unit's acts towards the Panel; a delegated partner sees what is waited for."""
    if not acting.is_unit and not can(acting, Permission.SIGN_REVIEW):
        return []
    found = list(selectors.reviews_sent(acting))
    sendings = selectors.sendings_of(found)
    rows = []
    for review in found:
        sent = sendings.get(review.pk, [])
        rows += [_question(review, one, acting) for one in _questions(sent)]
        rows += _next(review, sent, acting, on)
    return rows


def _questions(sendings: Iterable[SentReview]) -> list[PanelAnswer]:
    """What the Panel asked and nobody answered yet, the day of its letter first."""
    asked = [one for sent in sendings for one in sent.panel_answers.all() if one.waits_for_reply]
    return sorted(asked, key=lambda one: (one.answer_by, one.received_at))


def _question(review: Any, answer: PanelAnswer, acting: Membership) -> Waiting:
    title, came = (
        "Answer the Panel’s question",
        f"its letter came {short_date(london_day(answer.received_at))}",
    )
    if acting.is_unit:
        href = reverse("rapid_review_reply", args=[review.case_id, answer.pk])
        return _row(review, title, href, told=came, due_on=answer.answer_by)
    return _row(review, title, _sent(review), told=FOR_THE_UNIT, due_on=answer.answer_by, for_others=True)


def _next(review: Any, sendings: list[SentReview], acting: Membership, on: date) -> list[Waiting]:
    """What follows the version sent last; nothing once the Panel agrees or holds a national review."""
    if review.status not in {ReviewStatus.SENT, ReviewStatus.ANSWERED} or not sendings:
        return []
    sent = sendings[0]
    answers = sorted(sent.panel_answers.all(), key=lambda one: one.received_at)
    settling = [one for one in answers if one.kind != PanelAnswerKind.ASKS_FOR_MORE]
    if settling and settling[-1].kind in DECIDE_AGAIN:
        return [_decide_again(review, settling[-1], acting)]
    if settling or any(one.waits_for_reply for one in answers):
        return []
    since = london_day(max([sent.sent_at, *(one.replied_at for one in answers if one.replied_at)]))
    return [_answer(review, since, on)]


def _decide_again(review: Any, answer: PanelAnswer, acting: Membership) -> Waiting:
    told = f"the Panel answered: {answer.get_kind_display()[3:]}"
    if acting.is_unit:
        return _row(
            review, "Decide again", reverse("rapid_review_decide_again", args=[review.case_id]), told=told
        )
    return _row(review, "Decide again", _sent(review), told=FOR_THE_UNIT, for_others=True)


def _answer(review: Any, since: date, on: date) -> Waiting:
    told = f"Waiting for the Panel since {short_date(since)}"
    expected = review.reply_expected_on
    if expected is not None:
        told += f", expected by {short_date(expected)}" if on <= expected else ". Ask for it: expected by "
        told += "" if on <= expected else short_date(expected)
    return _row(review, "The Panel’s answer to the rapid review", _sent(review), told=told, for_others=True)


def _sent(review: Any) -> str:
    return reverse("rapid_review_sent", args=[review.case_id])


def _row(
    review: Any, title: str, href: str, *, told: str, due_on: date | None = None, for_others: bool = False
) -> Waiting:
    return Waiting(
        title=title,
        href=href,
        reference=review.case.reference,
        pseudonym=review.case.pseudonym,
        due_on=due_on,
        told=told,
        for_others=for_others,
    )
