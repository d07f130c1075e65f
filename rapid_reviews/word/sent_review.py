"""The rapid review as a Word document for the Panel. The same copy gives the same bytes, so its hash can be told."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from cspr.govuk.words import without_hidden
from rapid_reviews.paper_parts import FACTS_HEAD, Part, parts_of
from rapid_reviews.sent_copy import (
    LEADS,
    LEADS_HEAD,
    SIGNATURES,
    SIGNATURES_HEAD,
    about,
    signature_rows,
    title_of,
)
from rapid_reviews.word.properties import properties

MARKING = "OFFICIAL-SENSITIVE"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT, BLACK = "Arial", RGBColor(0, 0, 0)
TWO, THREE = (Cm(5), Cm(12)), (Cm(6.5), Cm(2.5), Cm(8))
FOUR = (Cm(2.8), Cm(4.6), Cm(6.4), Cm(3.2))
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def sent_review_document(copy: dict[str, Any]) -> bytes:
    """Real headings, header rows that repeat, language and title; nothing of who or what made the file."""
    document = Document()
    title = title_of(copy)
    properties(document, title=title, at=datetime.fromisoformat(copy["decided_at"]))
    _page(document)
    document.add_heading(title, level=1)
    _table(document, about(copy), head=("About this review", "Answer"), widths=TWO)
    for part in parts_of(copy["papers"], decided=True):
        _part(document, part)
    document.add_heading(SIGNATURES, level=2)
    _table(document, signature_rows(copy["signatures"]), head=SIGNATURES_HEAD, widths=FOUR)
    if copy["leads"]:
        document.add_heading(LEADS, level=2)
        _table(document, signature_rows(copy["leads"]), head=LEADS_HEAD, widths=FOUR)
    stream = BytesIO()
    document.save(stream)
    return _timeless(stream)


def _part(document: Any, part: Part) -> None:
    document.add_heading(without_hidden(part.heading), level=2)
    if part.facts:
        _table(document, part.facts, head=FACTS_HEAD, widths=TWO)
    _lines(document, part.text)
    if part.answers:
        _table(document, part.answers, head=part.head, widths=THREE)
    for label, text in part.points:
        document.add_heading(without_hidden(label), level=3)
        _lines(document, text)


def _lines(document: Any, text: str) -> None:
    for line in without_hidden(text).split("\n"):
        if line.strip():
            document.add_paragraph(line).paragraph_format.space_before = Pt(6)


def _page(document: Any) -> None:
    """A4, one plain typeface, the marking above and the page number below."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    for name, size in (("Normal", 11), ("Heading 1", 20), ("Heading 2", 14), ("Heading 3", 12)):
        font = document.styles[name].font
        font.name, font.size, font.color.rgb = FONT, Pt(size), BLACK
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{kind}"), None)
    section.header.paragraphs[0].text = MARKING
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("Page ")
    _field(foot, "PAGE")
    foot.add_run(" of ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Any, instruction: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    paragraph._p.append(field)


def _table(document: Any, rows: Sequence[Any], *, head: Sequence[str], widths: Sequence[Any]) -> None:
    table = document.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    table.autofit = False
    _fill(table.rows[0], head, widths, bold=True)
    _mark(table.rows[0], "w:cantSplit")
    _mark(table.rows[0], "w:tblHeader")
    for row in rows:
        added = table.add_row()
        _fill(added, row, widths)
        _mark(added, "w:cantSplit")


def _mark(row: Any, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


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
