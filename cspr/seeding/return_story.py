"""What an invented agency answers to an information request: its pages, its chronology, its file, its sign-off."""

import io
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import openpyxl
from django.core.files.base import ContentFile

from cspr.people.models import Membership
from cspr.seeding.referral_story import file_of
from cspr.seeding.words import Words
from rapid_reviews.models import InformationRequest
from rapid_reviews.services import returns
from rapid_reviews.services.chronology import add_row
from rapid_reviews.services.return_files import attach_file

Row = tuple[int, int, str, str]
"""How many days before the incident it happened, how many days it may be off, its source, and what happened."""


def pages(words: Words, until: date) -> Mapping[str, Mapping[str, Any]]:
    """Every page of the return, answered."""
    line, start = words.line, until - timedelta(days=730)
    return {
        "author": {
            "author_name": line("Author of the return"),
            "author_role": line("Named professional"),
            "author_contact": line("01632 960 002"),
        },
        "records": {
            "records_secured": "yes",
            "records_secured_on": until.isoformat(),
            "records_secured_by": line("Records manager"),
        },
        "search": {
            "searched_from": start.isoformat(),
            "searched_until": until.isoformat(),
            "systems_searched": line("Case notes and paper files", 500),
        },
        "involvement": {
            "who_known": ["child", "parent"],
            "involvement": line("Seen regularly since birth, more often in the last year.", 900),
            "still_involved": "yes",
        },
        "chronology": {
            "chronology_state": "complete",
            "chronology_note": line("Two years, from our case notes.", 900),
        },
        "practice-episodes": {"practice_episodes": line("A visit was cancelled and not offered again.", 900)},
        "voice": {"child_voice": line("The child was seen at play and spoken to alone twice.", 900)},
        "equality": {"equality": line("An interpreter was offered only at the third visit.", 900)},
        "good-practice": {"good_practice": line("A colleague rang the next day to ask how it went.", 900)},
        "learning": {
            "learning": line("Ask who else lives in the household at each contact.", 900),
            "recommendations": line("One place to look for who lives with the child.", 900),
        },
        "action": {
            "action_taken": line("All open visits of the team were looked at again.", 900),
            "staff_welfare": line("The team was met the same week.", 900),
        },
        "other-reviews": {
            "other_reviews": ["internal"],
            "other_reviews_detail": line("The head of service looks back at the visits.", 900),
        },
        "not-shareable": {
            "withheld": "yes",
            "withheld_reason": line("Health records of another adult, who has not consented.", 900),
        },
    }


def row(words: Words, told: Row, until: date) -> dict[str, Any]:
    """A chronology row's columns."""
    before, off, source, event = told
    day = until - timedelta(days=before)
    return {
        "happened_precision": "ABOUT" if off else "EXACT",
        "happened_on": day,
        "happened_until_on": day + timedelta(days=off),
        "time_of_day": None,
        "source": words.line(source),
        "event": words.line(event, 900),
        "who": words.line("Practitioner on duty"),
        "child_seen": "seen",
        "child_said": words.line("The child said little.", 900),
        "response": words.line("A further visit was planned.", 900),
        "analysis": words.line("The plan was not followed up in time.", 900),
        "themes": ["assessment", "sharing"],
    }


def table_of(words: Words, until: date) -> "ContentFile[bytes]":
    """A chronology as a workbook: date, source, event."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Chronology")
    sheet.append(["Date", "Source", "Event"])
    for before in (200, 40):
        day = until - timedelta(days=before)
        sheet.append([day, words.line("Case note"), words.line("A planned visit took place.")])
    out = io.BytesIO()
    book.save(out)
    return ContentFile(out.getvalue(), name=words.file_name("Chronology").replace(".txt", ".xlsx"))


def fill(
    request: InformationRequest, *, rows: tuple[Row, ...], until: date, words: Words, by: Membership
) -> None:
    """Answer every page, type the chronology, attach a file."""
    for page, answers in pages(words, until).items():
        returns.save_page(request, page=page, answers=answers, revision=None, by=by)
    for told in rows:
        add_row(request, answers=row(words, told, until), by=by)
    attach_file(request, upload=file_of(words, "Genogram"), description=words.line("Genogram"), by=by)
