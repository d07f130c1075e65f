"""Reads about what the Panel was sent and what it answered."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, QuerySet

from cspr.cases.models import Case, Dialogue
from cspr.deadlines import calendar
from cspr.deadlines.models import OPEN, Deadline
from cspr.now import london_day
from notifications.services.sending import to_the_minute
from rapid_reviews.models import Closing, PanelAnswer, RapidReview, SentReview
from rapid_reviews.options.sending import DECIDE_AGAIN, PanelAnswerKind
from rapid_reviews.selectors.signing import due_on


def versions_sent(review: RapidReview) -> "QuerySet[SentReview]":
    """Every version as it was sent, the latest first, with its two files."""
    rows = SentReview.objects.filter(review=review).select_related("decision", "word", "pdf")
    return rows.prefetch_related("word__versions", "pdf__versions").order_by("-sent_at", "-recorded_at")


def sendings(review: RapidReview) -> "QuerySet[SentReview]":
    """The same with who sent it and the evidence, and with the Panel's answers."""
    return (
        versions_sent(review)
        .select_related("review", "sent_by__user", "recorded_by__user", "evidence")
        .prefetch_related(
            "evidence__versions", "panel_answers__letter__versions",
            "panel_answers__reply_document__versions", "panel_answers__received_by__user",
            "panel_answers__received_by__body",
            "panel_answers__replied_by__user", "panel_answers__considered__recorded_by__user",
            "panel_answers__considered__recorded_by__partnership", "panel_answers__considered__recorded_by__body",
        )
    )  # fmt: skip


def latest_sending(review: RapidReview) -> SentReview | None:
    return sendings(review).first()


def sending_of(sent: Sequence[SentReview], at: datetime) -> SentReview | None:
    """Of what was sent, the latest first, the version a letter that came then speaks of: the last one sent by then.

    The first of all, where none had been sent yet.
    """
    by_then = [one for one in sent if at >= to_the_minute(one.sent_at)]
    return next(iter(by_then or sent[::-1]), None)


def settled_at(sent: SentReview) -> datetime | None:
    """When the answer came that lets the decision stand: the last to come, a question aside. None where it does not."""
    answers = PanelAnswer.objects.filter(sent=sent).exclude(kind=PanelAnswerKind.ASKS_FOR_MORE)
    last = answers.order_by("-received_at", "-number").first()
    return None if last is None or last.kind in DECIDE_AGAIN else last.received_at


def reply_expected_on(case: Case) -> date | None:
    """By when the Panel's answer is expected (C8), while it is waited for."""
    running = Deadline.objects.filter(OPEN, case=case, clock="C8")
    return running.order_by("-due_on").values_list("due_on", flat=True).first()


def holds_a_national_review(review: RapidReview) -> bool:
    """Whether the Panel answered that it will hold a national review (7.2)."""
    return _national(review).exists()


def _national(review: RapidReview) -> "QuerySet[PanelAnswer]":
    return PanelAnswer.objects.filter(sent__review=review, kind=PanelAnswerKind.NATIONAL_REVIEW)


def outcome_that_stands(review: RapidReview) -> str:
    """The outcome of the decision as prepared or signed last; none where the Panel holds a national review (7.2)."""
    rows = review.proposals.filter(~Exists(_national(review))).order_by("-version")
    return rows.values_list("outcome", flat=True).first() or ""


def closings_of(review: RapidReview) -> "QuerySet[Closing]":
    """Each time a review was closed as not meeting the criteria, the latest first, and whether it was opened again."""
    people = ("closed_by", "reopening__reopened_by")
    who = [f"{one}__{part}" for one in people for part in ("user", "partnership")]
    rows = Closing.objects.filter(review=review).select_related(*who)
    return rows.prefetch_related("correspondence__versions").order_by("-closed_at")


def waiting_questions(review: RapidReview) -> "QuerySet[PanelAnswer]":
    """What the Panel asked and nothing is recorded as answered to."""
    asked = PanelAnswer.objects.filter(sent__review=review, kind=PanelAnswerKind.ASKS_FOR_MORE)
    return asked.filter(replied_at=None).order_by("received_at", "number")


def came_with(closings: Iterable[Closing]) -> dict[UUID, Dialogue]:
    """By the file of each closing's correspondence: who wrote it and when it came."""
    files = [one.correspondence_id for one in closings]
    return {one.document_id: one for one in Dialogue.objects.filter(document__in=files) if one.document_id}


def find_answer(review: RapidReview, answer_id: UUID) -> PanelAnswer | None:
    rows = PanelAnswer.objects.filter(sent__review=review, pk=answer_id)
    return rows.select_related("sent__review", "replied_by__user", "received_by__user").first()


def locked_answer(answer: PanelAnswer) -> PanelAnswer:
    """The row, locked for writing; lock the review first."""
    rows = PanelAnswer.objects.select_for_update(of=("self",)).select_related("sent")
    return rows.get(pk=answer.pk)


def days_late(review: RapidReview, at: datetime) -> int | None:
    """Working days between the due day of C5 and the London day of a moment; None where that is in time."""
    due: date | None = due_on(review.case)
    day = london_day(at)
    return None if due is None or day <= due else calendar.current().between(due, day)
