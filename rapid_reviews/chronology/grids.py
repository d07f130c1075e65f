"""Tables as grids of cells, and what a grid of a chronology says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from cspr.govuk.dates import RoughDate, parse_time
from rapid_reviews.chronology import columns
from rapid_reviews.chronology.cells import EMPTY, Cell, read_cell
from rapid_reviews.chronology.columns import Headings, read_headings
from rapid_reviews.chronology.order import DAY_FIRST, Order
from rapid_reviews.chronology.spans import NotADate
from rapid_reviews.chronology.understanding import NotUnderstood, Read, Told, Understanding
from rapid_reviews.chronology.words import Dated

HEADINGS_WITHIN = 50
MOST_ROWS = 10_000
LONGEST = {
    "event": 10_000,
    "response": 10_000,
    "analysis": 10_000,
    "child_said": 10_000,
    "source": 200,
    "who": 200,
}
SHOWN = 120
TOO_MANY = (
    f"The file has more than {MOST_ROWS:,} rows, which is as many as a chronology holds: the first {MOST_ROWS:,} were "
    "read. Tell the business unit of the rest."
)


@dataclass
class Line:
    """One row of a grid and where it stands. ``continues``: the places of cells merged with the one above."""

    place: str
    cells: list[Cell]
    continues: frozenset[int] = frozenset()

    @property
    def texts(self) -> list[str]:
        return [cell.text for cell in self.cells]

    @property
    def is_blank(self) -> bool:
        return not any(cell.text or cell.problem for cell in self.cells)


@dataclass
class Grid:
    """One table. ``place`` is "Table 2" or "Sheet “Chronology”"."""

    place: str
    lines: list[Line] = field(default_factory=list)
    from_1904: bool = False


def read_grids(grids: Sequence[Grid], *, on: date) -> Understanding:
    """Read every table that is a chronology; say of the others that they were left out."""
    understood = Understanding()
    before: tuple[Headings, int] | None = None
    for grid in grids:
        lines = [line for line in grid.lines if not line.is_blank]
        if not lines:
            continue
        found = heading_line(lines)
        if found is not None:
            number, headings = found
            before = headings, len(lines[number].cells)
            lines = lines[number + 1 :]
            understood.tables.append(named(grid, headings))
        elif before is not None and goes_on(lines, before, on=on, grid=grid):
            headings = before[0]
            understood.warn(
                f"{grid.place} has no headings. It was read as going on from the table before it."
            )
        else:
            understood.warn(f"{grid.place} was left out: it has no headings for a date and an event.")
            continue
        read_lines(lines, headings, grid, understood, on=on)
    settle(understood)
    return understood


def heading_line(lines: Sequence[Line]) -> tuple[int, Headings] | None:
    """The first row, among the first 50, that names a date and an event."""
    for number, line in enumerate(lines[:HEADINGS_WITHIN]):
        headings = read_headings(line.texts)
        if headings.can_be_read:
            return number, headings
    return None


def goes_on(lines: Sequence[Line], before: tuple[Headings, int], *, on: date, grid: Grid) -> bool:
    """A table without headings goes on from the one before when it is as wide and begins with a date."""
    headings, width = before
    if len(lines[0].cells) != width:
        return False
    try:
        read_cell(at(lines[0], headings.places[columns.DATE]), on=on, from_1904=grid.from_1904)
    except NotADate:
        return False
    return True


def named(grid: Grid, headings: Headings) -> Read:
    """Which heading was taken for which column, for the preview."""
    taken = tuple((columns.LABELS[name], headings.words[name]) for name in headings.places)
    return Read(grid.place, taken, headings.left_out)


@dataclass
class Reader:
    """Reads the rows of one table; remembers the last date for cells merged below it."""

    headings: Headings
    grid: Grid
    understood: Understanding
    on: date
    last: Dated | None = None
    order: Order = field(default_factory=Order)


def read_lines(
    lines: Sequence[Line], headings: Headings, grid: Grid, understood: Understanding, *, on: date
) -> None:
    """Read the rows under the headings into ``understood``."""
    reader = Reader(headings, grid, understood, on)
    for line in lines:
        if len(understood.rows) >= MOST_ROWS:
            understood.warn(TOO_MANY)
            break
        if not headings.same_as(line.texts):
            read_line(line, reader)
    if reader.order.flag(understood.rows):
        understood.warn(f"{grid.place}: {DAY_FIRST}")


def read_line(line: Line, reader: Reader) -> None:
    """One row: understood, or put among what was not with the reason."""
    cell = at(line, reader.headings.places[columns.DATE])
    texts = texts_of(line, reader)
    if spans_the_table(line):
        reader.understood.not_understood.append(
            NotUnderstood(
                line.place, shortened(line.texts[0]), "One text runs across the whole row, as a heading does"
            )
        )
        return
    if texts is None:
        return
    if not texts["event"]:
        refuse(line, reader, "The row says nothing of what happened")
        return
    dated = date_of(line, cell, reader)
    if dated is None:
        return
    row = Told(
        place=line.place, happened=dated.happened, at=dated.at, as_written=cell.text.replace("\n", " ")[:200],
        themes=tuple(one.strip() for one in re.split(r"[;,\n]", texts.pop("themes")) if one.strip()),
        notices=(*dated.notices, *shortened_notices(texts)),
        **{name: text[: LONGEST.get(name, 200)] for name, text in texts.items()},
    )  # fmt: skip
    reader.order.note(len(reader.understood.rows), cell, dated)
    reader.understood.rows.append(row)


def texts_of(line: Line, reader: Reader) -> dict[str, str] | None:
    """The text of every column but the dates; None where a cell of the row cannot be read."""
    texts = {}
    for name in ("event", "source", "who", "child_seen", "child_said", "response", "analysis", "themes"):
        place = reader.headings.places.get(name)
        cell = at(line, place) if place is not None else EMPTY
        if cell.problem:
            refuse(line, reader, f"{columns.LABELS[name]}: {cell.problem}")
            return None
        texts[name] = cell.text
    return texts


def date_of(line: Line, cell: Cell, reader: Reader) -> Dated | None:
    """The date of a row; that of the row above where the cell is merged with it. None after a refusal."""
    continues = reader.headings.places[columns.DATE] in line.continues
    if not cell.text and not cell.problem:
        if continues and reader.last is not None:
            return replace(reader.last, notices=("The date is that of the row above: the cells are merged",))
        refuse(line, reader, "The row has no date")
        return None
    try:
        dated = read_cell(cell, on=reader.on, from_1904=reader.grid.from_1904)
        dated = timed(until(dated, line, reader), line, reader)
    except NotADate as reason:
        refuse(line, reader, f"{reason.sentence}: “{shortened(cell.text)}”" if cell.text else reason.sentence)
        return None
    if continues:
        dated = replace(
            dated, notices=(*dated.notices, "The date is that of the row above: the cells are merged")
        )
    reader.last = dated
    return dated


def until(dated: Dated, line: Line, reader: Reader) -> Dated:
    """With a column for the day it ended, a period. Raises NotADate."""
    place = reader.headings.places.get(columns.UNTIL)
    cell = at(line, place) if place is not None else EMPTY
    if not cell.text or dated.happened.earliest is None:
        return dated
    ended = read_cell(cell, on=reader.on, from_1904=reader.grid.from_1904).happened
    if ended.latest is None or ended.latest == dated.happened.earliest:
        return dated
    if ended.latest < dated.happened.earliest:
        raise NotADate("The period ends before it begins")
    return replace(dated, happened=RoughDate(RoughDate.BETWEEN, dated.happened.earliest, ended.latest))


def timed(dated: Dated, line: Line, reader: Reader) -> Dated:
    """With a column for the time of day; what is no time is left out without refusing the row."""
    place = reader.headings.places.get(columns.TIME)
    cell = at(line, place) if place is not None else EMPTY
    if not cell.text or dated.at is not None:
        return dated
    clock = cell.value if isinstance(cell.value, time) else None
    clock = clock or parse_time(
        cell.text.lower().removesuffix("hrs").removesuffix("h").strip()[:8].removesuffix(":00")
    )
    if clock is None:
        return replace(
            dated, notices=(*dated.notices, f"The time “{shortened(cell.text)}” was not understood")
        )
    return replace(dated, at=clock)


def settle(understood: Understanding) -> None:
    """The sentence that helps where nothing at all was understood."""
    if not understood.tables:
        understood.warn(
            "No chronology was found in the file. It needs a table with the headings Date, Source and Event, "
            "in any order."
        )
    elif not understood.rows and not understood.not_understood:
        understood.warn("The table has no row under its headings.")
    elif understood.without_source:
        understood.warn("Some rows name no source. Say where they come from before you take them in.")


def refuse(line: Line, reader: Reader, reason: str) -> None:
    text = " | ".join(one for one in line.texts if one)
    reader.understood.not_understood.append(NotUnderstood(line.place, shortened(text), reason))


def at(line: Line, place: int) -> Cell:
    return line.cells[place] if place < len(line.cells) else EMPTY


def spans_the_table(line: Line) -> bool:
    """One text merged over all columns: a title between rows."""
    return len(line.cells) > 2 and bool(line.texts[0]) and len(set(line.texts)) == 1


def shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def shortened_notices(texts: dict[str, str]) -> tuple[str, ...]:
    """What was cut because it is longer than a row can hold."""
    return tuple(
        f"{columns.LABELS[name]} is longer than {LONGEST.get(name, 200):,} characters and was cut"
        for name, text in texts.items()
        if len(text) > LONGEST.get(name, 200)
    )
