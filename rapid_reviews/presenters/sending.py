"""What the Panel was sent and answered, as it is shown."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html

from cspr.documents.models import Document
from cspr.govuk.dates import long_date, long_moment
from cspr.govuk.parts import Row
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from rapid_reviews.models import PanelAnswer, SentReview


@dataclass(frozen=True)
class ShownAnswer:
    """One answer of the Panel; ``reply_href`` where its question waits and this person may answer."""

    heading: str
    rows: list[Row]
    reply_href: str


@dataclass(frozen=True)
class ShownSending:
    """One version as it was sent."""

    heading: str
    rows: list[Row]
    answers: list[ShownAnswer]


def sending_shown(sent: SentReview, acting: Membership) -> ShownSending:
    """How it was sent, its files with their hashes, the Panel's answers."""
    rows = [
        ("Sent", f"{long_moment(sent.sent_at)}, by {sent.sender_name}, {sent.get_how_display().lower()}"),
        ("Recorded", f"{long_moment(sent.recorded_at)}, by {sent.recorded_by}"),
        ("Why it was sent late", sent.late_reason),
        ("Word document", _file(sent.word)),
        ("PDF", _file(sent.pdf)),
        ("Evidence of sending", _file(sent.evidence)),
        ("SHA-256 of the copy", sent.sha256),
        ("SHA-256 of the papers signed", sent.papers_sha256),
    ]
    answers = sorted(sent.panel_answers.all(), key=lambda one: one.received_at)
    return ShownSending(str(sent), _filled(rows), [_answer(one, sent, acting) for one in answers])


def _answer(answer: PanelAnswer, sent: SentReview, acting: Membership) -> ShownAnswer:
    rows = [
        (
            "Came",
            f"{long_moment(answer.received_at)}, from {answer.said_by}; recorded by {answer.received_by}",
        ),
        ("What it says", answer.text),
        ("Rationale", answer.rationale),
        ("Next steps", answer.next_steps),
        ("Letter", _file(answer.letter)),
        ("Answer asked for by", long_date(answer.answer_by) if answer.answer_by else ""),
        ("Answered", f"{long_moment(answer.replied_at)}, {answer.replied_by}" if answer.replied_at else ""),
        ("What was answered", answer.reply),
        ("Answer as a file", _file(answer.reply_document) if answer.reply_document else ""),
    ]
    may = answer.waits_for_reply and can(acting, Permission.RECORD_PANEL_ANSWER)
    href = reverse("rapid_review_reply", args=[sent.review.case_id, answer.pk]) if may else ""
    return ShownAnswer(f"The Panel’s answer: {answer.get_kind_display()}", _filled(rows), href)


def _file(document: Document) -> str:
    version = max(document.versions.all(), key=lambda one: one.number)
    href = reverse("document_download", args=[version.pk])
    return format_html(
        '<a class="govuk-link" href="{}">{}</a><br><span class="govuk-body-s">SHA-256 {}</span>',
        href, version.original_name, version.sha256,
    )  # fmt: skip


def _filled(rows: list[tuple[str, str]]) -> list[Row]:
    return [Row(key, value) for key, value in rows if value]
