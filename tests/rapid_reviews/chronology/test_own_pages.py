"""The agency's pages: type rows, read a file, see what was not understood, come back after a sign-out. Rule 6.3."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Access
from cspr.people.models import Membership
from rapid_reviews.models import ChronologyReading, ChronologyRow, InformationRequest, Return
from rapid_reviews.selectors.chronology import mark_of
from tests.factories import chronologies as make
from tests.factories import requests as asked
from tests.factories.people import World

Browser = Callable[[Membership], Client]
TYPED = {
    "happened": "BETWEEN", "source": "GP record", "event": "Seen at the surgery", "themes": ["neglect"],
    "child_seen": "seen", "time_of_day": "4.40pm",
}  # fmt: skip


def address(request: InformationRequest, name: str = "chronology", *more: object) -> str:
    return reverse(name, args=[request.pk, *more])


def typed(client: Client, request: InformationRequest) -> dict:
    """The fields of a row as the browser posts them, whatever the rough date's boxes are called."""
    html = client.get(address(request, "chronology_add")).content.decode()
    precision = next(
        name for name in ("happened_precision", "happened_0", "happened") if f'name="{name}"' in html
    )
    exact = {"happened_exact_day": "12", "happened_exact_month": "3", "happened_exact_year": "2026"}
    token = html.split('name="post_token" value="')[1].split('"')[0]
    return {**TYPED, precision: "EXACT", **exact, "post_token": token}


def test_row_is_typed_and_another_asked_for(northvale: World, browser: Browser) -> None:
    request = asked.issued(northvale)
    client = browser(northvale.agency_lead)
    answer = client.post(address(request, "chronology_add"), {**typed(client, request), "another": "1"})
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == address(request, "chronology_add")
    row = ChronologyRow.objects.get()
    assert (str(row.happened), f"{row.time_of_day:%H:%M}", row.themes) == (
        "Thursday 12 March 2026",
        "16:40",
        ["neglect"],
    )
    html = client.get(address(request)).content.decode()
    assert "12 March 2026 at 16:40" in html
    assert Access.objects.filter(case_id=request.case_id, path=address(request)).exists()


def test_row_without_a_source_is_asked_for_it(northvale: World, browser: Browser) -> None:
    request = asked.issued(northvale)
    client = browser(northvale.agency_lead)
    answer = client.post(address(request, "chronology_add"), {**typed(client, request), "source": ""})
    assert "Enter where this comes from" in answer.content.decode()
    assert ChronologyRow.objects.count() == 0


def test_row_is_changed_and_removed(northvale: World, browser: Browser) -> None:
    request = asked.issued(northvale)
    row = make.row(request, by=northvale.agency_lead)
    client = browser(northvale.agency_lead)
    given = {**typed(client, request), "revision": "1"}
    assert client.post(address(request, "chronology_row", row.pk), given).status_code == 302
    row.refresh_from_db()
    assert row.event == "Seen at the surgery"
    assert client.get(address(request, "chronology_row_remove", row.pk)).status_code == 200
    for _ in range(2):
        assert client.post(address(request, "chronology_row_remove", row.pk)).status_code == 302
    assert ChronologyRow.objects.count() == 0


def test_file_is_previewed_and_taken_in_after_signing_out(northvale: World, browser: Browser) -> None:
    request = asked.issued(northvale)
    client = browser(northvale.agency_lead)
    rows = [["12/3/26", "Log", "Seen"], ["March 2026", "", "Absent"], ["sometime", "Log", "Vague"]]
    answer = client.post(address(request, "chronology_file"), {"file": make.workbook(rows)})
    assert answer.status_code == 302, answer.content.decode()
    client.logout()
    client = browser(northvale.agency_lead)
    assert "A file waits" in client.get(address(request)).content.decode()
    preview = client.get(answer["Location"]).content.decode()
    for words in (
        "sometime",
        "This is not a date that could be understood",
        "About March 2026",
        "None given",
    ):
        assert words in preview
    assert ChronologyRow.objects.count() == 0
    refused = client.post(answer["Location"], {"source": ""})
    assert "Enter where the rows without a source come from" in refused.content.decode()
    assert client.post(answer["Location"], {"source": "School record"}).status_code == 302
    assert ChronologyRow.objects.count() == 2
    assert client.get(answer["Location"]).status_code == 302


def test_file_is_dropped(northvale: World, browser: Browser) -> None:
    request = asked.issued(northvale)
    reading = make.read(request, [["12/3/26", "Log", "Seen"]], by=northvale.agency_lead)
    client = browser(northvale.agency_lead)
    assert client.get(address(request, "chronology_reading_drop", reading.pk)).status_code == 200
    assert client.post(address(request, "chronology_reading_drop", reading.pk)).status_code == 302
    assert ChronologyReading.objects.get().dropped_at is not None


@pytest.mark.parametrize(
    ("name", "content", "why"), [("c.pdf", b"%PDF-1.7", "Word document"), ("c.xlsm", b"x", "macros")]
)
def test_file_that_cannot_be_read_is_refused_on_the_page(
    northvale: World, browser: Browser, name: str, content: bytes, why: str
) -> None:
    request = asked.issued(northvale)
    answer = browser(northvale.agency_lead).post(
        address(request, "chronology_file"), {"file": SimpleUploadedFile(name, content)}
    )
    assert why in answer.content.decode()


@pytest.mark.parametrize("rows", [[], [["12/3/26", "Log", "Seen"]]], ids=["headings alone", "no headings"])
def test_file_without_a_chronology_is_refused_with_what_it_needs(
    northvale: World, browser: Browser, rows: list
) -> None:
    request = asked.issued(northvale)
    upload = make.workbook(rows[1:], head=rows[0]) if rows else make.workbook([])
    answer = browser(northvale.agency_lead).post(address(request, "chronology_file"), {"file": upload})
    assert ("no row under its headings" if not rows else "No chronology was found") in answer.content.decode()
    assert ChronologyReading.objects.count() == 0


def test_file_read_again_asks_what_becomes_of_the_rows_there(northvale: World, browser: Browser) -> None:
    request = asked.issued(northvale)
    make.row(request, by=northvale.agency_lead)
    make.row(request, by=northvale.agency_lead)
    reading = make.read(request, [["12/3/26", "Log", "Seen"]], by=northvale.agency_lead)
    client, page = browser(northvale.agency_lead), address(request, "chronology_reading", reading.pk)
    assert "Your chronology has 2 rows already" in client.get(page).content.decode()
    assert "Select what becomes of the rows" in client.post(page, {}).content.decode()
    shown = mark_of(Return.objects.get(request=request))
    for _ in range(2):
        assert client.post(page, {"earlier": shown})["Location"] == address(request, "chronology")
        assert [row.event for row in ChronologyRow.objects.all()] == ["Seen"]


def test_file_of_50_megabytes_is_refused_on_the_page(northvale: World, browser: Browser) -> None:
    request = asked.issued(northvale)
    upload = SimpleUploadedFile("c.xlsx", b"PK\x03\x04" + bytes(50 * 1024 * 1024))
    answer = browser(northvale.agency_lead).post(address(request, "chronology_file"), {"file": upload})
    assert "must be smaller than 25MB" in answer.content.decode()


def test_other_agencies_and_strangers_find_nothing(
    northvale: World, southmere: World, browser: Browser
) -> None:
    request = asked.issued(northvale)
    row = make.row(request, by=northvale.agency_lead)
    reading = make.read(request, [["12/3/26", "Log", "Seen"]], by=northvale.agency_lead)
    paths = [
        address(request), address(request, "chronology_add"), address(request, "chronology_file"),
        address(request, "chronology_row", row.pk), address(request, "chronology_row_remove", row.pk),
        address(request, "chronology_reading", reading.pk), address(request, "chronology_reading_drop", reading.pk),
    ]  # fmt: skip
    others = [
        make.lead_of(northvale.hospital),
        southmere.agency_lead,
        northvale.officer,
        northvale.la,
        southmere.officer,
    ]
    for who in others:
        client = browser(who)
        assert [client.get(path).status_code for path in paths] == [404] * len(paths)
        assert [client.post(path, TYPED).status_code for path in paths[1:]] == [404] * (len(paths) - 1)


def test_row_of_another_request_is_not_found(northvale: World, browser: Browser) -> None:
    review = asked.opened(northvale)
    lead = make.lead_of(northvale.hospital)
    mine = asked.issued(northvale, review=review)
    theirs = asked.issued(northvale, review=review, agency=northvale.hospital)
    row = make.row(theirs, by=lead)
    reading = make.read(theirs, [["12/3/26", "Log", "Seen"]], by=lead)
    client = browser(northvale.agency_lead)
    assert client.get(address(mine, "chronology_row", row.pk)).status_code == 404
    assert client.get(address(mine, "chronology_reading", reading.pk)).status_code == 404
    assert client.post(address(mine, "chronology_row_remove", row.pk)).status_code == 302
    assert ChronologyRow.objects.filter(pk=row.pk).exists()


def test_after_sign_off_it_is_read_only(northvale: World, browser: Browser) -> None:
    request = asked.signed_off(northvale)
    client = browser(northvale.agency_lead)
    html = client.get(address(request)).content.decode()
    assert "Add a row" not in html
    assert "cannot be changed" in client.get(address(request, "chronology_add")).content.decode()
