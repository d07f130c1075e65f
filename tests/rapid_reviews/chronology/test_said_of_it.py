"""What an agency says of its chronology agrees with what it holds before the return goes out. Rules 6.3 and 6.4."""

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from cspr.people.models import Membership
from cspr.workflow import Refused
from rapid_reviews.models import InformationRequest
from rapid_reviews.options.requests import RequestStatus
from rapid_reviews.services import returns
from rapid_reviews.services.return_files import attach_file
from tests.factories import chronologies
from tests.factories import requests as make
from tests.factories.people import World

Browser = Callable[[Membership], Client]
EMPTY = "You say your chronology is complete, and it has no row"
HOLDS = "You say there is no contact to record, and your chronology has 1 row."


def say(request: InformationRequest, state: str, *, by: Membership) -> InformationRequest:
    given = {"chronology_state": state, "chronology_note": ""}
    returns.save_page(request, page="chronology", answers=given, revision=None, by=by)
    return make.found(request)


def finished(world: World, state: str) -> InformationRequest:
    """Every page answered, and this said of the chronology."""
    request = make.filled(make.issued(world), by=world.agency_lead)
    return say(request, state, by=world.agency_lead)


def test_complete_chronology_without_a_row_is_not_sent(northvale: World) -> None:
    with pytest.raises(Refused, match=EMPTY):
        returns.answer(finished(northvale, "complete"), by=northvale.agency_lead)


def test_complete_chronology_can_be_an_attached_file(northvale: World) -> None:
    request, lead = finished(northvale, "complete"), northvale.agency_lead
    upload = ContentFile(b"Invented chronology", name="chronology.txt")
    attach_file(request, upload=upload, description="Our chronology", by=lead)
    sent = returns.answer(make.found(request), by=lead)
    assert sent.status == RequestStatus.ANSWERED


def test_rows_beside_no_contact_to_record_are_not_sent(northvale: World) -> None:
    request, lead = finished(northvale, "none"), northvale.agency_lead
    chronologies.row(request, by=lead)
    with pytest.raises(Refused, match=HOLDS):
        returns.answer(make.found(request), by=lead)
    sent = returns.answer(say(request, "complete", by=lead), by=lead)
    assert sent.status == RequestStatus.ANSWERED


def test_agency_reads_what_does_not_agree_where_it_is_put_right(northvale: World, browser: Browser) -> None:
    request, client = finished(northvale, "complete"), browser(northvale.agency_lead)
    tasks = client.get(reverse("request", args=[request.pk])).content.decode()
    assert EMPTY in tasks
    assert "1 answer is still needed" in tasks
    assert "12 of 13 tasks completed" in tasks
    check = client.get(reverse("request_check", args=[request.pk])).content.decode()
    chronology = reverse("request_page", args=[request.pk, "chronology"])
    assert f'href="{chronology}">{EMPTY}' in check


def test_nothing_known_is_said_whatever_stands_there(northvale: World) -> None:
    sent = returns.nothing_known(finished(northvale, "complete"), by=northvale.agency_lead)
    assert sent.status == RequestStatus.ANSWERED
