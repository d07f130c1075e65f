"""What the Panel was sent and answered, as it is shown."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html

from cspr.documents.models import Document
from cspr.govuk.dates import long_date, long_moment
from cspr.govuk.parts import Row
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from rapid_reviews.models import PanelAnswer, RapidReview, SentReview
from rapid_reviews.paper_parts import decision_in
from rapid_reviews.presenters.papers import in_paragraphs
from rapid_reviews.selectors.sending import find_closing


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
        ("Decision", decision_in(sent.frozen["papers"])),
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
    return ShownSending(str(sent), _filled(rows), [answer_shown(one, acting) for one in answers])


def closing_rows(review: RapidReview) -> list[Row]:
    """Why a review was closed by rule 4.7, with the Panel's correspondence; empty where it was not."""
    closing = find_closing(review)
    if closing is None:
        return []
    return [
        Row("Closed", f"{long_moment(closing.closed_at)}, by {closing.closed_by}"),
        Row("Why it does not meet the criteria", in_paragraphs(closing.reason)),
        Row("The Panel’s correspondence", _file(closing.correspondence)),
    ]


def answer_shown(answer: PanelAnswer, acting: Membership) -> ShownAnswer:
    """One answer of the Panel with its letter, and what was answered to it."""
    rows = [
        (
            "Came",
            f"{long_moment(answer.received_at)}, from {answer.said_by}; recorded by {answer.received_by}",
        ),
        ("What it says", in_paragraphs(answer.text)),
        ("Rationale", in_paragraphs(answer.rationale)),
        ("Next steps", in_paragraphs(answer.next_steps)),
        ("Letter", _file(answer.letter)),
        ("Answer asked for by", long_date(answer.answer_by) if answer.answer_by else ""),
        ("Answered", f"{long_moment(answer.replied_at)}, {answer.replied_by}" if answer.replied_at else ""),
        ("What was answered", in_paragraphs(answer.reply)),
        ("Answer as a file", _file(answer.reply_document) if answer.reply_document else ""),
    ]
    may = answer.waits_for_reply and can(acting, Permission.RECORD_PANEL_ANSWER)
    href = reverse("rapid_review_reply", args=[answer.sent.review.case_id, answer.pk]) if may else ""
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
