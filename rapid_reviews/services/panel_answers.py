"""What the Panel answered, and the answer to its question. Meets C8, starts and meets C9 (rules 7.1 and 7.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.urls import reverse

from cspr.audit.recording import record, recorded
from cspr.cases.dialogue import log_dialogue
from cspr.cases.models import Dialogue
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.deadlines import services as deadlines
from cspr.dispatch import services as dispatch
from cspr.dispatch.models import How, TellingKind
from cspr.dispatch.services.already_told import record_told
from cspr.documents import services as documents
from cspr.engine import apply
from cspr.govuk.dates import long_moment
from cspr.now import london_day, now
from cspr.people.models import Membership
from cspr.people.selectors import unit_of
from cspr.permissions import Permission
from cspr.workflow import AlreadyDone, Refused, refusals
from notifications.services.sending import to_the_minute
from rapid_reviews.models import NationalConsidered, PanelAnswer, RapidReview, SentReview
from rapid_reviews.options.national import CIRCUMSTANCES, CRITERIA, in_order
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.phrases_review import PANEL_ANSWERED, PANEL_QUESTION_ANSWERED
from rapid_reviews.selectors import review as reviews
from rapid_reviews.selectors.sending import locked_answer, sending_of, sendings, settled_at
from rapid_reviews.services.panel_mail import tell_the_panel
from rapid_reviews.services.rights import require
from rapid_reviews.services.sending import panel_clock, stream_of, the_panel
from rapid_reviews.workflow.sending import (
    NOT_WHILE_TAKEN_AGAIN,
    RECORD_PANEL_ANSWER,
    RECORD_PANEL_LETTER,
    WHILE_TAKEN_AGAIN,
    is_taken_again,
    step_of_an_answer,
)

C9 = "C9"


@dataclass(frozen=True)
class Received:
    """What the Panel's letter says, and when it came."""

    kind: str
    at: datetime
    said_by: str
    letter: "File[Any] | None"
    text: str = ""
    rationale: str = ""
    next_steps: str = ""
    answer_by: date | None = None
    criteria: Sequence[str] = ()
    circumstances: Sequence[str] = ()


def subject_of(answer: PanelAnswer) -> str:
    """The subject of a question's clock: each letter sets its own day."""
    return str(answer.pk)[:8]


@recorded
def record_panel_answer(review: RapidReview, given: Received, *, by: Membership) -> PanelAnswer:
    """Keep the Panel's answer with its letter (7.1). A question starts C9, due on the day the letter sets.

    A letter is kept with the version that had been sent when it came. One about a version sent before, and one that
    comes while the decision is taken again or after the review was closed, leaves the review where it is. The same
    letter twice is one; raises AlreadyDone when a colleague recorded one of that kind and moment.
    """
    locked = reviews.locked(review)
    if not reviews.comes_to(locked, by):
        raise Refused(NOT_OPEN_TO_YOU)
    every = list(sendings(locked))
    sent = sending_of(every, given.at)
    is_last = sent is None or sent == every[0]
    step = step_of_an_answer(locked) if is_last else RECORD_PANEL_LETTER
    sentences = refusals(locked, step, by)
    if sentences or sent is None:
        raise Refused(*(sentences or ["Nothing has been sent to the Panel yet."]))
    standing = _recorded_before(sent, given, by=by)
    if standing is not None:
        return standing
    if is_last and is_taken_again(locked) and given.kind not in WHILE_TAKEN_AGAIN:
        raise Refused(fields={"kind": NOT_WHILE_TAKEN_AGAIN})
    _refuse(sent, given)
    answer = _keep(locked, sent, given, by=by)
    answered = _answered(locked, sent, given.at) if step is RECORD_PANEL_ANSWER else {}
    changes = {"_history_user": by.user, **answered}
    detail = {"kind": answer.get_kind_display()}
    apply(locked, step, by=by, at=given.at, changes=changes, detail=detail)
    subject = panel_clock(sent.decision)
    if subject:
        deadlines.meet(locked.case, clock="C8", subject=subject, at=given.at, by=by)
    if answer.answer_by is not None:
        deadlines.start(
            locked.case, clock=C9, subject=subject_of(answer), moment=given.at, due_on=answer.answer_by, by=by
        )
    if by.is_panel:
        _tell_the_unit(locked, answer, by=by)
    return answer


def _recorded_before(sent: SentReview, given: Received, *, by: Membership) -> PanelAnswer | None:
    """The very letter as this person recorded it before. One that says something else is another entry."""
    for standing in sent.panel_answers.filter(kind=given.kind, received_at=given.at):
        if standing.received_by.user_id != by.user_id:
            raise AlreadyDone(by=standing.received_by, what="Record a letter of the Panel")
        if all(getattr(standing, name) == getattr(given, name) for name in _kept_of(given.kind)):
            return standing
    return None


def _kept_of(kind: str) -> tuple[str, ...]:
    """What tells one letter of a kind and moment from another."""
    return {
        PanelAnswerKind.ASKS_FOR_MORE: ("text", "said_by", "answer_by"),
        PanelAnswerKind.NATIONAL_REVIEW: ("text", "said_by", "rationale", "next_steps"),
    }.get(PanelAnswerKind(kind), ("text", "said_by"))


def _answered(review: RapidReview, sent: SentReview, at: datetime) -> dict[str, Any]:
    """When the Panel settled it; a letter that came before the one recorded last leaves when it answered."""
    later = review.answered_at is not None and review.answered_at > at
    kept = {"answered_at": review.answered_at, "answered_by": review.answered_by} if later else {}
    return {"settled_at": settled_at(sent), **kept}


def _tell_the_unit(review: RapidReview, answer: PanelAnswer, *, by: Membership) -> None:
    """Nobody of the partnership typed it in, so the unit is mailed that it stands there."""
    link = reverse("rapid_review_sent", args=[review.case_id])
    for reader in unit_of(review.partnership):
        dispatch.post(
            to=reader, subject=PANEL_ANSWERED, reference=review.case.reference, link=link, until=answer.answer_by,
            by=by, about=review.case,
        )  # fmt: skip


def _refuse(sent: SentReview, given: Received) -> None:
    wrong: dict[str, str] = {}
    if given.letter is None:
        wrong["letter"] = "Select the Panel’s letter"
    if given.at > now():
        wrong["received_on"] = "The moment must be in the past"
    elif given.at < to_the_minute(sent.sent_at):
        wrong["received_on"] = f"The moment must be after the review was sent, {long_moment(sent.sent_at)}"
    if given.kind == PanelAnswerKind.ASKS_FOR_MORE:
        if given.answer_by is None:
            wrong["answer_by"] = "Enter the day by which the letter asks for an answer"
        elif given.answer_by < london_day(given.at):
            wrong["answer_by"] = "The day must be the same as or after the day the letter came"
    if given.kind == PanelAnswerKind.NATIONAL_REVIEW and not given.rationale.strip():
        wrong["rationale"] = "Enter the Panel’s rationale for a national review"
    if wrong:
        raise Refused(fields=wrong)


def _keep(review: RapidReview, sent: SentReview, given: Received, *, by: Membership) -> PanelAnswer:
    letter = documents.attach(
        review.case, stream=stream_of(review), upload=given.letter, kind="panel_letter", by=by,  # type: ignore[arg-type]
        title="Letter of the Panel", field="letter",
    )  # fmt: skip
    asks, national = (PanelAnswerKind.ASKS_FOR_MORE, PanelAnswerKind.NATIONAL_REVIEW)
    answer = PanelAnswer(
        sent=sent,
        number=sent.panel_answers.count() + 1,
        kind=given.kind,
        text=given.text,
        rationale=given.rationale if given.kind == national else "",
        next_steps=given.next_steps if given.kind == national else "",
        answer_by=given.answer_by if given.kind == asks else None,
        said_by=given.said_by,
        letter=letter,
        received_at=given.at,
        received_by=by,
    )
    answer.save(force_insert=True)
    if given.kind == national:
        _keep_considered(answer, given, by=by)
    said = (answer.get_kind_display(), given.text, answer.rationale, answer.next_steps)
    *words, last = (one for one in said if one)
    log_dialogue(
        review.case,
        direction=Dialogue.Direction.FROM,
        how=Dialogue.How.LETTER,
        said_by=given.said_by,
        text=". ".join([*(one.rstrip(".") for one in words), last])[:10_000],
        at=given.at,
        by=by,
        document=letter,
        permission=RECORD_PANEL_ANSWER.permission,
    )
    return answer


def _keep_considered(answer: PanelAnswer, given: Received, *, by: Membership) -> None:
    """What the letter says the Panel considered (7.2); it can be recorded later where it was not ticked now."""
    criteria = in_order(given.criteria, CRITERIA)
    circumstances = in_order(given.circumstances, CIRCUMSTANCES)
    if criteria or circumstances:
        entry = NationalConsidered(
            answer=answer,
            criteria=criteria,
            circumstances=circumstances,
            recorded_at=now(),
            recorded_by=by,
        )
        entry.save(force_insert=True)


@recorded
def reply_to_panel(
    answer: PanelAnswer,
    *,
    text: str,
    how: str,
    at: datetime,
    sender_name: str,
    upload: "File[Any] | None" = None,
    by: Membership,
) -> PanelAnswer:
    """Keep what was answered to the Panel's question: meets C9, and stands in the log of what was said.

    The same twice by one person is one, another is refused; raises AlreadyDone when a colleague recorded it.
    """
    review = reviews.locked(answer.sent.review)
    require(review.case, Permission.ANSWER_PANEL, by=by)
    locked = locked_answer(answer)
    if locked.kind != PanelAnswerKind.ASKS_FOR_MORE:
        raise Refused("The Panel did not ask for anything here.")
    if locked.replied_by is not None:
        if locked.replied_by.user_id != by.user_id:
            raise AlreadyDone(by=locked.replied_by, what="Answer the Panel’s question")
        if (locked.reply, locked.replied_at) == (text, at):
            return locked
        before = long_moment(locked.replied_at)
        raise Refused(f"You recorded the answer to this question before: it was sent on {before}.")
    if at > now():
        raise Refused(fields={"sent_on": "The moment must be in the past"})
    if at < to_the_minute(locked.received_at):
        came = long_moment(locked.received_at)
        raise Refused(fields={"sent_on": f"The moment must be after the letter came, {came}"})
    if not text.strip():
        raise Refused(fields={"text": "Enter what was answered"})
    if upload is not None:
        locked.reply_document = documents.attach(
            review.case, stream=stream_of(review), upload=upload, kind="panel_letter", by=by,
            title="Answer to the Panel",
        )  # fmt: skip
    locked.reply, locked.replied_at, locked.replied_by = text, at, by
    locked.save()
    deadlines.meet(review.case, clock=C9, subject=subject_of(locked), at=at, by=by)
    log_dialogue(
        review.case,
        direction=Dialogue.Direction.TO,
        how=Dialogue.How(how),
        said_by=sender_name,
        text=text[:10_000],
        at=at,
        by=by,
        document=locked.reply_document,
    )
    record_told(
        review.case, what=TellingKind.ANSWER_TO_PANEL, to=the_panel(at), how=How(how), at=at, by=by, clock=C9,
        note=f"Sent by {sender_name}", proof=locked.reply_document,
    )  # fmt: skip
    tell_the_panel(review, what=PANEL_QUESTION_ANSWERED, by=by)
    record("panelanswer.replied", by=by, subject=locked, case=review.case, detail={})
    return locked
