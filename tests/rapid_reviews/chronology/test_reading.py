"""Files as agencies send them: which table, which columns, what was not understood and why. Rules 6.3 and 6.4."""

import io
import random
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import OxmlElement
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from cspr.documents.checks import RefusedFile
from cspr.govuk.dates import RoughDate
from rapid_reviews.chronology import Understanding, understand
from tests.documents.office_files import with_part
from tests.rapid_reviews.chronology.files import HEAD, ON, read, read_excel, shown, word

ROWS = [
    ["12/3/26", "Health record", "Seen at clinic"],
    ["March 2026", "School log", "Absent for a week"],
]


def said(found: Understanding) -> list[tuple[str, str, str]]:
    return [(row.as_written, row.source, row.event) for row in found.rows]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_columns_are_found_in_any_order(order: tuple[int, ...]) -> None:
    rows = [[row[place] for place in order] for row in [list(HEAD), *ROWS]]
    for found in (read(word(rows)), read_excel(rows)):
        assert said(found) == [tuple(row) for row in ROWS]
        assert found.not_understood == []


@pytest.mark.parametrize(
    "headings",
    [("DATE", "Source of information", "Significant event"), ("Date & time", "Record system", "What happened?"),
     ("When", "File ref", "Details of contact"), ("Date of contact:", "Where recorded", "Summary")],
)  # fmt: skip
def test_headings_are_known_by_their_words(headings: tuple[str, ...]) -> None:
    assert said(read(word([headings, *ROWS]))) == [tuple(row) for row in ROWS]


def test_further_columns_are_read_and_others_named_as_left_out() -> None:
    head = [
        "No",
        "Date",
        "Time",
        "Event",
        "Source",
        "Professional involved",
        "Child seen?",
        "Response",
        "Comments",
        "Themes",
    ]
    row = [
        "1",
        "12/3/26",
        "14:30",
        "Visit",
        "Case note",
        "Invented Visitor",
        "Yes",
        "Referred",
        "Late",
        "Neglect; Housing",
    ]
    found = read_excel([head, row])
    one = found.rows[0]
    assert (one.who, one.child_seen, one.response, one.analysis) == (
        "Invented Visitor",
        "Yes",
        "Referred",
        "Late",
    )
    assert one.themes == ("Neglect", "Housing")
    assert f"{one.at:%H:%M}" == "14:30"
    assert found.tables[0].left_out == ("No",)


def test_two_columns_of_dates_are_a_period() -> None:
    found = read_excel(
        [["Date from", "Date to", "Event", "Source"], ["1/3/26", "4/3/26", "In hospital", "Ward notes"]]
    )
    assert found.rows[0].happened == RoughDate("BETWEEN", date(2026, 3, 1), date(2026, 3, 4))


def test_two_tables_are_both_read_and_a_third_left_out() -> None:
    family = [["Name", "Relationship", "Age"], ["Child Alder", "Subject", "4"]]
    found = read(word(family, [HEAD, ROWS[0]], [HEAD, ROWS[1]]))
    assert said(found) == [tuple(row) for row in ROWS]
    assert any("Table 1 was left out" in sentence for sentence in found.warnings)


def test_table_cut_in_two_goes_on_without_headings() -> None:
    found = read(word([HEAD, ROWS[0]], [ROWS[1]]))
    assert said(found) == [tuple(row) for row in ROWS]
    assert any("going on from the table before" in sentence for sentence in found.warnings)


@pytest.mark.parametrize(
    "content", [word(), word([["One", "Two", "Three"], ["a", "b", "c"]]), word([["", "", ""]])]
)
def test_file_without_a_chronology_says_what_is_needed(content: bytes) -> None:
    found = read(content)
    assert found.rows == []
    assert "headings Date, Source and Event" in found.warnings[-1]


def test_headings_under_a_title_and_repeated_on_every_page() -> None:
    rows = [
        ["Agency chronology", "", ""],
        list(HEAD),
        ROWS[0],
        list(HEAD),
        ["", "", ""],
        ROWS[1],
        ["", "", ""],
    ]
    for found in (read(word(rows)), read_excel(rows)):
        assert said(found) == [tuple(row) for row in ROWS]


def test_row_that_says_nothing_or_has_no_date_is_told_with_its_place() -> None:
    found = read_excel(
        [HEAD, ["", "Log", "No date here"], ["12/3/26", "Log", ""], ["sometime", "Log", "Vague"]]
    )
    assert [(one.place, one.reason) for one in found.not_understood] == [
        ("Sheet “Chronology”, row 2", "The row has no date"),
        ("Sheet “Chronology”, row 3", "The row says nothing of what happened"),
        ("Sheet “Chronology”, row 4", "This is not a date that could be understood: “sometime”"),
    ]
    assert "sometime" in found.not_understood[2].text


def test_rows_without_a_source_are_counted() -> None:
    found = read_excel([["Date", "Event"], ["12/3/26", "Visit"]])
    assert found.without_source == 1
    assert any("name no source" in sentence for sentence in found.warnings)


def test_date_merged_over_rows_is_the_date_of_each() -> None:
    def merge_word(document: Any) -> None:
        table = document.tables[0]
        table.cell(1, 0).merge(table.cell(2, 0))

    def merge_excel(book: Any) -> None:
        book.active.merge_cells("A2:A3")

    rows = [HEAD, ["12/3/26", "Log", "First"], ["", "Log", "Second"]]
    for found in (read(word(rows, change=merge_word)), read_excel(rows, merge_excel)):
        assert [row.happened.earliest for row in found.rows] == [date(2026, 3, 12)] * 2
        assert "merged" in found.rows[1].notices[-1]


def test_text_merged_over_rows_says_nothing_of_their_dates() -> None:
    def merge_word(document: Any) -> None:
        table = document.tables[0]
        table.cell(1, 2).merge(table.cell(2, 2))

    def merge_excel(book: Any) -> None:
        book.active.merge_cells("C2:C3")

    rows = [HEAD, ["12/3/26", "Log", "First"], ["13/3/26", "Log", ""]]
    for found in (read(word(rows, change=merge_word)), read_excel(rows, merge_excel)):
        assert [row.happened.earliest for row in found.rows] == [date(2026, 3, 12), date(2026, 3, 13)]
        assert [row.event for row in found.rows] == ["First", "First"]
        assert not [one for row in found.rows for one in row.notices if "merged" in one]


def test_text_merged_across_a_row_is_a_heading_between_rows() -> None:
    def merge(book: Any) -> None:
        book.active.merge_cells("A2:C2")

    found = read_excel([HEAD, ["Early years", None, None], ROWS[0]], merge)
    assert said(found) == [tuple(ROWS[0])]
    assert "across the whole row" in found.not_understood[0].reason


def test_dates_of_a_workbook_are_read_as_dates() -> None:
    found = read_excel([HEAD, [shown("2026-03-12T14:30"), "Log", "Visit"], [46093, "Log", "By number"]])
    assert [row.happened.earliest for row in found.rows] == [date(2026, 3, 12)] * 2
    assert f"{found.rows[0].at:%H:%M}" == "14:30"


def test_workbook_of_the_1904_system_is_read_in_it() -> None:
    def from_1904(book: Any) -> None:
        book.epoch = CALENDAR_MAC_1904

    found = read_excel([HEAD, [shown("2026-03-12"), "Log", "Visit"], [44631, "Log", "By number"]], from_1904)
    assert [row.happened.earliest for row in found.rows] == [date(2026, 3, 12)] * 2


def test_one_american_date_makes_the_others_doubtful() -> None:
    found = read_excel(
        [HEAD, ["3/25/2026", "Log", "One"], ["3/4/2026", "Log", "Two"], ["5/5/2026", "Log", "Same"]]
    )
    assert "it may be 4 March 2026" in found.rows[1].notices[-1]
    assert found.rows[1].happened.earliest == date(2026, 4, 3)
    assert found.rows[2].notices == ()


def test_days_swapped_by_excel_are_doubted_where_text_dates_show_it() -> None:
    found = read_excel(
        [HEAD, ["13/04/2026", "Log", "Stayed text"], [shown("2026-04-03"), "Log", "Was 4/3 or 3/4"]]
    )
    assert "Excel seems to have swapped" in found.rows[1].notices[-1]
    assert "it may be 4 March 2026" in found.rows[1].notices[-1]


def test_figures_are_said_to_be_read_day_first() -> None:
    assert any(
        "day first" in sentence for sentence in read_excel([HEAD, ["3/4/2026", "Log", "Two"]]).warnings
    )


def test_formula_without_a_stored_result_is_told() -> None:
    found = read_excel([HEAD, ["12/3/26", "Log", '=CONCATENATE("a","b")']])
    assert found.rows == []
    assert "formula without a stored result" in found.not_understood[0].reason


def test_hidden_sheets_rows_and_columns_are_left_out_and_named() -> None:
    def hide(book: Any) -> None:
        book.active.row_dimensions[2].hidden = True
        book.active.column_dimensions["D"].hidden = True
        secret = book.create_sheet("Legal advice")
        secret.sheet_state = "veryHidden"
        for row in (HEAD, ["1/1/26", "Secret", "Must not be read"]):
            secret.append(row)

    found = read_excel([[*HEAD, "Analysis"], [*ROWS[0], "x"], [*ROWS[1], "hidden thought"]], hide)
    assert said(found) == [tuple(ROWS[1])]
    assert found.rows[0].analysis == ""
    told = " ".join(found.warnings)
    assert "“Legal advice” is hidden" in told
    assert "1 hidden row was left out" in told
    assert "1 hidden column was left out" in told


def test_text_deleted_with_tracked_changes_is_left_out_and_told() -> None:
    def delete(document: Any) -> None:
        paragraph = document.tables[0].cell(1, 2).paragraphs[0]
        run = paragraph.add_run(" and hidden words")
        run.font.hidden = True
        moved = OxmlElement("w:moveFrom")
        moved.append(paragraph.add_run(" moved away")._r)
        paragraph._p.append(moved)

    found = read(word([HEAD, ROWS[0]], change=delete))
    assert found.rows[0].event == "Seen at clinic"
    assert len([one for one in found.warnings if "left out" in one]) == 2


def test_table_inside_a_table_is_read_once() -> None:
    def nest(document: Any) -> None:
        inner = document.tables[0].cell(0, 0).add_table(rows=2, cols=3)
        for line, row in zip(inner.rows, [HEAD, ROWS[0]], strict=True):
            for cell, text in zip(line.cells, row, strict=True):
                cell.text = text

    assert said(read(word([["layout", "x"]], change=nest))) == [tuple(ROWS[0])]


def test_ten_thousand_rows_are_read_and_one_more_is_told() -> None:
    rows = [HEAD, *[["12/3/26", "Log", f"Event {n}"] for n in range(10_001)]]
    found = read_excel(rows)
    assert len(found.rows) == 10_000
    assert any("more than 10,000 rows" in sentence for sentence in found.warnings)
    assert not any("Attach the rest" in sentence for sentence in found.warnings)


def test_table_of_headings_alone_says_that_it_has_no_row() -> None:
    assert any("no row under its headings" in sentence for sentence in read(word([HEAD])).warnings)


def test_file_of_50_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    class Measured(io.BytesIO):
        was_read = 0

        def read(self, size: int | None = -1) -> bytes:
            content = super().read(size)
            self.was_read += len(content)
            return content

    stream = Measured(b"PK\x03\x04" + random.Random(1).randbytes(1024) * (50 * 1024))
    with pytest.raises(RefusedFile, match="larger than 25MB"):
        understand(stream, name="chronology.xlsx", on=ON)
    assert stream.was_read == 0


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [(with_part("word/vbaProject.bin", b"x", content_type="application/vnd.ms-office.vbaProject"), "c.docx", "macros"),
     (word([HEAD, ROWS[0]]), "c.docm", "macros"), (word([HEAD, ROWS[0]]), "c.xlsx", "not what its name says"),
     (b"%PDF-1.7", "c.pdf", "Word document"), (b"", "c.docx", "empty"), (b"PK\x03\x04 broken", "c.docx", "damaged"),
     (b"Date,Source,Event", "c.csv", "Word document"), (b"x", "c.xls", "older kind")],
)  # fmt: skip
def test_other_files_are_refused_with_a_sentence_that_helps(content: bytes, name: str, why: str) -> None:
    with pytest.raises(RefusedFile, match=why):
        read(content, name)


def test_what_was_understood_survives_storing() -> None:
    found = read_excel([HEAD, *ROWS, ["sometime", "Log", "Vague"]])
    assert Understanding.restored(found.stored()) == found


@pytest.mark.parametrize(
    ("source", "event"),
    [("Agency record", "Concern"), ("Case record", "Case notes"), ("System/Record", "Observations")],
)
def test_headings_that_agencies_use_are_known(source: str, event: str) -> None:
    found = read_excel([["Date", source, event], ["12/3/26", "Log", "Seen"]])
    assert [(row.source, row.event) for row in found.rows] == [("Log", "Seen")]
