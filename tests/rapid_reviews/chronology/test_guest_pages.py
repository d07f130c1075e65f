"""A guest writes their organisation's chronology by the link of one request, and reaches no other. Rule 6.3."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from cspr.audit.models import Access
from cspr.people.models import Membership
from rapid_reviews.models import ChronologyReading, ChronologyRow, InformationRequest
from tests.factories import chronologies as make
from tests.factories import requests as asked
from tests.factories.people import World
from tests.rapid_reviews.test_request_guests import entered, link_of

Browser = Callable[[Membership], Client]
NAMES = ("chronology", "chronology_add", "chronology_file")


def own(request: InformationRequest, name: str = "chronology", *more: object) -> str:
    return reverse(f"guest_{name}", args=[request.pk, *more])


def test_guest_reads_a_file_in_and_types_over_a_row(northvale: World) -> None:
    request = asked.guest_issued(northvale)
    guest = entered(link_of(request))
    question = guest.get(own(request, "request_page", "chronology")).content.decode()
    assert own(request) in question
    answer = guest.post(
        own(request, "chronology_file"), {"file": make.workbook([["12/3/26", "Log", "Seen"]])}
    )
    assert answer["Location"] == own(request, "chronology_reading", ChronologyReading.objects.get().pk)
    assert "1 row was understood" in guest.get(answer["Location"]).content.decode()
    assert guest.post(answer["Location"])["Location"] == own(request)
    row = ChronologyRow.objects.get()
    html = guest.get(own(request)).content.decode()
    assert own(request, "chronology_row", row.pk) in html
    assert "You answer as Invented Guest" in html
    assert guest.get(own(request, "chronology_row", row.pk)).status_code == 200
    assert guest.post(own(request, "chronology_row_remove", row.pk))["Location"] == own(request)
    assert ChronologyRow.objects.count() == 0
    assert Access.objects.filter(case_id=request.case_id, path=own(request)).exists()


def test_guest_drops_what_was_read(northvale: World) -> None:
    request = asked.guest_issued(northvale)
    guest = entered(link_of(request))
    guest.post(own(request, "chronology_file"), {"file": make.workbook([["12/3/26", "Log", "Seen"]])})
    drop = own(request, "chronology_reading_drop", ChronologyReading.objects.get().pk)
    assert guest.get(drop).status_code == 200
    assert guest.post(drop)["Location"] == own(request)
    assert ChronologyReading.objects.get().dropped_at is not None


def test_guest_finds_no_other_request(northvale: World, browser: Browser) -> None:
    request = asked.guest_issued(northvale)
    other = asked.issued(northvale, review=request.review)
    row = make.row(other, by=northvale.agency_lead)
    guest = entered(link_of(request))
    for name in NAMES:
        assert guest.get(own(other, name)).status_code == 404
        assert guest.get(reverse(name, args=[other.pk])).status_code in {302, 404}
        assert Client().get(own(request, name)).status_code == 404
        assert browser(northvale.agency_lead).get(own(request, name)).status_code == 404
    assert guest.post(own(request, "chronology_row_remove", row.pk)).status_code == 302
    assert ChronologyRow.objects.filter(pk=row.pk).exists()
