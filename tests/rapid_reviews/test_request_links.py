"""The unit's care of guest links: sent anew, ended, renewed when they ran out; what a guest may not open."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cspr.dispatch.models import Message
from cspr.govuk.dates import london_moment
from cspr.people.models import Membership
from cspr.typed.models import TypedWork
from cspr.workflow import Refused
from rapid_reviews.models import GuestLink, InformationRequest
from rapid_reviews.options.requests import GuestPurpose, RefusalGround, RequestStatus
from rapid_reviews.selectors.network import network_of
from rapid_reviews.services import guest_links, guests, requests, returns
from rapid_reviews.services.returns import SecondPerson
from tests.factories import requests as make
from tests.factories.people import World
from tests.factories.rapid_reviews import opened
from tests.rapid_reviews.test_request_guests import entered, link_of, own

pytestmark = pytest.mark.django_db
Browser = Callable[[Membership], Client]
MONDAY = london_moment(date(2026, 11, 16), time(9, 0))
SECOND = SecondPerson("Invented Second", "second@example.test")


@pytest.fixture
def asked(northvale: World) -> InformationRequest:
    return make.guest_issued(northvale)


def at(name: str, request: InformationRequest) -> str:
    return reverse(name, args=[request.case_id, request.pk])


def test_new_link_to_another_person_ends_the_first_and_keeps_the_answers(
    northvale: World, asked: InformationRequest, browser: Browser
) -> None:
    first = link_of(asked)
    client = entered(first)
    client.post(own("request_page", asked, "voice"), {"child_voice": "Invented voice", "revision": 0})
    unit = browser(northvale.officer)
    assert "guest@example.test" in unit.get(at("case_request_send_link", asked)).content.decode()
    sent = unit.post(
        at("case_request_send_link", asked), {"name": "Invented Other", "email": "Other@example.test"}
    )
    assert sent.status_code == 302
    assert client.get(own("request", asked)).status_code == 404
    assert Client().get(reverse("guest_open", args=[guests.secret_of(first)])).status_code == 404
    second = link_of(asked)
    assert second.email == "other@example.test"
    assert "Invented voice" in entered(second).get(own("request_page", asked, "voice")).content.decode()
    assert "ended" in unit.get(at("case_request", asked)).content.decode()


def test_ended_link_opens_nothing_and_a_new_one_can_be_sent(
    northvale: World, asked: InformationRequest, browser: Browser
) -> None:
    link, unit = link_of(asked), browser(northvale.officer)
    client = entered(link)
    assert unit.post(at("case_request_end_link", asked)).status_code == 302
    assert client.get(own("request", asked)).status_code == 404
    assert "No link is open" in unit.get(at("case_request_end_link", asked)).content.decode()
    assert make.found(asked).status == RequestStatus.ISSUED
    guest_links.send_link(asked, name="Invented Guest", email="guest@example.test", by=northvale.officer)
    assert entered(link_of(asked)).get(own("request", asked)).status_code == 200


def test_link_to_sign_off_can_be_sent_again_but_not_to_the_author(
    northvale: World, asked: InformationRequest
) -> None:
    returns.nothing_known(asked, by=link_of(asked).membership, second=SECOND)
    answered = make.found(asked)
    with pytest.raises(Refused, match="another person"):
        guest_links.send_link(answered, name="Same", email="Guest@example.test", by=northvale.officer)
    guest_links.send_link(answered, name="Third", email="third@example.test", by=northvale.officer)
    link = link_of(asked, GuestPurpose.SIGN_OFF)
    assert link.email == "third@example.test"
    returns.sign_off(answered, by=link.membership)
    assert make.found(asked).status == RequestStatus.NIL_RETURN


def test_earlier_author_does_not_sign_off_what_they_wrote(
    northvale: World, asked: InformationRequest
) -> None:
    make.filled(asked, by=link_of(asked).membership)
    guest_links.send_link(asked, name="Invented Other", email="other@example.test", by=northvale.officer)
    author = SecondPerson("Invented Guest", "guest@example.test")
    with pytest.raises(Refused, match="another person"):
        returns.answer(make.found(asked), by=link_of(asked).membership, second=author)


def test_only_the_unit_of_the_case_cares_for_links(
    northvale: World, southmere: World, asked: InformationRequest, browser: Browser
) -> None:
    for name in ("case_request_send_link", "case_request_end_link", "case_request_chase"):
        assert browser(northvale.police).get(at(name, asked)).status_code == 403, name
        for stranger in (southmere.officer, northvale.agency_lead):
            assert browser(stranger).get(at(name, asked)).status_code == 404, name
            assert browser(stranger).post(at(name, asked)).status_code == 404, name
    with pytest.raises(Refused):
        guest_links.end_links(asked, by=southmere.officer)
    assert link_of(asked).revoked_at is None


def test_agency_with_accounts_has_no_link(northvale: World) -> None:
    with pytest.raises(Refused, match="needs no link"):
        guest_links.send_link(
            make.issued(northvale), name="Somebody", email="somebody@example.test", by=northvale.officer
        )


def test_link_that_would_run_out_is_renewed_when_the_return_is_sent_back(
    northvale: World, asked: InformationRequest
) -> None:
    first = link_of(asked)
    returns.nothing_known(asked, by=first.membership, second=SECOND)
    returns.sign_off(make.found(asked), by=link_of(asked, GuestPurpose.SIGN_OFF).membership)
    with time_machine.travel(MONDAY + timedelta(days=35), tick=True):
        requests.send_back(make.found(asked), note="Look again", by=northvale.officer)
        renewed = link_of(asked)
        assert renewed.pk != first.pk
        mail = Message.objects.filter(to_email="guest@example.test").latest("queued_at")
        assert mail.subject.startswith("A return was sent back")
        assert str(guests.secret_of(renewed)) in mail.body
        assert "Look again" in entered(renewed).get(own("request", asked)).content.decode()
    assert not GuestLink.objects.filter(purpose=GuestPurpose.SIGN_OFF, revoked_at__isnull=True).exists()


def test_withdrawal_is_told_without_the_link_that_no_longer_opens(
    northvale: World, asked: InformationRequest
) -> None:
    requests.withdraw(asked, reason="Asked by mistake", by=northvale.officer)
    mail = Message.objects.filter(to_email="guest@example.test").latest("queued_at")
    assert mail.subject.startswith("An information request was withdrawn")
    assert "/guest/" not in mail.body


def test_organisation_of_the_referrals_is_offered_again_after_withdrawal(northvale: World) -> None:
    name = "Invented Nursery"
    review = opened(northvale, network=[name])
    assert name in network_of(review).unmatched
    request = requests.start_guest_request(
        review, organisation=name, name="Invented Guest", email="guest@example.test", telling=make.telling(review),
        by=northvale.officer,
    )  # fmt: skip
    assert name not in network_of(review).unmatched
    requests.issue(request, by=northvale.officer)
    requests.withdraw(make.found(request), reason="Wrong address", by=northvale.officer)
    assert name in network_of(review).unmatched


def test_guest_brings_in_who_refuses(asked: InformationRequest) -> None:
    client = entered(link_of(asked))
    assert "will not answer" in client.get(own("request", asked)).content.decode()
    client.post(own("request_bring_in", asked), {"name": "Invented Head", "email": "head@example.test"})
    assert client.get(own("request_refuse", asked)).status_code == 403
    head = entered(link_of(asked, GuestPurpose.SIGN_OFF))
    assert "Refuse this request" in head.get(own("request", asked)).content.decode()
    head.post(own("request_refuse", asked), {"ground": "not_ours", "reason": "Invented reason"})
    refused = make.found(asked)
    assert (refused.status, refused.refusal_ground) == (RequestStatus.REFUSED, RefusalGround.NOT_OURS)


def test_what_a_guest_may_not_open_leads_to_nothing_else(asked: InformationRequest) -> None:
    client = entered(link_of(asked))
    for address, status in (
        (own("request_sign_off", asked), 403),
        (own("request_refuse", asked), 403),
        (own("request_page", asked, "no-such-page"), 404),
    ):
        shown = client.get(address)
        assert shown.status_code == status, address
        page = shown.content.decode()
        assert reverse("guest_request", args=[asked.pk]) in page
        for elsewhere in (
            'href="/requests/',
            reverse("account_logout"),
            "Go to your board",
            "app-navigation",
        ):
            assert elsewhere not in page, (address, elsewhere)


def test_no_page_of_a_guest_leads_into_the_system(asked: InformationRequest) -> None:
    client = entered(link_of(asked))
    pages = [own("request", asked), own("request_check", asked), own("request_nothing_known", asked)]
    pages += [
        own("request_files", asked),
        own("request_page", asked, "voice"),
        own("request_bring_in", asked),
    ]
    for address in pages:
        page = client.get(address).content.decode()
        for elsewhere in (
            'href="/requests/',
            'href="/cases/',
            "app-navigation",
            "data-idle-warn",
            "/account/",
        ):
            assert elsewhere not in page, (address, elsewhere)


def test_autosave_keeps_a_guests_typing_for_their_own_request_only(
    northvale: World, asked: InformationRequest
) -> None:
    client, page = entered(link_of(asked)), own("request_page", asked, "voice")
    assert f'data-typed-url="{reverse("guest_typed")}"' in client.get(page).content.decode()
    typed = {"typed_path": page, "child_voice": "Half a sentence"}
    assert client.post(reverse("guest_typed"), typed).status_code == 200
    assert "Half a sentence" in client.get(page).content.decode()
    other = make.issued(northvale, review=asked.review)
    for path in (own("request_page", other, "voice"), reverse("requests"), ""):
        assert client.post(reverse("guest_typed"), {**typed, "typed_path": path}).status_code == 400
    assert TypedWork.objects.count() == 1
    assert Client().post(reverse("guest_typed"), typed).status_code == 404


def test_typing_after_the_session_ended_is_there_with_the_next_code(asked: InformationRequest) -> None:
    link, page = link_of(asked), own("request_page", asked, "voice")
    client = entered(link)
    token = client.get(page).context["typed_by"]
    typed = {"child_voice": "A long afternoon's work", "revision": 0, "typed_by": token}
    with time_machine.travel(MONDAY + timedelta(minutes=30), tick=True):
        ended = client.post(page, typed)
        assert ended.status_code == 404
        assert "What you typed is kept" in ended.content.decode()
        again = entered(link)
        assert "A long afternoon" in again.get(page).content.decode()
