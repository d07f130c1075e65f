"""What was sent to the Panel as those who act for the Panel see it: the list, one version as sent, the letters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from cspr.documents.models import DocumentVersion
from cspr.govuk.addresses import address
from cspr.govuk.dates import long_date, long_moment, medium_date, short_date
from cspr.govuk.parts import Row, Table, Tag, Waiting
from cspr.now import london_day
from rapid_reviews.models import PanelAnswer, RapidReview, SentReview
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.options.sending import Standing
from rapid_reviews.presenters.national import Acts, ShownEntry, ShownNational, recorded_of
from rapid_reviews.presenters.papers import ShownPart, in_paragraphs, parts_shown
from rapid_reviews.presenters.returns import shown as tag_shown
from rapid_reviews.presenters.sending import Where, answer_rows, file_link
from rapid_reviews.sent_copy import (
    LEADS,
    LEADS_HEAD,
    SIGNATURES,
    SIGNATURES_HEAD,
    about,
    signature_rows,
)

COLOURS = {
    Standing.WAITING: "blue", Standing.QUESTION: "yellow", Standing.AGAIN: "light-blue", Standing.ANSWERED: "turquoise",
    Standing.CLOSED: "grey",
}  # fmt: skip


@dataclass(frozen=True)
class ShownCopy:
    """One version as it was sent, with its two files."""

    heading: str
    rows: list[Row]
    about: list[Row]
    parts: list[ShownPart]
    signatures: list[Table]


def where_in(review: RapidReview) -> Where:
    """Where a file is opened by those who act for the Panel."""
    return partial(_file_address, review)


def _file_address(review: RapidReview, version: DocumentVersion) -> str:
    return reverse("panel_file", args=[review.pk, version.pk])


def table(rows: Iterable[RapidReview]) -> Table:
    """Reference, pseudonym, partnership, sent, where it stands: no name, nothing of what it says."""
    return Table(
        caption="Sent to the Panel",
        head=("Reference", "Known as", "Partnership", "Sent", "Where it stands"),
        rows=[_row(one) for one in rows],
        empty="Nothing has been sent to the Panel yet. When a partnership records that it sent a rapid review, "
        "the review will stand here.",
    )


def _row(one: Any) -> tuple[Any, ...]:
    link = '<a class="govuk-link app-reference" href="{}">{}</a>'
    name = format_html(link, address("panel_review", one.pk), one.case.reference)
    sent = medium_date(london_day(one.sent_at))
    return name, one.case.pseudonym, one.partnership.name, sent, tag_shown(tag_of(one))


def tag_of(one: Any) -> Tag:
    """Where a review stands, in few words."""
    standing = Standing(one.standing)
    national = standing == Standing.ANSWERED and one.is_national
    return Tag("National review" if national else standing.label, COLOURS[standing])


def standing_rows(one: Any) -> list[Row]:
    """Where one review stands for the Panel, and until when its question is to be answered."""
    rows = [
        Row("Partnership", one.partnership.name),
        Row("Known as", one.case.pseudonym),
        Row("Sent", long_moment(one.sent_at)),
        Row("Where it stands", tag_shown(tag_of(one))),
    ]
    if one.closed_at is not None:
        rows.append(Row("Closed", long_moment(one.closed_at)))
    asked = [Row("Answer asked for by", long_date(one.answer_by))] if one.answer_by else []
    return rows + asked


def copy_shown(sent: SentReview, where: Where) -> ShownCopy:
    """The frozen copy laid out as its Word document and its PDF are."""
    copy = sent.frozen
    tables = [Table(SIGNATURES, SIGNATURES_HEAD, _signed(copy["signatures"]), show_caption=True)]
    if copy["leads"]:
        tables.append(Table(LEADS, LEADS_HEAD, _signed(copy["leads"]), show_caption=True))
    return ShownCopy(
        heading=str(sent),
        rows=[
            Row(
                "Sent",
                f"{long_moment(sent.sent_at)}, by {sent.sender_name}, {sent.get_how_display().lower()}",
            ),
            Row("Word document", file_link(sent.word, where)),
            Row("PDF", file_link(sent.pdf, where)),
            Row("SHA-256 of the copy", sent.sha256),
        ],
        about=[Row(key, in_paragraphs(value)) for key, value in about(copy)],
        parts=parts_shown(copy["papers"], decided=True),
        signatures=tables,
    )


def _signed(given: list[dict[str, str]]) -> list[tuple[Any, ...]]:
    return [tuple(in_paragraphs(cell) for cell in row) for row in signature_rows(given)]


def letters_shown(answers: Iterable[PanelAnswer], where: Where) -> list[ShownEntry]:
    """What the Panel wrote, and what was answered to it."""
    return [ShownEntry(_letter_of(one), answer_rows(one, where)) for one in answers]


def _letter_of(one: PanelAnswer) -> str:
    says = one.get_kind_display()
    day = long_date(london_day(one.received_at))
    return f"The Panel’s letter of {day}: {says[0].lower()}{says[1:]}"


def national_acts(review: RapidReview) -> Acts:
    """Where the Panel records its national review. What the family was told is the partnership's to record."""
    return Acts(
        considered=reverse("panel_national_considered", args=[review.pk]),
        scope=reverse("panel_national_scope", args=[review.pk]),
        secretary=reverse("panel_secretary_told", args=[review.pk]),
    )


def national_of_the_panel(review: RapidReview) -> ShownNational:
    """What is recorded of the national review; nothing of the family."""
    return replace(recorded_of(review, where_in(review)), acts=national_acts(review))


def waits(one: Any) -> Waiting:
    """The row of one review on the board of those who act for the Panel."""
    asked = one.standing == Standing.QUESTION
    title = "The answer to the Panel’s question" if asked else "Record the Panel’s answer"
    told = f"Sent on {short_date(london_day(one.sent_at))} by {one.partnership.name}"
    if asked:
        told = f"Waiting for {one.partnership.name}, asked for by {short_date(one.answer_by)}"
    elif one.status == ReviewStatus.ANSWERED:
        told = f"{one.partnership.name} answered the Panel’s question"
    href = address("panel_review", one.pk)
    return Waiting(title, href, one.case.reference, one.case.pseudonym, told=told, for_others=asked)
