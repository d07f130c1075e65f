"""Chronologies, typed and read from files through the verbs of the agencies. All of it is invented."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from cspr.people.models import Agency, Membership
from cspr.permissions import Role
from rapid_reviews.models import ChronologyReading, ChronologyRow, InformationRequest, RapidReview
from rapid_reviews.services import returns
from rapid_reviews.services.chronology import add_row
from rapid_reviews.services.chronology_files import read_file
from tests.factories import requests as asked
from tests.factories.people import World, make_member
from tests.kept import kept

HEAD = ("Date", "Source", "Event")
ROW: dict[str, Any] = {
    "happened_precision": "EXACT",
    "happened_on": date(2026, 3, 12),
    "happened_until_on": date(2026, 3, 12),
    "time_of_day": None,
    "source": "Invented case note",
    "event": "The health visitor saw the child at home",
    "who": "",
    "child_seen": "",
    "child_said": "",
    "response": "",
    "analysis": "",
    "themes": [],
}


def answers(day: date | None = date(2026, 3, 12), **more: Any) -> dict[str, Any]:
    """The columns of a row on one day; None for a day not known."""
    precision = "EXACT" if day else "NOT_KNOWN"
    dated = {"happened_precision": precision, "happened_on": day, "happened_until_on": day}
    return {**ROW, **dated, **more}


def row(
    request: InformationRequest, *, by: Membership, day: date | None = date(2026, 3, 12), **more: Any
) -> ChronologyRow:
    """One row, typed."""
    return add_row(asked.found(request), answers=answers(day, **more), by=by)


def workbook(
    rows: Sequence[Sequence[Any]], name: str = "chronology.xlsx", *, head: Sequence[str] = HEAD
) -> SimpleUploadedFile:
    """An upload with these rows under the usual headings."""
    book = openpyxl.Workbook()
    for one in (head, *rows):
        book.active.append(list(one))
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile(name, out.getvalue())


def read(request: InformationRequest, rows: Sequence[Sequence[Any]], *, by: Membership) -> ChronologyReading:
    """A file that was read and waits to be confirmed."""
    return read_file(asked.found(request), upload=workbook(rows), by=by)


def lead_of(agency: Agency) -> Membership:
    return make_member(Role.AGENCY_LEAD, agency=agency, name=f"Lead of {agency.name}")


@kept
def told(
    world: World, review: RapidReview, agency: Agency, *events: tuple[date | None, str], **more: Any
) -> InformationRequest:
    """A return of an agency with these events in its chronology, signed off by a second person."""
    lead = world.agency_lead if agency == world.school else lead_of(agency)
    request = asked.issued(world, agency=agency, review=review)
    author = asked.contributor_of(request, by=lead)
    for day, event in events:
        row(request, by=author, day=day, event=event, **more)
    asked.filled(asked.found(request), by=author)
    returns.answer(asked.found(request), by=author)
    return asked.found(returns.sign_off(asked.found(request), by=lead))
