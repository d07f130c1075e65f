"""Files that are broken, locked, too heavy or not what they seem: understood, or refused with what to do instead."""

import re
from datetime import date
from typing import Any

import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl.chart import BarChart, Reference

from cspr.documents.checks import RefusedFile
from tests.documents import office_files as office
from tests.rapid_reviews.chronology.files import HEAD, excel, read, read_excel, shown, word

ROW = ["12/3/26", "Log", "Seen at clinic"]
LOCKED, BROKEN = "protected by a password", "damaged or incomplete"


def sheet_changed(content: bytes, old: str, new: str) -> bytes:
    """A workbook whose first sheet says something else."""
    parts = office.parts_of(content)
    name = "xl/worksheets/sheet1.xml"
    assert old.encode() in parts[name]
    return office.zipped({**parts, name: parts[name].replace(old.encode(), new.encode())})


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (office.locked(), "chronology.docx", LOCKED),
        (office.locked(), "chronology.xlsx", LOCKED),
        (office.flagged_locked(), "chronology.docx", LOCKED),
        (office.older(), "chronology.docx", "older"),
        (b"", "chronology.xlsx", "empty"),
        (b"PK\x05\x06" + bytes(18), "chronology.xlsx", "not what its name says"),
        (excel([HEAD, ROW])[:900], "chronology.xlsx", BROKEN),
        (word([HEAD, ROW])[:-400], "chronology.docx", BROKEN),
        (office.wrong_checksum(), "chronology.docx", BROKEN),
        (office.bomb(), "chronology.docx", "unpacks"),
        (office.many_parts(), "chronology.docx", "Copy the table"),
        (office.with_entity(), "chronology.docx", "not built like a Word or Excel file"),
        (office.macro_main(), "chronology.xlsx", "macros"),
        (excel([HEAD, ROW]), "chronology.docx", "not what its name says"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "chronology.xlsx", "not what its name says"),
        (b"{\\rtf1 Date Source Event}", "chronology.rtf", "older kind"),
        (b"<table><tr><td>Date</td></tr></table>", "chronology.xlsx", "not what its name says"),
        (
            office.with_relationship("attachedTemplate", "http://x.test/t.dotm"),
            "chronology.docx",
            "linked to a template elsewhere. Copy the table into a new Word document",
        ),
    ],
)
def test_file_is_refused_with_what_to_do_instead(content: bytes, name: str, why: str) -> None:
    with pytest.raises(RefusedFile, match=why) as refused:
        read(content, name)
    assert re.search(r"\b(attach|Attach)\b", refused.value.sentence)


def test_sheet_that_is_no_xml_is_refused_as_damaged() -> None:
    with pytest.raises(RefusedFile, match=BROKEN):
        read(sheet_changed(excel([HEAD, ROW]), "</sheetData>", "</sheet"), "chronology.xlsx")


@pytest.mark.parametrize(
    ("number", "why"),
    [(0, "a time without a date"), (0.5, "a time without a date"), (1, "only a time or a small number"),
     (60, "only a time or a small number"), (366, "only a time or a small number"), (-5, "before 1900"),
     (80_000, "in the future"), (2_958_465, "in the future"), (2_958_466, "Excel’s error"), (10**12, "Excel’s error")],
)  # fmt: skip
def test_number_that_excel_shows_as_a_day_nobody_meant_is_told(number: float, why: str) -> None:
    def as_date(book: Any) -> None:
        cell = book.active["A2"]
        cell.value, cell.number_format = number, "dd/mm/yyyy"

    found = read_excel([HEAD, [None, "Log", "Seen"]], as_date)
    assert found.rows == []
    assert why in found.not_understood[0].reason


def test_formula_with_a_stored_result_is_read_as_what_it_shows() -> None:
    content = excel([HEAD, [shown("2026-03-12"), "Log", '=CONCATENATE("Seen"," twice")']])
    stored = sheet_changed(content, "<v /></c>" if b"<v />" in office.parts_of(content)["xl/worksheets/sheet1.xml"]
                           else "<v></v></c>", "<v>Seen twice</v></c>")  # fmt: skip
    text = sheet_changed(stored, '<c r="C2">', '<c r="C2" t="str">')
    assert [row.event for row in read(text, "chronology.xlsx").rows] == ["Seen twice"]


def test_text_that_looks_like_a_formula_is_kept_as_text() -> None:
    found = read(word([HEAD, ["12/3/26", "Log", '=HYPERLINK("http://x.test")']]))
    assert found.rows[0].event == '=HYPERLINK("http://x.test")'


@pytest.mark.parametrize("error", ["#REF!", "#VALUE!", "#N/A"])
def test_error_of_excel_is_told_with_its_cell(error: str) -> None:
    found = read_excel([HEAD, [error, "Log", "Seen"]])
    assert f"Excel’s error {error}" in found.not_understood[0].reason
    assert found.not_understood[0].place == "Sheet “Chronology”, row 2"


def test_workbook_with_hidden_sheets_only_says_so() -> None:
    def hide(book: Any) -> None:
        book.create_sheet("Cover")
        book.worksheets[0].sheet_state = "hidden"

    found = read_excel([HEAD, ROW], hide)
    assert found.rows == []
    assert "“Chronology” is hidden" in found.warnings[0]


def test_unused_columns_that_are_hidden_are_not_worth_a_word() -> None:
    def hide(book: Any) -> None:
        for letter in "DEFG":
            book.active.column_dimensions[letter].hidden = True

    found = read_excel([HEAD, ROW], hide)
    assert len(found.rows) == 1
    assert not any("hidden" in sentence for sentence in found.warnings)


def test_sheet_with_a_chart_is_passed_over() -> None:
    def draw(book: Any) -> None:
        chart = BarChart()
        chart.add_data(Reference(book.active, min_col=1, min_row=1, max_row=2))
        book.create_chartsheet("Picture").add_chart(chart)

    assert len(read_excel([HEAD, ROW], draw).rows) == 1


def test_row_at_the_very_end_of_a_sheet_does_not_stop_the_reading() -> None:
    def far(book: Any) -> None:
        book.active.cell(1_048_576, 1).value = "stray"

    assert [row.event for row in read_excel([HEAD, ROW], far).rows] == ["Seen at clinic"]


def test_cells_merged_both_ways_fill_every_row_and_column() -> None:
    def merge(book: Any) -> None:
        book.active.merge_cells("A2:B3")

    found = read_excel([HEAD, ["12/3/26", None, "First"], [None, None, "Second"]], merge)
    assert [(row.happened.earliest, row.event) for row in found.rows] == [
        (date(2026, 3, 12), "First"), (date(2026, 3, 12), "Second"),
    ]  # fmt: skip


def test_headings_over_two_columns_and_a_merged_title_are_read() -> None:
    rows = [
        ["Chronology of Child Alder", "", "", ""],
        ["Date", "Event", "Event", "Source"],
        ["12/3/26", "Seen", "", "Log"],
    ]

    def merge(document: Any) -> None:
        table = document.tables[0]
        table.cell(0, 0).merge(table.cell(0, 3))
        table.cell(1, 1).merge(table.cell(1, 2)).text = "Event"

    found = read(word(rows, change=merge))
    assert [(row.event, row.source) for row in found.rows] == [("Seen", "Log")]


def test_date_picked_in_a_content_control_is_read() -> None:
    def control(document: Any) -> None:
        paragraph = document.tables[0].cell(1, 0).paragraphs[0]
        inner = parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:r><w:t>12 March 2026</w:t></w:r></w:sdtContent></w:sdt>"
        )
        paragraph._p.append(inner)

    assert read(word([HEAD, ["", "Log", "Seen"]], change=control)).rows[0].happened.earliest == date(
        2026, 3, 12
    )


def test_text_inserted_with_tracked_changes_is_read() -> None:
    def insert(document: Any) -> None:
        paragraph = document.tables[0].cell(1, 2).paragraphs[0]
        inserted = OxmlElement("w:ins")
        inserted.set(qn("w:id"), "1")
        inserted.append(paragraph.add_run(" and heard")._r)
        paragraph._p.append(inserted)

    assert read(word([HEAD, ROW], change=insert)).rows[0].event == "Seen at clinic and heard"


def test_chronology_written_as_lines_and_not_as_a_table_says_what_is_needed() -> None:
    found = read(word(change=lambda document: document.add_paragraph("12/3/26\tLog\tSeen at clinic")))
    assert found.rows == []
    assert "It needs a table" in found.warnings[-1]
