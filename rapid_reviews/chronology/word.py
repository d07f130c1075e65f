"""The tables of a Word document as grids: merged cells filled, deleted and hidden text left out and told."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import docx
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

from cspr.documents.checks import RefusedFile
from cspr.documents.checks.kinds import DAMAGED
from rapid_reviews.chronology.cells import EMPTY, Cell
from rapid_reviews.chronology.grids import MOST_ROWS, Grid, Line
from rapid_reviews.chronology.understanding import Understanding

TABLE, ROW, CELL, PARAGRAPH, RUN = (qn(f"w:{name}") for name in ("tbl", "tr", "tc", "p", "r"))
TEXT, TAB, BREAK, RETURN, HYPHEN = (qn(f"w:{name}") for name in ("t", "tab", "br", "cr", "noBreakHyphen"))
DELETED, MOVED = qn("w:del"), qn("w:moveFrom")
NESTED = {TABLE, qn("w:txbxContent"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
PROPERTIES, VANISH = qn("w:rPr"), qn("w:vanish")
MOST_TABLES, MOST_COLUMNS = 200, 60
DELETED_TEXT = (
    "Text deleted with tracked changes was left out. Accept or reject the changes if it should be read."
)
HIDDEN_TEXT = "Hidden text was left out. Show it and attach the file again if it should be read."


@dataclass
class Merged:
    """A cell that goes on in the row below."""

    cell: Cell
    width: int


def read_document(stream: BinaryIO, understood: Understanding) -> list[Grid]:
    """Every table of the document, those inside other tables too, in the order of the text."""
    try:
        body = docx.Document(stream).element.body
    except (KeyError, ValueError, XMLSyntaxError, AttributeError, IndexError):
        raise RefusedFile(DAMAGED) from None
    grids = []
    for number, table in enumerate(body.iter(TABLE), 1):
        if number > MOST_TABLES:
            understood.warn(f"Only the first {MOST_TABLES} tables were read.")
            break
        grids.append(read_table(table, f"Table {number}", understood))
    return grids


def read_table(table: Any, place: str, understood: Understanding) -> Grid:
    """One table. A row deleted with tracked changes is left out."""
    grid = Grid(place)
    above: dict[int, Merged] = {}
    for number, row in enumerate(own(table, ROW), 1):
        properties = row.find(qn("w:trPr"))
        if properties is not None and properties.find(DELETED) is not None:
            understood.warn(DELETED_TEXT)
            continue
        grid.lines.append(read_row(row, f"{place}, row {number}", above, understood))
        if len(grid.lines) > MOST_ROWS + 100:
            break
    width = max((len(line.cells) for line in grid.lines), default=0)
    for line in grid.lines:
        line.cells += [EMPTY] * (width - len(line.cells))
    return grid


def read_row(row: Any, place: str, above: dict[int, Merged], understood: Understanding) -> Line:
    """One row: a cell over several columns fills each, a cell merged with the one above has its text."""
    cells: list[Cell] = [EMPTY] * number_of(row.find(qn("w:trPr")), "gridBefore")
    continues: set[int] = set()
    for element in own(row, CELL):
        properties = element.find(qn("w:tcPr"))
        width = max(1, number_of(properties, "gridSpan"))
        merge = properties.find(qn("w:vMerge")) if properties is not None else None
        start = len(cells)
        if merge is not None and merge.get(qn("w:val")) != "restart" and start in above:
            cell = above[start].cell
            continues |= set(range(start, start + width))
        else:
            cell = Cell(text_of(element, understood) or None)
            above.pop(start, None)
        if merge is not None:
            above[start] = Merged(cell, width)
        cells += [cell] * min(width, MOST_COLUMNS)
    return Line(place, cells[:MOST_COLUMNS], frozenset(continues))


def number_of(properties: Any, name: str) -> int:
    """The value of a counting property; 0 where it is absent or no number."""
    found = properties.find(qn(f"w:{name}")) if properties is not None else None
    text = found.get(qn("w:val"), "") if found is not None else ""
    return min(int(text), MOST_COLUMNS) if text.isascii() and text.isdigit() else 0


def own(parent: Any, tag: str) -> Iterator[Any]:
    """The children of a kind, through content controls and tracked insertions, never inside another table."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in {TABLE, CELL, ROW, DELETED, MOVED}:
            yield from own(child, tag)


def text_of(cell: Any, understood: Understanding) -> str:
    """The text of a cell, a line for each paragraph; the text of a table inside it is that table's."""
    return "\n".join("".join(pieces(paragraph, understood)) for paragraph in own(cell, PARAGRAPH)).strip()


def pieces(element: Any, understood: Understanding) -> Iterator[str]:
    """The pieces of text a reader of the page would see."""
    for child in element:
        if child.tag in {DELETED, MOVED}:
            understood.warn(DELETED_TEXT)
        elif child.tag == RUN and is_hidden(child):
            understood.warn(HIDDEN_TEXT)
        elif child.tag == TEXT:
            yield child.text or ""
        elif child.tag == TAB:
            yield " "
        elif child.tag in {BREAK, RETURN}:
            yield "\n"
        elif child.tag == HYPHEN:
            yield "-"
        elif isinstance(child.tag, str) and child.tag not in NESTED and child.tag != PROPERTIES:
            yield from pieces(child, understood)


def is_hidden(run: Any) -> bool:
    properties = run.find(PROPERTIES)
    vanish = properties.find(VANISH) if properties is not None else None
    return vanish is not None and vanish.get(qn("w:val")) not in {"0", "false", "off"}
