"""Close a review that was found not to meet the criteria after all; open it again where that was wrong. Rule 4.7."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.urls import reverse

from cspr.audit.recording import recorded
from cspr.cases.dialogue import log_dialogue
from cspr.cases.models import Dialogue
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.deadlines import services as deadlines
from cspr.dispatch import services as dispatch
from cspr.documents import services as documents
from cspr.documents.models import Document
from cspr.engine import apply
from cspr.govuk.dates import long_moment
from cspr.now import now
from cspr.people.models import Membership
from cspr.people.selectors import partners_of, unit_of
from cspr.workflow import Refused, refusals
from notifications.services.sending import to_the_minute
from rapid_reviews.models import Closing, RapidReview, Reopening
from rapid_reviews.options.meeting import MeetingStatus
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.phrases_review import REVIEW_CLOSED, REVIEW_REOPENED
from rapid_reviews.selectors import review as reviews
from rapid_reviews.selectors.sending import latest_sending, sendings, waiting_questions
from rapid_reviews.services.meeting import cancel
from rapid_reviews.services.panel_answers import C9, subject_of
from rapid_reviews.services.panel_mail import tell_the_panel
from rapid_reviews.services.requests import withdraw_waiting
from rapid_reviews.services.review_told import (
    no_longer_told,
    tell_that_it_is_not_held,
    tell_what_was_decided,
)
from rapid_reviews.services.sending import panel_clock, stream_of
from rapid_reviews.services.taking_back import changed
from rapid_reviews.workflow.sending import CLOSE_NOT_MEETING, REOPENINGS, step_of_reopening

CLOSED = "The rapid review was closed, so nothing more is asked of your agency."
"""What the agencies read; the reason of the closing is not theirs."""
CANCELLED = "The rapid review was closed as not meeting the criteria."


@dataclass(frozen=True)
class Correspondence:
    """What the Panel wrote about it: the file, who wrote it, when it came."""

    file: "File[Any] | None"
    said_by: str
    at: datetime


@recorded
def close_not_meeting(
    review: RapidReview, *, reason: str, correspondence: Correspondence, by: Membership
) -> RapidReview:
    """Close it as not meeting the criteria: C5, C7, C8 and C9 end, requests not answered are withdrawn.

    Signatures on what was not sent are taken back; what was sent stays as it was signed and sent. The Panel's
    correspondence is kept with it and stands in the dialogue (3.3).
    """
    locked = reviews.locked(review)
    if not reviews.reaches(locked.case, by):
        raise Refused(NOT_OPEN_TO_YOU)
    if locked.status == ReviewStatus.CLOSED_NOT_MEETING:
        return apply(locked, CLOSE_NOT_MEETING, by=by)
    sentences = refusals(locked, CLOSE_NOT_MEETING, by)
    if sentences:
        raise Refused(*sentences)
    document = _keep(locked, correspondence, reason=reason, by=by)
    stood_at = locked.status if locked.status in REOPENINGS else ReviewStatus.GATHERING
    standing = changed(locked, what="found not to meet the criteria", by=by)

    def close(closed: RapidReview) -> None:
        Closing(
            review=closed,
            stood_at=stood_at,
            reason=reason,
            correspondence=document,
            closed_at=closed.closed_at,
            closed_by=by,
        ).save(force_insert=True)

    done = apply(
        standing, CLOSE_NOT_MEETING, by=by, reason=reason, write=close, changes={"_history_user": by.user}
    )
    no_longer_told(done, by=by, reason=reason)
    tell_that_it_is_not_held(done, by=by)
    _wait_for_the_panel_no_more(done, reason=reason, by=by)
    withdraw_waiting(done, reason=CLOSED, by=by)
    for meeting in done.meetings.filter(status=MeetingStatus.PLANNED):
        cancel(meeting, reason=CANCELLED, by=by)
    _tell(done, REVIEW_CLOSED, by=by)
    return done


@recorded
def reopen(review: RapidReview, *, reason: str, by: Membership) -> RapidReview:
    """Open a review again that was closed by mistake: it goes on where it stood, with the clocks the closing ended.

    The closing stays on record. Requests withdrawn and meetings cancelled with it are made anew where they are needed.
    Pressed twice by one person it is opened once; raises AlreadyDone when a colleague did it.
    """
    locked = reviews.locked(review)
    if not reviews.reaches(locked.case, by):
        raise Refused(NOT_OPEN_TO_YOU)
    step = step_of_reopening(locked)
    if locked.status != ReviewStatus.CLOSED_NOT_MEETING:
        return apply(locked, step, by=by, reason=reason)

    def write(opened: RapidReview) -> None:
        closing = opened.closings.get(reopening=None)
        Reopening(closing=closing, reason=reason, reopened_at=now(), reopened_by=by).save(force_insert=True)

    changes = {"closed_at": None, "closed_by": None, "_history_user": by.user}
    done = apply(locked, step, by=by, reason=reason, write=write, changes=changes)
    _run_again(done, by=by)
    _tell(done, REVIEW_REOPENED, by=by)
    return done


def _run_again(review: RapidReview, *, by: Membership) -> None:
    """The clocks of the review as it stands now, each counted from the moment it was counted from before."""
    case, sent = review.case, latest_sending(review)
    if review.is_open and sent is None and review.notification.sent_at is not None:
        deadlines.start(case, clock="C5", moment=review.notification.sent_at, by=by)
    if sent is not None and review.status == ReviewStatus.SENT:
        deadlines.start(case, clock="C8", subject=panel_clock(sent.decision), moment=sent.sent_at, by=by)
    for question in waiting_questions(review):
        deadlines.start(
            case, clock=C9, subject=subject_of(question), moment=question.received_at, due_on=question.answer_by,
            by=by,
        )  # fmt: skip
    if not review.is_open:
        tell_what_was_decided(review, at=now(), by=by)


def _tell(review: RapidReview, what: str, *, by: Membership) -> None:
    """Mail the partners and the unit, and the Panel's officers where it had been sent to them."""
    link = reverse("rapid_review_sent", args=[review.case_id])
    for reader in (*partners_of(review.partnership), *unit_of(review.partnership)):
        if reader.user_id != by.user_id:
            dispatch.post(
                to=reader, subject=what, reference=review.case.reference, link=link, by=by, about=review.case
            )  # fmt: skip
    if review.sent_at is not None:
        tell_the_panel(review, what=what, by=by)


def _wait_for_the_panel_no_more(review: RapidReview, *, reason: str, by: Membership) -> None:
    """Neither is an answer of the Panel expected (C8), nor does a question of it wait for ours (C9)."""
    for sent in sendings(review):
        deadlines.withdraw(review.case, clock="C8", subject=panel_clock(sent.decision), by=by, reason=reason)
    for question in waiting_questions(review):
        deadlines.withdraw(review.case, clock=C9, subject=subject_of(question), by=by, reason=reason)


def _wrong_moment(review: RapidReview, at: datetime) -> str:
    """It came after the notification that it speaks of, and has come already."""
    sent_at = review.notification.sent_at
    if at > now():
        return "The moment must be in the past"
    if sent_at is not None and at < to_the_minute(sent_at):
        return f"The moment must be after the notification was sent, {long_moment(sent_at)}"
    return ""


def _keep(review: RapidReview, given: Correspondence, *, reason: str, by: Membership) -> Document:
    """The Panel's correspondence as a file and in the dialogue. Raises Refused, by field."""
    wrong = {
        "reason": "" if reason.strip() else "Enter the reason",
        "said_by": "" if given.said_by.strip() else "Enter who wrote it",
        "came_on": _wrong_moment(review, given.at),
        "correspondence": "" if given.file is not None else "Select the Panel’s correspondence",
    }
    if any(wrong.values()):
        raise Refused(fields={field: sentence for field, sentence in wrong.items() if sentence})
    document = documents.attach(
        review.case, stream=stream_of(review), upload=given.file, kind="panel_letter", by=by,  # type: ignore[arg-type]
        title="Correspondence with the Panel on closing", field="correspondence",
    )  # fmt: skip
    log_dialogue(
        review.case, direction=Dialogue.Direction.FROM, how=Dialogue.How.LETTER, said_by=given.said_by,
        text="Correspondence on closing the incident as not meeting the criteria.", at=given.at, by=by,
        document=document,
    )  # fmt: skip
    return document
