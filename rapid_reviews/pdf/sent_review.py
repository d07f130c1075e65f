"""The rapid review as a PDF for the Panel: tagged (PDF/UA-1), titled, in a language. Same copy, same bytes."""

from datetime import datetime
from pathlib import Path
from typing import Any

from cspr.govuk.words import without_hidden
from rapid_reviews.paper_parts import FACTS_HEAD, Part, parts_of
from rapid_reviews.pdf.letters import typeset
from rapid_reviews.sent_copy import (
    LEADS,
    LEADS_HEAD,
    SIGNATURES,
    SIGNATURES_HEAD,
    about,
    signature_rows,
    title_of,
)
from rapid_reviews.word.sent_review import MARKING

PDF_TYPE = "application/pdf"
TEMPLATE = Path(__file__).with_name("sent_review.typ")
TWO, THREE, FOUR = ("5cm", "1fr"), ("6cm", "2.3cm", "1fr"), ("2.8cm", "4.2cm", "1fr", "3.2cm")


def sent_review_pdf(copy: dict[str, Any]) -> bytes:
    """The file's bytes."""
    blocks = [_table(("About this review", "Answer"), about(copy), TWO)]
    for part in parts_of(copy["papers"], decided=True):
        blocks += _part(part)
    blocks += [_heading(2, SIGNATURES), _table(SIGNATURES_HEAD, signature_rows(copy["signatures"]), FOUR)]
    if copy["leads"]:
        blocks += [_heading(2, LEADS), _table(LEADS_HEAD, signature_rows(copy["leads"]), FOUR)]
    return typeset(
        TEMPLATE.read_bytes(),
        {"title": title_of(copy), "marking": MARKING, "blocks": blocks},
        at=datetime.fromisoformat(copy["decided_at"]),
    )


def _part(part: Part) -> list[dict[str, Any]]:
    blocks = [_heading(2, part.heading)]
    if part.facts:
        blocks.append(_table(FACTS_HEAD, part.facts, TWO))
    if part.text:
        blocks.append(_text(part.text))
    if part.answers:
        blocks.append(_table(part.head, part.answers, THREE))
    for label, text in part.points:
        blocks += [_heading(3, label), _text(text)]
    return blocks


def _heading(level: int, text: str) -> dict[str, Any]:
    return {"kind": "heading", "level": level, "text": without_hidden(text)}


def _text(text: str) -> dict[str, Any]:
    return {"kind": "text", "text": without_hidden(text)}


def _table(head: Any, rows: Any, columns: tuple[str, ...]) -> dict[str, Any]:
    shown = [[without_hidden(text) for text in row] for row in rows]
    return {"kind": "table", "head": list(head), "rows": shown, "columns": list(columns)}
