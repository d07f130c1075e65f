"""The one way in: a file is checked as every attached file is, then read as what it is."""

from datetime import date
from typing import BinaryIO

from cspr.documents.checks import Limits, RefusedFile, check
from cspr.documents.checks.kinds import kind_of
from rapid_reviews.chronology.excel import read_workbook
from rapid_reviews.chronology.grids import read_grids
from rapid_reviews.chronology.understanding import Understanding
from rapid_reviews.chronology.word import read_document

READABLE = {"docx": read_document, "xlsx": read_workbook}
ONLY = "A chronology is read from a Word document (.docx) or an Excel workbook (.xlsx). Attach other files as papers."


def understand(stream: BinaryIO, *, name: str, on: date, limits: Limits | None = None) -> Understanding:
    """What a file's tables say on this day. Raises RefusedFile before reading what is too large, has macros or lies."""
    if kind_of(name).extension not in READABLE:
        raise RefusedFile(ONLY)
    kind = check(stream, name=name, limits=limits)
    understood = Understanding()
    grids = READABLE[kind.extension](stream, understood)
    found = read_grids(grids, on=on)
    found.warnings = [*understood.warnings, *found.warnings]
    return found
