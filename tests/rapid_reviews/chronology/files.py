"""Chronology tables as agencies write them, made for the tests. Everything in them is invented."""

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import docx
import openpyxl

from rapid_reviews.chronology import Understanding, understand

ON = date(2026, 11, 23)
HEAD = ("Date", "Source", "Event")


def shown(day: str) -> datetime:
    """A date cell as a workbook holds it: it knows no time zone."""
    return datetime.fromisoformat(day)


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(*tables: Sequence[Sequence[str]], change: Callable[[Any], None] = lambda document: None) -> bytes:
    """A Word document with these tables."""
    document = docx.Document()
    document.add_heading("Chronology")
    for rows in tables:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for line, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(line.cells, row, strict=True):
                cell.text = text
        document.add_paragraph("")
    change(document)
    return saved(document)


def excel(rows: Sequence[Sequence[Any]], change: Callable[[Any], None] = lambda book: None) -> bytes:
    """A workbook with these rows on its first sheet."""
    book = openpyxl.Workbook()
    book.active.title = "Chronology"
    for row in rows:
        book.active.append(list(row))
    change(book)
    return saved(book)


def read(content: bytes, name: str = "chronology.docx") -> Understanding:
    return understand(io.BytesIO(content), name=name, on=ON)


def read_excel(
    rows: Sequence[Sequence[Any]], change: Callable[[Any], None] = lambda book: None
) -> Understanding:
    return read(excel(rows, change), "chronology.xlsx")
