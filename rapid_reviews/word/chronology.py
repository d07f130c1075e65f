"""The merged chronology as a Word document and as an Excel workbook. Pure: lines in, bytes out."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.properties import PageSetupProperties

from cspr.govuk.words import without_hidden
from rapid_reviews.presenters.merged import Line, Told
from rapid_reviews.word.properties import properties

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD_HEAD = ("Date", "Agency and source", "What happened", "Who, themes")
WORD_WIDTHS = (Cm(3.6), Cm(4.6), Cm(12.4), Cm(4.6))
EXCEL_HEAD = (
    "Date", "Date as this agency tells it", "As written", "Agency", "Source", "Event", "Who", "Child seen or heard",
    "Response", "Analysis", "Themes", "Told by agencies", "Dates", "First day, to sort by",
)  # fmt: skip
EXCEL_WIDTHS = (24, 24, 18, 28, 28, 70, 24, 28, 40, 40, 28, 12, 14, 14)
LONGEST_CELL = 32_767
DIFFER, GAP = "Dates differ", "Gap"


def chronology_document(
    lines: Sequence[Line], *, title: str, told: Sequence[str], marking: str, at: datetime
) -> bytes:
    """Landscape, a heading and a table for each year, the header row repeated on every page."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(2)
    section.header.paragraphs[0].text = marking
    properties(document, title=title, at=at)
    document.add_heading(title, level=1)
    for sentence in told:
        document.add_paragraph(without_hidden(sentence))
    for year, of_year in groupby(lines, key=lambda line: line.year):
        document.add_heading(year, level=2)
        year_table(document, list(of_year))
    return saved(document)


def year_table(document: Any, lines: Sequence[Line]) -> None:
    """One table. Rows are copied as XML: adding them one by one takes minutes for thousands."""
    table = document.add_table(rows=2, cols=len(WORD_HEAD))
    table.style = "Table Grid"
    table.autofit = False
    head, pattern = table.rows[0], table.rows[1]
    for row in (head, pattern):
        mark(row._tr, "w:cantSplit")
        for cell, width in zip(row.cells, WORD_WIDTHS, strict=True):
            cell.width = width
    mark(head._tr, "w:tblHeader")
    for cell, text in zip(head.cells, WORD_HEAD, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    blank = pattern._tr
    table._tbl.remove(blank)
    for line in lines:
        for texts in word_rows(line):
            copied = deepcopy(blank)
            for cell, text in zip(copied.findall(qn("w:tc")), texts, strict=True):
                write(cell, text)
            table._tbl.append(copied)


def word_rows(line: Line) -> list[tuple[str, ...]]:
    """The rows of a line: a gap is one, an event one for each agency that tells it, the date in each."""
    if line.gap:
        return [(line.when, "", line.gap, "")]
    notes = "\n".join(filter(None, (line.together, DIFFER if line.differ else "")))
    return [
        (
            "\n".join(filter(None, (when(line, told), notes))),
            f"{told.agency}\n{told.source}",
            account(told),
            about(told),
        )
        for told in line.tellings
    ]


def when(line: Line, told: Told) -> str:
    """The date in the agency's own words where it wrote it roughly, or where agencies differ."""
    shown = told.when[:1].upper() + told.when[1:] if line.differ else line.when
    return f"{shown}\n(written: {told.as_written})" if told.as_written else shown


def account(told: Told) -> str:
    parts = (
        ("", told.event),
        ("Child: ", told.child),
        ("Response: ", told.response),
        ("Analysis: ", told.analysis),
    )
    return "\n".join(f"{label}{text}" for label, text in parts if text)


def about(told: Told) -> str:
    return "\n".join(filter(None, (told.who, told.themes)))


def write(cell: Any, text: str) -> None:
    """The text of a cell, a paragraph for each line."""
    first = cell.find(qn("w:p"))
    for number, line in enumerate(ILLEGAL_CHARACTERS_RE.sub("", without_hidden(text)).split("\n")):
        paragraph = first if number == 0 else OxmlElement("w:p")
        run, words = OxmlElement("w:r"), OxmlElement("w:t")
        words.text = line
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
        paragraph.append(run)
        if number:
            cell.append(paragraph)


def mark(row: Any, name: str) -> None:
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    row.get_or_add_trPr().append(element)


def chronology_workbook(lines: Iterable[Line], *, title: str, told: Sequence[str]) -> bytes:
    """A sheet with a row for each telling, its head on every printed page. Every cell is text, none is a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Chronology")
    for place, width in enumerate(EXCEL_WIDTHS):
        sheet.column_dimensions["ABCDEFGHIJKLMN"[place]].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.append([as_text(sheet, text, bold=True) for text in EXCEL_HEAD])
    for line in lines:
        for texts in excel_rows(line):
            sheet.append([as_text(sheet, text) for text in texts])
    about_sheet = book.create_sheet("About this file")
    for sentence in (title, *told):
        about_sheet.append([as_text(about_sheet, sentence)])
    book.properties.title, book.properties.creator = title, ""
    return saved(book)


def excel_rows(line: Line) -> list[tuple[str, ...]]:
    first = line.first_on.isoformat() if line.first_on else ""
    if line.gap:
        return [(line.when, "", "", "", "", line.gap, *[""] * 6, GAP, first)]
    return [
        (
            line.when, told.when, told.as_written, told.agency, told.source, told.event, told.who, told.child,
            told.response, told.analysis, told.themes, str(len(line.tellings)), DIFFER if line.differ else "", first,
        )
        for told in line.tellings
    ]  # fmt: skip


def as_text(sheet: Any, text: str, *, bold: bool = False) -> Any:
    """A cell of type text with the mark that keeps it text when it is edited (ASVS 1.2.10)."""
    clean = ILLEGAL_CHARACTERS_RE.sub("", without_hidden(text))[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, value=clean)
    cell.data_type = "s"
    cell.quotePrefix = True
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if bold:
        cell.font = Font(bold=True)
    return cell


def saved(file: Any) -> bytes:
    stream = BytesIO()
    file.save(stream)
    return stream.getvalue()
