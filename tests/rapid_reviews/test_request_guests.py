"""A guest reaches one request by a link bound to an address and a code typed by a person, and nothing else."""

import re
from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Access, Event
from cspr.dispatch.models import Message
from cspr.govuk.dates import london_moment
from cspr.now import now
from cspr.people.models import Membership
from cspr.workflow import Refused
from rapid_reviews.models import GuestCode, GuestLink, InformationRequest
from rapid_reviews.options.requests import GuestPurpose, RequestStatus
from rapid_reviews.services import guests, requests, returns
from tests.factories import requests as make
from tests.factories.people import World
from tests.factories.rapid_reviews import opened

pytestmark = pytest.mark.django_db
MONDAY = london_moment(date(2026, 11, 16), time(9, 0))


@pytest.fixture
def asked(northvale: World) -> InformationRequest:
    return make.guest_issued(northvale)


def link_of(request: InformationRequest, purpose: GuestPurpose = GuestPurpose.ANSWER) -> GuestLink:
    return GuestLink.objects.select_related("membership__user", "request__case").get(
        request=request, purpose=purpose, revoked_at__isnull=True
    )


def last_code(email: str = "guest@example.test") -> str:
    body = Message.objects.filter(to_email=email, subject__startswith="Your code").latest("queued_at").body
    found = re.search(r"\d{4} \d{4}", body)
    assert found is not None
    return found.group()


def entered(link: GuestLink) -> Client:
    """A browser in which the code was typed."""
    client, secret = Client(), guests.secret_of(link)
    client.post(reverse("guest_open", args=[secret]))
    done = client.post(reverse("guest_code", args=[secret]), {"code": last_code(link.email)})
    assert done.status_code == 302
    return client


def own(name: str, request: InformationRequest, *more: object) -> str:
    return reverse(f"guest_{name}", args=[request.pk, *more])


def test_link_is_mailed_and_only_its_hash_is_stored(asked: InformationRequest) -> None:
    link = link_of(asked)
    secret = str(guests.secret_of(link))
    mail = Message.objects.filter(to_email="guest@example.test").latest("queued_at")
    assert f"/guest/{secret}/" in mail.body
    assert secret not in link.secret_hash
    assert not link.membership.user.has_usable_password()
    assert link.membership.user.email.endswith("@guest.invalid")


def test_looking_at_the_link_does_nothing(asked: InformationRequest) -> None:
    page = reverse("guest_open", args=[guests.secret_of(link_of(asked))])
    for method in ("get", "head"):
        assert getattr(Client(), method)(page).status_code in (200, 405)
    shown = Client().get(page).content.decode()
    assert asked.case.reference not in shown
    assert not GuestCode.objects.exists()
    assert not Message.objects.filter(subject__startswith="Your code").exists()


def test_code_opens_the_request_once(asked: InformationRequest) -> None:
    link = link_of(asked)
    client = entered(link)
    assert "A child was hurt at an invented home." in client.get(own("request", asked)).content.decode()
    again = Client().post(reverse("guest_code", args=[guests.secret_of(link)]), {"code": last_code()})
    assert "This code does not open" in again.content.decode()


def test_guest_is_named_in_the_record_and_signed_in_nowhere(asked: InformationRequest) -> None:
    client = entered(link_of(asked))
    client.get(own("request", asked))
    look = Access.objects.filter(case_id=asked.case_id).latest("at")
    assert look.actor_name == "Invented Guest (guest)"
    assert "Invented Nursery" in look.actor_capacity
    assert Event.objects.filter(kind="guestlink.opened", actor_name="Invented Guest (guest)").exists()
    for page in ("board", "requests", "cases", "calendar_address"):
        assert client.get(reverse(page)).status_code == 302, page
    assert client.get(reverse("request", args=[asked.pk])).status_code == 302


def test_wrong_codes_are_counted_and_close_the_code(asked: InformationRequest) -> None:
    link = link_of(asked)
    client, secret = Client(), guests.secret_of(link)
    client.post(reverse("guest_open", args=[secret]))
    right = last_code()
    wrong = "0000 0000" if right != "0000 0000" else "1111 1111"
    for _ in range(guests.MOST_TRIES):
        client.post(reverse("guest_code", args=[secret]), {"code": wrong})
    assert GuestCode.objects.get().tries == guests.MOST_TRIES
    client.post(reverse("guest_code", args=[secret]), {"code": right})
    assert client.get(own("request", asked)).status_code == 404


def test_code_ends_after_fifteen_minutes_and_with_the_next_one(asked: InformationRequest) -> None:
    link = link_of(asked)
    guests.send_code(link)
    first = last_code()
    with time_machine.travel(now() + timedelta(minutes=16), tick=True):
        assert not guests.use_code(link, typed=first)
    guests.send_code(link)
    assert first == last_code() or not guests.use_code(link, typed=first)


def test_codes_are_limited_by_the_hour(asked: InformationRequest) -> None:
    link = link_of(asked)
    for _ in range(guests.MOST_CODES_AN_HOUR):
        guests.send_code(link)
    with pytest.raises(Refused, match="Too many codes"):
        guests.send_code(link)
    shown = Client().post(reverse("guest_open", args=[guests.secret_of(link)])).content.decode()
    assert "Too many codes" in shown


def test_link_ends_by_itself_and_unknown_ones_look_the_same(asked: InformationRequest) -> None:
    page = reverse("guest_open", args=[guests.secret_of(link_of(asked))])
    unknown = Client().get(reverse("guest_open", args=["120e5f34-b158-490c-9d01-c17813d3d81a"]))
    with time_machine.travel(MONDAY + timedelta(days=60), tick=True):
        ended = Client().get(page)
    assert (ended.status_code, unknown.status_code) == (404, 404)
    assert "This link is not open" in ended.content.decode()


def test_session_is_for_that_request_only(northvale: World, asked: InformationRequest) -> None:
    client = entered(link_of(asked))
    other = make.issued(northvale, review=asked.review)
    for name in ("request", "request_files", "request_check", "request_nothing_known", "request_sign_off"):
        assert client.get(own(name, other)).status_code == 404, name
    assert client.get(own("request_page", other, "voice")).status_code == 404


def test_unused_session_ends(asked: InformationRequest) -> None:
    client = entered(link_of(asked))
    assert client.get(own("request", asked)).status_code == 200
    with time_machine.travel(now() + timedelta(minutes=16), tick=True):
        assert client.get(own("request", asked)).status_code == 404
    assert client.get(own("request", asked)).status_code == 404


def test_closing_ends_the_session(asked: InformationRequest) -> None:
    client = entered(link_of(asked))
    client.post(reverse("guest_leave"))
    assert client.get(own("request", asked)).status_code == 404


def test_withdrawing_ends_link_and_session_at_once(northvale: World, asked: InformationRequest) -> None:
    link = link_of(asked)
    client = entered(link)
    requests.withdraw(asked, reason="Invented reason", by=northvale.officer)
    assert client.get(own("request", asked)).status_code == 404
    assert not Membership.objects.current().filter(pk=link.membership_id).exists()


def test_guest_answers_and_a_second_person_signs_off_by_a_link(asked: InformationRequest) -> None:
    client = entered(link_of(asked))
    saved = client.post(own("request_page", asked, "voice"), {"child_voice": "Invented voice", "revision": 0})
    assert saved.status_code == 302
    make.filled(asked, by=link_of(asked).membership)
    same = client.post(own("request_check", asked), {"name": "Invented Guest", "email": "guest@example.test"})
    assert "Enter another person" in same.content.decode()
    client.post(own("request_check", asked), {"name": "Invented Second", "email": "second@example.test"})
    assert make.found(asked).status == RequestStatus.ANSWERED
    assert client.get(own("request_sign_off", asked)).status_code == 403
    second = entered(link_of(asked, GuestPurpose.SIGN_OFF))
    assert "Invented voice" not in second.get(own("request_sign_off", asked)).content.decode()
    second.post(own("request_sign_off", asked))
    done = make.found(asked)
    assert done.status == RequestStatus.SIGNED_OFF
    assert str(done.signed_off_by).startswith("Invented Second (guest)")


def test_guest_says_nothing_known(asked: InformationRequest) -> None:
    client = entered(link_of(asked))
    client.post(
        own("request_nothing_known", asked), {"name": "Invented Second", "email": "second@example.test"}
    )
    entered(link_of(asked, GuestPurpose.SIGN_OFF)).post(own("request_sign_off", asked))
    assert make.found(asked).status == RequestStatus.NIL_RETURN


def test_guest_who_hands_back_is_told_so_and_the_author_reads_why(asked: InformationRequest) -> None:
    author = entered(link_of(asked))
    author.post(
        own("request_nothing_known", asked), {"name": "Invented Second", "email": "second@example.test"}
    )
    second = entered(link_of(asked, GuestPurpose.SIGN_OFF))
    left = second.post(own("request_hand_back", asked), {"reason": "We knew the sister"}, follow=True)
    assert left.status_code == 200
    assert "was handed back to its author" in left.content.decode()
    shown = author.get(own("request", asked)).content.decode()
    assert "handed the return back" in shown
    assert "We knew the sister" in shown


def test_sent_back_return_reaches_the_guest_by_the_same_link(
    northvale: World, asked: InformationRequest
) -> None:
    returns.nothing_known(
        asked, by=link_of(asked).membership, second=returns.SecondPerson("Second", "second@example.test")
    )
    returns.sign_off(make.found(asked), by=link_of(asked, GuestPurpose.SIGN_OFF).membership)
    requests.send_back(make.found(asked), note="Look again", by=northvale.officer)
    mail = Message.objects.filter(to_email="guest@example.test").latest("queued_at")
    assert f"/guest/{guests.secret_of(link_of(asked))}/" in mail.body
    assert "Look again" in entered(link_of(asked)).get(own("request", asked)).content.decode()


def test_address_of_an_account_is_refused(northvale: World) -> None:
    review = opened(northvale)
    for somebody in (northvale.agency_lead, northvale.police):
        with pytest.raises(Refused, match="has an account"):
            requests.start_guest_request(
                review, organisation="Invented Nursery", name="Somebody", email=somebody.user.email.upper(),
                telling=make.telling(review), by=northvale.officer,
            )  # fmt: skip


def test_somebody_signed_in_is_no_guest(northvale: World, asked: InformationRequest, browser: object) -> None:
    client = browser(northvale.agency_lead)  # type: ignore[operator]
    shown = client.post(reverse("guest_open", args=[guests.secret_of(link_of(asked))]))
    assert "You are signed in" in shown.content.decode()
    assert not GuestCode.objects.exists()
