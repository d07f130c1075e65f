"""Reads of one return's chronology, and of what a file was understood to say."""

import hashlib
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Max, Min, QuerySet

from rapid_reviews.models import ChronologyReading, ChronologyRow, InformationRequest, Return

IN_ORDER = (F("happened_on").asc(nulls_last=True), F("time_of_day").asc(nulls_last=True), "position")


def rows_of(version: Return) -> "QuerySet[ChronologyRow]":
    """The rows of a version by date, those without a date last."""
    return version.chronology.order_by(*IN_ORDER)


def row_of(version: Return | None, row_id: UUID) -> ChronologyRow | None:
    """One row of this version; a row of another return is not found."""
    return version.chronology.filter(pk=row_id).first() if version else None


def mark_of(version: Return) -> str:
    """A mark of the rows as they stand: another as soon as one is added, changed or taken off."""
    rows = version.chronology.order_by("pk").values_list("pk", "revision")
    return hashlib.sha256(repr([(str(pk), revision) for pk, revision in rows]).encode()).hexdigest()[:16]


def next_position(version: Return) -> int:
    """The place after the last row."""
    return (version.chronology.aggregate(last=Max("position"))["last"] or 0) + 1


def waiting_reading(request: InformationRequest) -> ChronologyReading | None:
    """What was read from a file and waits to be confirmed or dropped."""
    rows = request.chronology_readings.filter(confirmed_at=None, dropped_at=None)
    return rows.select_related("read_by__user").first()


def reading_of(request: InformationRequest, reading_id: UUID) -> ChronologyReading | None:
    """One reading of this request, ended or not."""
    rows = request.chronology_readings.select_related("read_by__user", "confirmed_by")
    return rows.filter(pk=reading_id).first()


def summary_of(version: Return) -> tuple[int, date | None, date | None]:
    """How many rows, and the first and last day they speak of."""
    found = version.chronology.aggregate(
        number=Count("pk"), first=Min("happened_on"), last=Max("happened_until_on")
    )
    return found["number"], found["first"], found["last"]
