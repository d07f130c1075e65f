"""An agency's own chronology, and what was understood of a file, ready to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cspr.govuk.dates import RoughDate
from cspr.govuk.parts import Row, Table
from rapid_reviews.chronology import Told, Understanding
from rapid_reviews.models import ChronologyReading, ChronologyRow
from rapid_reviews.options.chronology import ChildSeen, Theme
from rapid_reviews.presenters.returns import Address
from rapid_reviews.services.chronology_files import said_of, seen_code, theme_codes

SHOWN = 160


@dataclass(frozen=True)
class Line:
    """One row on the agency's page."""

    when: str
    as_written: str
    event: str
    source: str
    about: str
    more: tuple[str, ...] = ()
    change: str = ""
    remove: str = ""


def lines(rows: Iterable[ChronologyRow], address: Address | None) -> list[Line]:
    """The rows; with ``address``, while the return is open, each can be changed and removed."""
    return [line(row, address) for row in rows]


def line(row: ChronologyRow, address: Address | None) -> Line:
    when = when_words(row.happened, row.time_of_day)
    written = row.as_written if row.happened_precision != RoughDate.EXACT else ""
    about = f"{when}: {shortened(row.event)}"
    change = remove = ""
    if address:
        change, remove = address("chronology_row", row.pk), address("chronology_row_remove", row.pk)
    child = (dict(ChildSeen.choices).get(row.child_seen, ""), row.child_said)
    more = more_told(
        row.who, "; ".join(filter(None, child)), row.response, row.analysis, theme_words(row.themes)
    )
    return Line(capital(when), written, row.event, row.source, about, more, change, remove)


def more_told(who: str, child: str, response: str, analysis: str, themes: str) -> tuple[str, ...]:
    """What a row says besides, a sentence for each that is not empty."""
    named = (
        ("Who", who),
        ("Child", child),
        ("Response", response),
        ("Analysis", analysis),
        ("Themes", themes),
    )
    return tuple(f"{label}: {text}" for label, text in named if text)


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
    told: str


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
            ("Where", "Date", "Source", "Event", "Check"),
            [told_cells(told) for told in page],
            empty="No row of the file was understood.",
        ),
        number=reading.rows,
        told=counted(reading.rows, len(missed)),
    )


def counted(understood: int, missed: int) -> str:
    """ "4 rows were understood, 1 was not"."""
    rows = "1 row was understood" if understood == 1 else f"{understood:,} rows were understood"
    if not missed:
        return rows
    return f"{rows}, 1 was not" if missed == 1 else f"{rows}, {missed:,} were not"


def told_cells(told: Told) -> tuple[Any, ...]:
    """One row as it will be taken in: codes as their words, what the row holds besides under the event."""
    when = capital(when_words(told.happened, told.at))
    seen = dict(ChildSeen.choices).get(seen_code(told.child_seen), "")
    more = more_told(
        told.who,
        "; ".join(filter(None, (seen, said_of(told)))),
        told.response,
        told.analysis,
        theme_words(theme_codes(told.themes)),
    )
    return (
        told.place,
        stacked(when, [f"“{told.as_written}”"] if told.as_written else []),
        told.source or "None given",
        stacked(shortened(told.event), map(shortened, more)),
        ". ".join(told.notices),
    )


def stacked(first: str, more: Iterable[str]) -> SafeString:
    """A cell of several paragraphs."""
    rest = format_html_join("", '<p class="app-told__more">{}</p>', ((text,) for text in more))
    return format_html("{}{}", first, rest)


def row_name(row: ChronologyRow) -> str:
    return f"{capital(when_words(row.happened, row.time_of_day))}: {shortened(row.event)}"
