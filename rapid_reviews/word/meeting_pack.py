"""The papers of a meeting as one Word document: what they are, with hashes, and the review as it stood."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document

from cspr.govuk.dates import long_moment
from cspr.govuk.words import without_hidden
from rapid_reviews.models import MeetingPack
from rapid_reviews.presenters.meeting import PackedReturn
from rapid_reviews.word.properties import properties

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MARKING = "OFFICIAL-SENSITIVE"


def pack_document(
    pack: MeetingPack, *, files: Sequence[dict[str, Any]], returns: Sequence[PackedReturn], title: str
) -> bytes:
    """The file's bytes. ``files`` are those the reader may open."""
    document = Document()
    properties(document, title=title, at=pack.frozen_at)
    document.sections[0].header.paragraphs[0].text = MARKING
    document.add_heading(without_hidden(title), level=1)
    document.add_paragraph(f"Frozen {long_moment(pack.frozen_at)}. SHA-256 of the whole pack: {pack.sha256}")
    document.add_heading("Files", level=2)
    for one in files:
        line = f"{one['title']}, version {one['number']}. SHA-256 {one['sha256']}"
        document.add_paragraph(without_hidden(line), style="List Bullet")
    if not files:
        document.add_paragraph("There are no files in this pack.")
    document.add_heading("Returns of the agencies", level=2)
    for told in returns:
        line = f"{told.agency}, {told.what}. SHA-256 {told.sha256}"
        document.add_paragraph(without_hidden(line), style="List Bullet")
    if not returns:
        document.add_paragraph("No return had been signed off when this pack was frozen.")
    document.add_heading("The rapid review as it stood", level=2)
    for label, text in pack.review_papers:
        document.add_heading(without_hidden(label), level=3)
        for line in without_hidden(text).split("\n"):
            document.add_paragraph(line)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()
