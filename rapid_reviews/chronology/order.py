"""Day first or month first: doubt where the table itself gives reason to."""

from collections.abc import MutableSequence
from dataclasses import dataclass, field, replace

from rapid_reviews.chronology.cells import Cell
from rapid_reviews.chronology.understanding import Told
from rapid_reviews.chronology.words import Dated

OTHERS_ARE_AMERICAN = "other dates of the table are written the American way"
EXCEL_SWAPPED = "Excel seems to have swapped day and month in this table"
DAY_FIRST = "dates in figures were read with the day first, as 3/4/2026 is 3 April 2026."


@dataclass
class Order:
    """What the dates of one table show. Numbers are places in the list of rows."""

    swappable: list[int] = field(default_factory=list)
    from_excel: list[int] = field(default_factory=list)
    month_first: bool = False
    text_day_first: bool = False
    excel_day_first: bool = False

    def note(self, number: int, cell: Cell, dated: Dated) -> None:
        """Remember what the date of one row shows."""
        day = dated.happened.earliest
        if day is None:
            return
        if isinstance(cell.value, str):
            self.month_first = self.month_first or dated.american
            if dated.swappable:
                self.swappable.append(number)
            elif not dated.american and day.day > 12 and "/" in cell.text:
                self.text_day_first = True
        elif day.day > 12:
            self.excel_day_first = True
        elif day.day != day.month:
            self.from_excel.append(number)

    def flag(self, rows: MutableSequence[Told]) -> bool:
        """Flag the doubtful dates; answers whether to say how figures were read.

        A workbook made with American settings turns 3/4/2026 into a date cell of 4 March and leaves 13/4/2026 as text.
        """
        for number in self.swappable if self.month_first else ():
            rows[number] = doubted(rows[number], why=OTHERS_ARE_AMERICAN)
        for number in self.from_excel if self.text_day_first and not self.excel_day_first else ():
            rows[number] = doubted(rows[number], why=EXCEL_SWAPPED)
        return bool(self.swappable) and not self.month_first


def doubted(row: Told, *, why: str) -> Told:
    """The row with its other reading, and why it may be that one."""
    day = row.happened.earliest
    if day is None or day.day > 12:
        return row
    other = day.replace(month=day.day, day=day.month)
    sentence = f"Check the date: {why}, so it may be {other.day} {other:%B %Y}"
    return replace(row, notices=(*row.notices, sentence))
