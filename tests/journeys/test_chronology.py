"""An agency reads its table in, checks what was understood and types a row; the unit reads what all agencies tell."""

import io
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from docx import Document
from playwright.sync_api import expect

from cspr.audit.models import Event
from cspr.now import now, today
from rapid_reviews.models import ChronologyRow, RapidReview
from tests.factories import chronologies as make
from tests.factories import requests as asked
from tests.factories.people import World
from tests.factories.rapid_reviews import opened
from tests.journeys.conftest import Opens
from tests.rapid_reviews.chronology.files import HEAD, word

pytestmark = pytest.mark.journey
CALL = "Mother called 999, the child was not breathing and was taken to hospital by ambulance"


def written() -> dict[str, object]:
    """The agency's own Word table: one row names no source, one has no date that could be understood."""
    rows = [
        HEAD,
        ["12/3/2025", "Log", "Seen at the door"],
        ["March 2025", "", "Absent"],
        ["soon", "Log", "Vague"],
    ]
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return {"name": "our chronology.docx", "mimeType": kind, "buffer": word(rows)}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_agency_reads_its_table_in_and_types_a_row(northvale: World, visit: Opens, scripts: bool) -> None:
    request = asked.issued(northvale, review=opened(northvale, at=now()))
    lead = visit(northvale.agency_lead, java_script_enabled=scripts).opens(
        reverse("request", args=[request.pk])
    )
    lead.follows("Chronology").follows("Type the chronology, or read it in from Word or Excel")
    lead.is_at("Your agency’s chronology")
    lead.page.get_by_role("button", name="Read a Word or Excel file").click()
    lead.looks()
    lead.attaches("Word document or Excel workbook", written()).presses("Read the file")
    lead.is_at("Check what was read").reads("2 rows were understood, 1 was not").reads("None given")
    lead.reads("This is not a date that could be understood: “soon”").reads("About March 2025")
    lead.presses("Take 2 rows into the chronology")
    lead.expects_error_summary("Enter where the rows without a source come from")
    lead.types("Where do the rows without a source come from?", "School register")
    lead.presses("Take 2 rows into the chronology").reads("2 rows were taken in.").reads("School register")
    assert [row.source for row in ChronologyRow.objects.order_by("position")] == ["Log", "School register"]


def test_an_agency_types_a_row_with_an_uncertain_date(northvale: World, visit: Opens) -> None:
    request = asked.issued(northvale, review=opened(northvale, at=now()))
    lead = visit(northvale.agency_lead).opens(reverse("chronology", args=[request.pk]))
    lead.page.get_by_role("button", name="Add a row").click()
    lead.looks().is_at("Add to your chronology")
    lead.presses("Save and continue").expects_error_summary(
        "Enter where this comes from", "Enter what happened"
    )
    lead.answers(happened_precision="BETWEEN", happened_start="1 6 2025", happened_end="31 8 2025")
    lead.types("Where does this come from?", "Class teacher’s notes").types(
        "What happened?", "Invented bruise seen"
    )
    lead.presses("Save and add another").is_at("Add to your chronology")
    lead.opens(reverse("chronology", args=[request.pk])).reads(
        "Between Sunday 1 June 2025 and Sunday 31 August 2025"
    )
    lead.follows("say that the chronology is complete").reads("1 row, from 1 June 2025 to 31 August 2025")


@pytest.fixture
def review(northvale: World) -> RapidReview:
    """Two agencies told of one night, a day apart; the school of other days, far between."""
    review, day = opened(northvale, at=now()), today() - timedelta(days=200)
    make.told(
        northvale, review, northvale.school, (day, CALL), (day - timedelta(days=300), "Joined the class"),
        themes=["schooling"],
    )  # fmt: skip
    make.told(
        northvale,
        review,
        northvale.hospital,
        (day + timedelta(days=1), CALL),
        (None, "Once at the eye clinic"),
    )
    return review


def test_the_unit_reads_the_merged_chronology(northvale: World, review: RapidReview, visit: Opens) -> None:
    officer = visit(northvale.officer).opens(reverse("case", args=[review.case_id])).follows("Chronology")
    officer.is_at("Merged chronology").reads("Told by 2 agencies").reads("Dates differ").reads(
        "Nothing is told for"
    )
    officer.pictured("merged-chronology", begin="Picture")
    marks = officer.page.locator("a.app-picture__mark")
    marks.first.focus()
    labels = marks.evaluate_all("marks => marks.map(mark => mark.getAttribute('aria-label'))")
    assert labels
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_url("**agency=**")
    officer.looks().does_not_read("Once at the eye clinic").follows("Clear filter")
    officer.selects("Theme", "School, attendance, exclusion").presses("Apply filter")
    officer.reads("Nothing that fits the filter is told for").does_not_read("Once at the eye clinic")
    officer.presses("Show the names").reads("Names are shown. This was recorded.")
    assert Event.objects.filter(kind="chronology.names_shown", case_id=review.case_id).count() == 1
    officer.presses("Hide the names").does_not_read("Names are shown")


def test_the_unit_takes_the_merged_chronology_out(
    northvale: World, review: RapidReview, visit: Opens, tmp_path: Path
) -> None:
    officer = visit(northvale.officer).opens(reverse("merged_chronology", args=[review.case_id]))
    got = {}
    for words in ("Word document", "Excel workbook", "picture"):
        with officer.page.expect_download() as waited:
            officer.page.get_by_role("link", name=words, exact=True).click()
        got[words] = Path(waited.value.path()).read_bytes()
    assert "Told by 2 agencies" in Document(io.BytesIO(got["Word document"])).element.xml
    sheet = openpyxl.load_workbook(io.BytesIO(got["Excel workbook"])).worksheets[0]
    assert [row[5].value for row in sheet.iter_rows(min_row=2)].count(CALL) == 2
    assert got["picture"].startswith(b"<svg")
    assert Event.objects.filter(kind="chronology.exported", case_id=review.case_id).count() == 3


def test_the_merged_chronology_is_read_on_a_narrow_screen_page_by_page(
    northvale: World, visit: Opens
) -> None:
    review, day = opened(northvale, at=now()), date(2025, 1, 1)
    events = [(day + timedelta(days=n), f"Clinic visit number {n}") for n in range(30)]
    make.told(northvale, review, northvale.school, *events)
    officer = visit(northvale.officer, viewport={"width": 320, "height": 800})
    officer.opens(reverse("merged_chronology", args=[review.case_id])).reads("Clinic visit number 0")
    officer.follows("Next", exact=False).does_not_read("Clinic visit number 0")
    officer.page.keyboard.press("Tab")
    focused = officer.page.evaluate("document.activeElement.closest('#table') !== null")
    assert focused, "after turning the page the keyboard begins at the table"
    expect(officer.page.get_by_role("link", name="Picture, and the first page")).to_be_visible()
