"""Agencies are asked and answer: by their people, as knowing nothing, and by a guest with a link and a code."""

import re
from datetime import timedelta

import pytest

from cspr.dispatch.models import Message
from cspr.now import now, today
from cspr.permissions import Role
from rapid_reviews.models import GuestLink, InformationRequest
from rapid_reviews.options.requests import RequestStatus
from tests.factories import requests as make
from tests.factories.people import World, make_agency, make_member
from tests.factories.rapid_reviews import opened
from tests.journeys.conftest import Opens
from tests.journeys.person import Person

pytestmark = pytest.mark.journey
PHONE = {"width": 390, "height": 800}
CHECK = "Check your answers and send them for sign-off"
VOICE = "The child’s voice and lived experience"


def days_ago(number: int) -> str:
    day = today() - timedelta(days=number)
    return f"{day.day} {day.month} {day.year}"


def by_mail(to: str, pattern: str) -> str:
    """What the newest mail to an address says of this shape."""
    found = [
        re.search(pattern, one.body) for one in Message.objects.filter(to_email=to).order_by("-queued_at")
    ]
    return next(one.group() for one in found if one)


def test_three_agencies_are_asked_one_answers_twice(northvale: World, visit: Opens) -> None:
    review = opened(northvale, at=now())
    clinic = make_agency(northvale.partnership, name="Northvale Invented Clinic")
    for agency in (northvale.hospital, clinic):
        make_member(Role.AGENCY_LEAD, agency=agency)
    author = make_member(Role.CONTRIBUTOR, agency=northvale.school, name="Invented Contributor")
    unit = visit(northvale.officer).opens(f"/cases/{review.case_id}/rapid-review/requests/")
    unit.reads("No agency has been asked yet").presses("Ask agencies")
    for agency in (northvale.school, northvale.hospital, clinic):
        unit.chooses(agency.name)
    unit.chooses_first("Whom are they told of?").answers(
        context="Invented words for the agencies", from_on=days_ago(700), until_on=days_ago(20)
    )
    unit.presses("Prepare the requests").reads("Being prepared (3)").pictured(
        "requests", begin="Information requests"
    )
    unit.presses("Issue the prepared requests").presses("Issue the requests").reads("3 requests were issued")
    unit.opens("/").reads("3 of 3 not answered").follows("Chase", exact=False)
    unit.presses("Chase them now").reads("3 agencies were reminded")
    lead = visit(northvale.agency_lead).opens("/").follows("Answer or assign", exact=False)
    lead.reads("Invented words for the agencies").pictured("request").presses("Assign this request")
    lead.chooses("Invented Contributor, contributor").presses("Assign")
    writer = visit(author).opens("/").follows("Answer the information request", exact=False)
    writer.follows(VOICE).answers(child_voice="Invented voice").presses("Save and come back later")
    request = InformationRequest.objects.get(agency=northvale.school)
    make.filled(request, by=author)
    writer.opens(f"/requests/{request.pk}/").follows(CHECK).presses("Send for sign-off")
    lead.opens("/").follows("Sign off the return", exact=False).presses("Read and sign off")
    lead.presses("Sign off and return").reads("Returned")
    page = f"/cases/{review.case_id}/rapid-review/requests/{request.pk}/"
    unit.opens(page).reads("The return, version 1").presses("Send back for correction", exact=False)
    unit.answers(reason="Say who heard the child.").presses("Send back")
    writer.opens(f"/requests/{request.pk}/").reads("Say who heard the child.").follows(VOICE)
    writer.answers(child_voice="Her teacher heard her").presses("Save and continue")
    writer.opens(f"/requests/{request.pk}/check/").presses("Send for sign-off")
    lead.opens(f"/requests/{request.pk}/sign-off/").presses("Sign off and return")
    unit.opens(page).reads("The return, version 2").reads("Her teacher heard her").reads(
        "The return, version 1"
    )


def test_nothing_known_is_two_clicks_and_a_second_person(northvale: World, visit: Opens) -> None:
    request = make.issued(northvale, review=opened(northvale, at=now()))
    author = make.contributor_of(request, by=northvale.agency_lead)
    writer = visit(author, viewport=PHONE).opens(f"/requests/{request.pk}/")
    writer.presses("Nothing known").presses("Nothing is known").reads("signs this off")
    lead = visit(northvale.agency_lead, java_script_enabled=False).opens(f"/requests/{request.pk}/")
    lead.presses("Read and sign off").reads("Nothing is known of the child").presses("Sign off and return")
    lead.reads("Nothing known")
    assert make.found(request).status == RequestStatus.NIL_RETURN


def enters(person: Person, *, to: str) -> Person:
    """Opens the link that was mailed, asks for a code, types it."""
    person.opens(by_mail(to, r"/guest/[0-9a-f-]{36}/")).presses("Send me a code")
    person.types("Enter the code", by_mail(to, r"\d{4} \d{4}")).presses("Open the request")
    return person.reads("Close the request")


def test_a_guest_answers_and_another_signs_off_by_a_link(northvale: World, visit: Opens) -> None:
    request = make.guest_issued(northvale, review=opened(northvale, at=now()))
    guest = enters(visit(viewport=PHONE), to="guest@example.test")
    guest.follows(VOICE).answers(child_voice="Invented voice").presses("Save and continue")
    make.filled(request, by=GuestLink.objects.get(request=request).membership)
    guest.opens(f"/guest/requests/{request.pk}/").follows(CHECK).presses("Send for sign-off")
    guest.expects_error_summary("Enter who signs this off")
    guest.answers(name="Invented Second", email="second@example.test").presses("Send for sign-off")
    guest.reads("Invented Second signs this off").presses("Close the request").is_at("You have closed")
    guest.opens(f"/guest/requests/{request.pk}/", status=404).is_at("This link is not open")
    second = enters(visit(), to="second@example.test").presses("Read and sign off")
    second.reads("An invented visit that was missed").presses("Sign off and return").reads("Returned")
    assert make.found(request).status == RequestStatus.SIGNED_OFF
