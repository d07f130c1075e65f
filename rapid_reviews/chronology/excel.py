"""The sheets of an Excel workbook as grids: values as shown, merged cells filled, hidden ones left out and told."""

import re
import warnings
import zipfile
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from xml.parsers import expat

import openpyxl
from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.utils.exceptions import InvalidFileException

from cspr.documents.checks import RefusedFile
from cspr.documents.checks.kinds import DAMAGED
from rapid_reviews.chronology.cells import EMPTY, Cell
from rapid_reviews.chronology.grids import MOST_ROWS, Grid, Line
from rapid_reviews.chronology.understanding import Understanding

MOST_SHEETS, MOST_COLUMNS, MOST_MERGED, MOST_BLANK = 30, 60, 20_000, 10_000
NOT_CALCULATED = (
    "The cell holds a formula without a stored result. Open the file in Excel, save it and attach it again"
)
ERROR = re.compile(r"^#(N/A|REF!|VALUE!|DIV/0!|NUM!|NAME\?|NULL!)$")


@dataclass
class Layout:
    """What openpyxl does not tell of a sheet it only reads: hidden rows and columns, merged cells, empty formulas."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    not_calculated: set[tuple[int, int]] = field(default_factory=set)
    used_rows: set[int] = field(default_factory=set)
    used_columns: set[int] = field(default_factory=set)

    def filled_from(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For every cell inside a merged range, the cell that holds its value."""
        source: dict[tuple[int, int], tuple[int, int]] = {}
        for left, top, right, bottom in self.merged:
            for row in range(top, bottom + 1):
                if len(source) > MOST_MERGED:
                    return source
                for column in range(left, min(right, MOST_COLUMNS) + 1):
                    source[row, column] = top, left
        return source


def read_workbook(stream: BinaryIO, understood: Understanding) -> list[Grid]:
    """Every visible sheet as a grid; hidden ones are named in the warnings.

    What the library warns of (a feature it does not know, a number that is no date) is told cell by cell or is nothing.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return read_sheets(stream, understood)


def read_sheets(stream: BinaryIO, understood: Understanding) -> list[Grid]:
    try:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError):
        raise RefusedFile(DAMAGED) from None
    sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "_worksheet_path")]
    grids = []
    for sheet in sheets[:MOST_SHEETS]:
        if sheet.sheet_state != "visible":
            understood.warn(
                f"The sheet “{sheet.title}” is hidden, so it was left out. Show it and attach the file again if it "
                "belongs to the chronology."
            )
            continue
        grids.append(read_sheet(book, sheet, understood))
    if len(sheets) > MOST_SHEETS:
        understood.warn(f"Only the first {MOST_SHEETS} sheets were read.")
    return grids


def read_sheet(book: Any, sheet: Any, understood: Understanding) -> Grid:
    """One sheet."""
    place = f"Sheet “{sheet.title}”"
    layout = layout_of(book, sheet)
    say_what_is_hidden(layout, place, understood)
    grid = Grid(place, from_1904=book.epoch == CALENDAR_MAC_1904)
    sheet.reset_dimensions()
    filled = layout.filled_from()
    values: dict[tuple[int, int], Cell] = {}
    tops = set(filled.values())
    blank = 0
    try:
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
            line = read_row(number, row, layout, filled, tops, values, place)
            blank = blank + 1 if line.is_blank else 0
            if number not in layout.hidden_rows and not line.is_blank:
                grid.lines.append(line)
            if blank > MOST_BLANK or len(grid.lines) > MOST_ROWS + 100:
                break
    except (ValueError, KeyError, IndexError, TypeError, OverflowError, zipfile.BadZipFile):
        raise RefusedFile(DAMAGED) from None
    same_width(grid)
    return grid


def read_row(
    number: int,
    row: tuple[Any, ...],
    layout: Layout,
    filled: dict[tuple[int, int], tuple[int, int]],
    tops: set[tuple[int, int]],
    values: dict[tuple[int, int], Cell],
    place: str,
) -> Line:
    """One row without the hidden columns; a cell inside a merged range has the range's value."""
    cells: list[Cell] = []
    continues: set[int] = set()
    for column, value in enumerate(row, 1):
        here = number, column
        cell = cell_of(value, here, layout)
        if here in tops:
            values[here] = cell
        elif here in filled:
            cell = values.get(filled[here], EMPTY)
        if column in layout.hidden_columns:
            continue
        if filled.get(here, here)[0] < number:
            continues.add(len(cells))
        cells.append(cell)
    return Line(f"{place}, row {number}", cells, frozenset(continues))


def cell_of(value: Any, here: tuple[int, int], layout: Layout) -> Cell:
    if value is None:
        return Cell(problem=NOT_CALCULATED) if here in layout.not_calculated else EMPTY
    if isinstance(value, str) and ERROR.match(value):
        return Cell(problem=f"The cell holds Excel’s error {value}")
    return Cell(value)


def same_width(grid: Grid) -> None:
    """Empty columns at the right belong to nobody."""
    widths = [
        max((n for n, cell in enumerate(line.cells, 1) if cell.text or cell.problem), default=0)
        for line in grid.lines
    ]
    width = max(widths, default=0)
    for line in grid.lines:
        line.cells = [*line.cells[:width], *[EMPTY] * (width - len(line.cells))]


def say_what_is_hidden(layout: Layout, place: str, understood: Understanding) -> None:
    """Hidden rows and columns are left out; of those that hold something the person is told."""
    for hidden, noun in (
        (layout.hidden_rows & layout.used_rows, "row"),
        (layout.hidden_columns & layout.used_columns, "column"),
    ):
        if hidden:
            several = f"{len(hidden)} hidden {noun}{'s' if len(hidden) > 1 else ''}"
            was, them, they = ("were", "them", "they") if len(hidden) > 1 else ("was", "it", "it")
            understood.warn(
                f"{place}: {several} {was} left out. Show {them} and attach the file again if {they} should be read."
            )


def layout_of(book: Any, sheet: Any) -> Layout:
    """Read the sheet's part once, as a stream, for what openpyxl leaves unsaid."""
    scan = LayoutScan()
    try:
        with book._archive.open(sheet._worksheet_path) as part:
            scan.parser.ParseFile(part)
    except (expat.ExpatError, zipfile.BadZipFile, KeyError, ValueError, OverflowError):
        raise RefusedFile(DAMAGED) from None
    return scan.layout


class LayoutScan:
    """Follows the elements of a sheet's part."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.row = self.column = 0
        self.formula = self.value = self.inside = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.refuse

    def refuse(self, *_: Any) -> None:
        raise ValueError("a sheet has no document type")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            if attributes.get("hidden") in {"1", "true"}:
                self.layout.hidden_rows.add(self.row)
        elif name == "c":
            self.column = coordinate_to_tuple(attributes["r"])[1] if "r" in attributes else self.column + 1
            self.formula = self.value = False
        elif name == "f":
            self.formula = True
        elif name in {"v", "is", "t"}:
            self.inside = True
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            last = min(int(attributes["max"]), MOST_COLUMNS)
            self.layout.hidden_columns.update(range(int(attributes["min"]), last + 1))
        elif name == "mergeCell" and len(self.layout.merged) < MOST_MERGED:
            left, top, right, bottom = range_boundaries(attributes["ref"])
            if left and top and right and bottom:
                self.layout.merged.append((left, top, right, bottom))

    def text(self, content: str) -> None:
        self.value = self.value or self.inside

    def end(self, name: str) -> None:
        self.inside = False
        if name.rpartition(":")[2] != "c":
            return
        if self.value:
            self.layout.used_rows.add(self.row)
            self.layout.used_columns.add(self.column)
        elif self.formula:
            self.layout.not_calculated.add((self.row, self.column))
