"""The rapid review as a Word document for the Panel. The same copy gives the same bytes, so its hash can be told."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from cspr.govuk.words import without_hidden
from rapid_reviews.sent_copy import SIGNATURES_HEAD, about, signature_rows, title_of
from rapid_reviews.word.properties import properties

MARKING = "OFFICIAL-SENSITIVE"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ABOUT_WIDTHS = (Cm(5), Cm(11.5))
SIGNATURE_WIDTHS = (Cm(3.2), Cm(4.3), Cm(5.8), Cm(3.2))
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def sent_review_document(copy: dict[str, Any]) -> bytes:
    """Real headings, header rows that repeat, language and title; nothing of who or what made the file."""
    document = Document()
    properties(document, title=title_of(copy), at=datetime.fromisoformat(copy["decided_at"]))
    document.sections[0].header.paragraphs[0].text = MARKING
    document.add_heading(title_of(copy), level=1)
    _table(document, about(copy), head=("About this review", "Answer"), widths=ABOUT_WIDTHS)
    for label, text in copy["papers"]:
        document.add_heading(without_hidden(label), level=2)
        for line in without_hidden(text).split("\n"):
            document.add_paragraph(line)
    document.add_heading("Signatures", level=2)
    _table(document, signature_rows(copy), head=SIGNATURES_HEAD, widths=SIGNATURE_WIDTHS)
    stream = BytesIO()
    document.save(stream)
    return _timeless(stream)


def _table(document: Any, rows: Sequence[Any], *, head: Sequence[str], widths: Sequence[Any]) -> None:
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    table.autofit = False
    _fill(table.rows[0], head, widths, bold=True)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)
    for row in rows:
        _fill(table.add_row(), row, widths)


def _fill(row: Any, texts: Sequence[str], widths: Sequence[Any], *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        lines = without_hidden(text).split("\n")
        cell.paragraphs[0].add_run(lines[0]).bold = bold
        for line in lines[1:]:
            cell.add_paragraph(line)


def _timeless(stream: BytesIO) -> bytes:
    """The same package without the moment it was packed."""
    packed = BytesIO()
    with ZipFile(stream) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(ZipInfo(one.filename, LONG_AGO), old.read(one), ZIP_DEFLATED)
    return packed.getvalue()
