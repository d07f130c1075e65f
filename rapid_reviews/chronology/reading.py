"""The one way in: a file is checked as every attached file is, then read as what it is."""

from datetime import date
from typing import BinaryIO

from cspr.documents.checks import FileKind, Limits, RefusedFile, check
from cspr.documents.checks.kinds import NOT_KEPT, kind_of
from rapid_reviews.chronology.excel import read_workbook
from rapid_reviews.chronology.grids import read_grids
from rapid_reviews.chronology.understanding import Understanding
from rapid_reviews.chronology.word import read_document

READABLE = {"docx": read_document, "xlsx": read_workbook}
ONLY = (
    "A chronology is read from a Word document (.docx) or an Excel workbook (.xlsx). Save the table as one of these; "
    "attach other papers on the page “Files”."
)

AS_PDF = "Save it as a PDF and attach that."
AS_NEW = "Copy the table into a new Word document or Excel workbook and attach that."
"""What helps here: a chronology is not read from a PDF."""


def understand(stream: BinaryIO, *, name: str, on: date, limits: Limits | None = None) -> Understanding:
    """What a file's tables say on this day. Raises RefusedFile before reading what is too large, has macros or lies."""
    return read_checked(stream, checked(stream, name=name, limits=limits), on=on)


def checked(stream: BinaryIO, *, name: str, limits: Limits | None = None) -> FileKind:
    """The kind of file it really is. Raises RefusedFile with what to do instead."""
    try:
        if kind_of(name).extension not in READABLE:
            raise RefusedFile(ONLY)
        return check(stream, name=name, limits=limits)
    except RefusedFile as refusal:
        raise RefusedFile(refusal.sentence.replace(AS_PDF, AS_NEW).replace(NOT_KEPT, ONLY)) from None


def read_checked(stream: BinaryIO, kind: FileKind, *, on: date) -> Understanding:
    """What the tables of a checked file say."""
    understood = Understanding()
    grids = READABLE[kind.extension](stream, understood)
    found = read_grids(grids, on=on)
    found.warnings = [*understood.warnings, *found.warnings]
    return found
