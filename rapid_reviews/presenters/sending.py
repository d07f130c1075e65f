"""What the Panel was sent and answered, as it is shown. Rules 7.1 and 7.2."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from cspr.cases.models import Dialogue
from cspr.documents.models import Document, DocumentVersion
from cspr.govuk.dates import long_date, long_moment
from cspr.govuk.parts import Row
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from rapid_reviews.models import Closing, NationalConsidered, PanelAnswer, RapidReview, SentReview
from rapid_reviews.models.national import Entry
from rapid_reviews.options.national import CIRCUMSTANCES, CRITERIA
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.paper_parts import decision_in
from rapid_reviews.presenters.family import NOT_YET
from rapid_reviews.presenters.papers import in_paragraphs
from rapid_reviews.selectors.sending import came_with, closings_of

Where = Callable[[DocumentVersion], str]
"""The address of a file for whoever reads the page."""
CRITERIA_KEY, CIRCUMSTANCES_KEY = "Criteria taken into account", "Circumstances considered"


@dataclass(frozen=True)
class ShownAnswer:
    """One answer of the Panel; ``reply_href`` where its question waits and this person may answer."""

    heading: str
    rows: list[Row]
    reply_href: str


@dataclass(frozen=True)
class ShownClosing:
    """One closing, and its undoing where there was one."""

    heading: str
    rows: list[Row]


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
        ("Word document", file_link(sent.word)),
        ("PDF", file_link(sent.pdf)),
        ("Evidence of sending", file_link(sent.evidence)),
        ("SHA-256 of the copy", sent.sha256),
        ("SHA-256 of the papers signed", sent.papers_sha256),
    ]
    answers = sorted(sent.panel_answers.all(), key=lambda one: (one.received_at, one.number))
    return ShownSending(str(sent), _filled(rows), [answer_shown(one, acting) for one in answers])


def closings_shown(review: RapidReview) -> list[ShownClosing]:
    """Each closing by rule 4.7 with the Panel's correspondence, and why it was opened again where it was."""
    closings = list(closings_of(review))
    came = came_with(closings) if closings else {}
    return [_closing_shown(one, came.get(one.correspondence_id)) for one in closings]


def _closing_shown(closing: Closing, came: Dialogue | None) -> ShownClosing:
    rows = [
        Row("Closed", f"{long_moment(closing.closed_at)}, by {closing.closed_by}"),
        Row("Why it does not meet the criteria", in_paragraphs(closing.reason)),
        Row("The Panel’s correspondence", file_link(closing.correspondence)),
    ]
    if came is not None:
        rows.append(Row("Came", f"{long_moment(came.said_at)}, from {came.said_by}"))
    opened = _reopened(closing)
    heading = f"{'Was closed' if opened else 'Closed'} as not meeting the criteria"
    return ShownClosing(heading, rows + opened)


def _reopened(closing: Closing) -> list[Row]:
    reopening = getattr(closing, "reopening", None)
    if reopening is None:
        return []
    told = f"{long_moment(reopening.reopened_at)}, by {reopening.reopened_by}"
    return [Row("Opened again", told), Row("Why it was opened again", in_paragraphs(reopening.reason))]


def answer_shown(answer: PanelAnswer, acting: Membership) -> ShownAnswer:
    """One answer of the Panel with its letter, and what was answered to it."""
    may = answer.waits_for_reply and can(acting, Permission.ANSWER_PANEL)
    href = reverse("rapid_review_reply", args=[answer.sent.review.case_id, answer.pk]) if may else ""
    return ShownAnswer(f"The Panel’s answer: {answer.get_kind_display()}", answer_rows(answer), href)


def on_the_case(version: DocumentVersion) -> str:
    """Where a file of the case is opened by those who can open the case."""
    return reverse("document_download", args=[version.pk])


def answer_rows(answer: PanelAnswer, where: Where = on_the_case) -> list[Row]:
    """What the letter says; of a national review also what the Panel considered (7.2)."""
    rows = [
        (
            "Came",
            f"{long_moment(answer.received_at)}, from {answer.said_by}; recorded by {answer.received_by}",
        ),
        ("What it says", in_paragraphs(answer.text)),
        ("Rationale", in_paragraphs(answer.rationale)),
        *_considered(answer),
        ("Next steps", in_paragraphs(answer.next_steps)),
        ("Letter", file_link(answer.letter, where)),
        ("Answer asked for by", long_date(answer.answer_by) if answer.answer_by else ""),
        ("Answered", f"{long_moment(answer.replied_at)}, {answer.replied_by}" if answer.replied_at else ""),
        ("What was answered", in_paragraphs(answer.reply)),
        ("Answer as a file", file_link(answer.reply_document, where) if answer.reply_document else ""),
    ]
    return _filled(rows)


def _considered(answer: PanelAnswer) -> list[tuple[str, str]]:
    if answer.kind != PanelAnswerKind.NATIONAL_REVIEW:
        return []
    entries = list(answer.considered.all())
    if not entries:
        return [(CRITERIA_KEY, NOT_YET), (CIRCUMSTANCES_KEY, NOT_YET)]
    rows = [(one.key, one.value) for one in considered_rows(entries[-1])]
    return [*rows, ("Criteria and circumstances recorded", recorded(entries[-1]))]


def considered_rows(entry: NationalConsidered) -> list[Row]:
    """Criteria and circumstances of one entry in the chapter's words (7.2)."""
    return [
        Row(CRITERIA_KEY, _points(entry.criteria, CRITERIA)),
        Row(CIRCUMSTANCES_KEY, _points(entry.circumstances, CIRCUMSTANCES)),
    ]


def _points(codes: Sequence[str], words: Mapping[str, str]) -> str:
    if not codes:
        return "The letter names none"
    lines = format_html_join("", "<li>{}</li>", ((words[one],) for one in codes))
    return format_html('<ul class="govuk-list govuk-list--bullet">{}</ul>', lines)


def recorded(entry: Entry) -> str:
    """Who recorded an entry, and when."""
    return f"{long_moment(entry.recorded_at)}, by {entry.recorded_by}"


def file_link(document: Document, where: Where = on_the_case) -> str:
    """A file by its name, with its hash."""
    version = max(document.versions.all(), key=lambda one: one.number)
    return format_html(
        '<a class="govuk-link" href="{}">{}</a><br><span class="govuk-body-s">SHA-256 {}</span>',
        where(version), version.original_name, version.sha256,
    )  # fmt: skip


def _filled(rows: list[tuple[str, str]]) -> list[Row]:
    return [Row(key, value) for key, value in rows if value]
