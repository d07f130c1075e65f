"""Send the signed review to the Panel: its frozen copy, both files, the evidence. Meets C5, starts C8 (rule 6.2)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile, File

from cspr.audit.recording import recorded
from cspr.cases.dialogue import log_dialogue
from cspr.cases.models import Dialogue
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.deadlines import services as deadlines
from cspr.decisions.models import Decision
from cspr.dispatch.models import How, TellingKind
from cspr.dispatch.services import To
from cspr.dispatch.services.already_told import record_told
from cspr.documents import services as documents
from cspr.documents.models import Document
from cspr.engine import apply
from cspr.govuk.dates import long_moment
from cspr.now import london_day, now
from cspr.people.models import BodyKind, Membership
from cspr.people.selectors import body_in_force
from cspr.workflow import Refused, refusals
from notifications.services.sending import to_the_minute
from rapid_reviews.models import RapidReview, SentReview
from rapid_reviews.paper_parts import decision_in
from rapid_reviews.pdf.sent_review import sent_review_pdf
from rapid_reviews.phrases_review import SENT_TO_PANEL
from rapid_reviews.selectors import review as reviews
from rapid_reviews.selectors import signing
from rapid_reviews.selectors.sending import days_late
from rapid_reviews.sent_copy import frozen, hash_of_copy, is_as_signed
from rapid_reviews.services.panel_mail import tell_the_panel
from rapid_reviews.word.sent_review import sent_review_document
from rapid_reviews.workflow.review import SENT
from rapid_reviews.workflow.sending import SEND_REVIEW

READ_AGAIN = "Another version was signed after you opened this page. Send that one, then record it."
THE_PANEL = "Child Safeguarding Practice Review Panel"
NOT_AS_SIGNED = (
    "The papers are no longer those that were signed. Tell the administrator before anything is sent."
)


@dataclass(frozen=True)
class Sending:
    """What a person records of the sending. ``at`` is when it left, to the minute; ``version`` the one they read."""

    at: datetime
    how: str
    sender_name: str
    evidence: "File[Any] | None"
    late_reason: str = ""
    version: int | None = None


def file_name(copy: dict[str, Any], ending: str) -> str:
    """By the reference only: a file name travels further than a file."""
    return f"{copy['case']}-rapid-review-{copy['version']}.{ending}"


def stream_of(review: RapidReview) -> str:
    """The stream of a review's files: they follow the case."""
    return f"rapid-review/{review.pk}"


@recorded
def send_review(review: RapidReview, sending: Sending, *, by: Membership) -> RapidReview:
    """Record that the signed review left for the Panel. Keeps the copy as signed, as Word and PDF, with the evidence.

    Pressed twice by one person nothing happens twice; raises AlreadyDone when a colleague recorded it, and Refused, by
    field, for a moment or a file that cannot be.
    """
    locked = reviews.locked(review)
    if not reviews.reaches(locked.case, by):
        raise Refused(NOT_OPEN_TO_YOU)
    if locked.status == SENT:
        return apply(locked, SEND_REVIEW, by=by)
    sentences = refusals(locked, SEND_REVIEW, by)
    decision = signing.latest_version(locked.case)
    if sentences or decision is None:
        raise Refused(*sentences)
    if sending.version not in (None, decision.version):
        raise Refused(READ_AGAIN)
    copy = frozen(decision)
    if not is_as_signed(copy):
        raise Refused(NOT_AS_SIGNED)
    _refuse(locked, sending)
    sent = _keep(locked, decision, sending, copy=copy, by=by)
    detail = {"version": decision.version, "sha256": sent.sha256, "how": sent.get_how_display().lower()}
    changes = {"_history_user": by.user}
    done = apply(locked, SEND_REVIEW, by=by, at=sending.at, changes=changes, detail=detail)
    _wait_for_the_panel(done, decision, sending, by=by)
    _told_the_panel(sent, by=by)
    tell_the_panel(done, what=SENT_TO_PANEL, by=by)
    return done


def _refuse(review: RapidReview, sending: Sending) -> None:
    wrong: dict[str, str] = {}
    if not sending.sender_name.strip():
        wrong["sender_name"] = "Enter who sent it"
    if sending.evidence is None:
        wrong["evidence"] = "Select the file that shows it was sent"
    if sending.at > now():
        wrong["sent_on"] = "The moment of sending must be in the past"
    elif review.signed_at and sending.at < to_the_minute(review.signed_at):
        signed = long_moment(review.signed_at)
        wrong["sent_on"] = f"The moment of sending must be after the partners signed it, {signed}"
    days = days_late(review, sending.at)
    if days is not None and not sending.late_reason.strip():
        late = (
            f"{days} working day{'' if days == 1 else 's'} late" if days else "less than one working day late"
        )
        wrong["late_reason"] = f"Enter why it was sent {late}"
    if wrong:
        raise Refused(fields=wrong)


def _keep(
    review: RapidReview, decision: Decision, sending: Sending, *, copy: dict[str, Any], by: Membership
) -> SentReview:
    evidence = _attach(review, sending.evidence, title="Evidence of sending", by=by, field="evidence")
    word = ContentFile(sent_review_document(copy), name=file_name(copy, "docx"))
    pdf = ContentFile(sent_review_pdf(copy), name=file_name(copy, "pdf"))
    version = f"version {decision.version}"
    sent = SentReview(
        review=review,
        decision=decision,
        frozen=copy,
        sha256=hash_of_copy(copy),
        papers_sha256=copy["papers_sha256"],
        word=_attach(review, word, title=f"Rapid review as sent, {version}, Word", by=by),
        pdf=_attach(review, pdf, title=f"Rapid review as sent, {version}, PDF", by=by),
        evidence=evidence,
        how=sending.how,
        sender_name=sending.sender_name,
        late_reason=sending.late_reason if days_late(review, sending.at) is not None else "",
        sent_at=sending.at,
        sent_by=by,
        recorded_at=now(),
        recorded_by=by,
    )
    sent.save(force_insert=True)
    return sent


def _attach(
    review: RapidReview, upload: "File[Any] | None", *, title: str, by: Membership, field: str = "file"
) -> Document:
    if upload is None:
        raise Refused(fields={field: "Select a file"})
    return documents.attach(
        review.case,
        stream=stream_of(review),
        upload=upload,
        kind="rapid_review",
        by=by,
        title=title,
        field=field,
    )


def panel_clock(decision: Decision) -> str:
    """The subject of C8: the first sending has the case's own, each later one that of its version."""
    earlier = SentReview.objects.filter(review__case=decision.case_id, decision__version__lt=decision.version)
    return f"v{decision.version}" if earlier.exists() else ""


def _wait_for_the_panel(review: RapidReview, decision: Decision, sending: Sending, *, by: Membership) -> None:
    """A version sent after a redecision waits for its own answer."""
    subject = panel_clock(decision)
    if subject:
        deadlines.start(review.case, clock="C8", subject=subject, moment=sending.at, by=by)


def _told_the_panel(sent: SentReview, *, by: Membership) -> None:
    record_told(
        sent.review.case,
        what=TellingKind.RAPID_REVIEW_TO_PANEL,
        to=the_panel(sent.sent_at),
        how=How(sent.how),
        at=sent.sent_at,
        by=by,
        clock="C5",
        note=f"Version {sent.decision.version}, sent by {sent.sender_name}",
        proof=sent.evidence,
    )
    log_dialogue(
        sent.review.case, direction=Dialogue.Direction.TO, how=Dialogue.How(sent.how), said_by=sent.sender_name,
        text=f"The rapid review, version {sent.decision.version}. {decision_in(sent.frozen['papers'])}.",
        at=sent.sent_at, by=by, document=sent.pdf,
    )  # fmt: skip


def the_panel(at: datetime) -> To:
    """The Panel as a recipient; by its name alone where no body is kept for that day."""
    body = body_in_force(BodyKind.PANEL, london_day(at))
    return To.body_named(body) if body is not None else To.named(THE_PANEL)
