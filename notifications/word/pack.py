"""The notification pack as a Word document: real headings, repeated header rows, language, title. Rule 4.6."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from cspr.govuk.parts import Row
from cspr.govuk.words import without_hidden
from notifications.national_words import NOTHING
from notifications.presenters.notification import Card

LANGUAGE = "en-GB"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEAD = ("Field", "Answer")
WIDTHS = (Cm(5.5), Cm(11.5))


def pack_document(
    shown: Sequence[Card],
    *,
    title: str,
    marking: str,
    facts: Sequence[Row],
    told: Sequence[str],
    at: datetime,
) -> bytes:
    """The file's bytes. ``facts`` stand in a table at the top, ``told`` as paragraphs under it."""
    document = Document()
    _properties(document, title=title, at=at)
    document.sections[0].header.paragraphs[0].text = marking
    document.add_heading(title, level=1)
    if facts:
        _table(document, [(row.key, str(row.value)) for row in facts], head=("About the sending", ""))
    for sentence in told:
        document.add_paragraph(without_hidden(sentence))
    for card in shown:
        document.add_heading(without_hidden(card.title), level=2)
        _table(document, [(line.label, line.shown or NOTHING) for line in card.lines], head=HEAD)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _properties(document: Any, *, title: str, at: datetime) -> None:
    """Title and language for a screen reader; nothing about who or what made the file."""
    core = document.core_properties
    core.title, core.language = title, LANGUAGE
    core.author = core.comments = core.last_modified_by = core.keywords = core.subject = ""
    core.created = core.modified = at.replace(tzinfo=None)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    language = defaults.find(".//" + qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        defaults.find(".//" + qn("w:rPr")).append(language)
    language.set(qn("w:val"), LANGUAGE)


def _table(document: Any, rows: Sequence[tuple[str, str]], *, head: tuple[str, str]) -> None:
    table = document.add_table(rows=1, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    _fill(table.rows[0], head, bold=True)
    _repeat(table.rows[0])
    for row in rows:
        _fill(table.add_row(), row)


def _fill(row: Any, texts: tuple[str, str], *, bold: bool = False) -> None:
    _keep_whole(row)
    for cell, text, width in zip(row.cells, texts, WIDTHS, strict=True):
        cell.width = width
        lines = without_hidden(text).split("\n")
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                run.bold = bold


def _repeat(row: Any) -> None:
    """The header row stands again on every page, and a screen reader knows it as one."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _keep_whole(row: Any) -> None:
    """A short row is not broken across pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
