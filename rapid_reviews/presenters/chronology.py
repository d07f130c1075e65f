"""An agency's own chronology, and what was understood of a file, ready to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from cspr.govuk.dates import RoughDate
from cspr.govuk.parts import Row, Table
from rapid_reviews.chronology import Told, Understanding
from rapid_reviews.models import ChronologyReading, ChronologyRow, InformationRequest
from rapid_reviews.options.chronology import Theme

SHOWN = 160


@dataclass(frozen=True)
class Line:
    """One row on the agency's page."""

    when: str
    as_written: str
    event: str
    source: str
    about: str
    change: str = ""
    remove: str = ""


def lines(rows: Iterable[ChronologyRow], *, request: InformationRequest, writable: bool) -> list[Line]:
    """The rows, with links to change them while the return is open."""
    return [line(row, request=request, writable=writable) for row in rows]


def line(row: ChronologyRow, *, request: InformationRequest, writable: bool) -> Line:
    when = when_words(row.happened, row.time_of_day)
    change = remove = ""
    if writable:
        change = reverse("chronology_row", args=[request.pk, row.pk])
        remove = reverse("chronology_row_remove", args=[request.pk, row.pk])
    written = row.as_written if row.happened_precision != RoughDate.EXACT else ""
    return Line(
        capital(when), written, row.event, row.source, f"{when}: {shortened(row.event)}", change, remove
    )


def when_words(happened: RoughDate, at: Any) -> str:
    """The date as well as it is known, with the time where it is."""
    return f"{happened} at {at:%H:%M}" if at else str(happened)


def theme_words(codes: Iterable[str]) -> str:
    labels = dict(Theme.choices)
    return ", ".join(labels.get(code, code) for code in codes)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


@dataclass(frozen=True)
class Preview:
    """What was read from a file: which headings for which columns, what was not understood, what was."""

    read: list[tuple[str, list[Row], str]]
    warnings: list[str]
    not_understood: Table
    rows: Table
    number: int
    asks_source: bool


def preview(reading: ChronologyReading, *, page: Iterable[Told], understood: Understanding) -> Preview:
    """The preview, of which ``page`` is the part of the rows that stands on this page."""
    read = [
        (
            table.place,
            [Row(column, f"“{words}”") for column, words in table.columns],
            ", ".join(f"“{one}”" for one in table.left_out),
        )
        for table in understood.tables
    ]
    missed = [(one.place, one.text, one.reason) for one in understood.not_understood]
    return Preview(
        read=read,
        warnings=understood.warnings,
        not_understood=Table("What was not understood", ("Where", "What stands there", "Why"), missed),
        rows=Table(
            "What was understood",
            ("Where", "Date", "As written", "Source", "Event", "Check"),
            [told_cells(told) for told in page],
        ),
        number=reading.rows,
        asks_source=bool(understood.without_source),
    )


def told_cells(told: Told) -> tuple[str, ...]:
    when = capital(when_words(told.happened, told.at))
    return (
        told.place,
        when,
        told.as_written,
        told.source or "None given",
        shortened(told.event),
        ". ".join(told.notices),
    )


def crumbs(request: InformationRequest, here: str) -> list[tuple[str, str]]:
    """Where am I, for the agency."""
    trail = [("Chronology", reverse("chronology", args=[request.pk]))]
    return [*trail, (here, "")] if here else [("Chronology", "")]


def row_name(row: ChronologyRow) -> str:
    return f"{capital(when_words(row.happened, row.time_of_day))}: {shortened(row.event)}"


def reading_url(request: InformationRequest, reading_id: UUID) -> str:
    return reverse("chronology_reading", args=[request.pk, reading_id])
