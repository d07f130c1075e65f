"""Two people at one second on one request, really committed: one counts, nothing is done twice, nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from cspr.cases.models import Wall
from cspr.cases.services import wall_off
from cspr.dispatch.models import Message
from cspr.models import Changed
from cspr.permissions import Role
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import GuestCode, GuestLink, InformationRequest, Return
from rapid_reviews.options.requests import GuestPurpose, RequestStatus
from rapid_reviews.services import chasing, guest_links, guests, requests, returns
from tests.factories import requests as make
from tests.factories.people import World, make_member, make_world

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def world(committed: None) -> World:
    return make_world("NVL", "Northvale")


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at one moment; what each answered or raised."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return act()
        except (AlreadyDone, Refused, Changed) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def names(done: list[Any]) -> list[str]:
    return sorted(type(one).__name__ for one in done)


def test_two_officers_issue_at_once_it_goes_out_once(world: World) -> None:
    draft = make.drafted(world)
    done = together(
        lambda: requests.issue(draft, by=world.officer),
        lambda: requests.issue(draft, by=world.second_officer),
    )
    assert names(done) == ["AlreadyDone", "InformationRequest"]
    assert Return.objects.filter(request=draft).count() == 1
    asked = Message.objects.filter(subject__startswith="An information request waits")
    assert asked.count() == 1


def test_two_leads_sign_off_at_once_one_counts(world: World) -> None:
    request = make.answered(world)
    other = make_member(Role.AGENCY_LEAD, agency=world.school)
    done = together(
        lambda: returns.sign_off(request, by=world.agency_lead), lambda: returns.sign_off(request, by=other)
    )
    assert names(done) == ["AlreadyDone", "InformationRequest"]


def test_lead_signs_off_while_the_unit_withdraws(world: World) -> None:
    request = make.answered(world)
    done = together(
        lambda: returns.sign_off(request, by=world.agency_lead),
        lambda: requests.withdraw(request, reason="Not needed", by=world.officer),
    )
    assert names(done) == ["InformationRequest", "Refused"]
    assert make.found(request).status in {RequestStatus.SIGNED_OFF, RequestStatus.WITHDRAWN}


def test_contributor_saves_while_it_is_reassigned(world: World) -> None:
    request = make.issued(world)
    first = make.contributor_of(request, by=world.agency_lead)
    second = make_member(Role.CONTRIBUTOR, agency=world.school)
    answers = {"child_voice": "Invented"}
    saved, _ = together(
        lambda: returns.save_page(request, page="voice", answers=answers, revision=0, by=first),
        lambda: returns.assign(make.found(request), contributor=second, by=world.agency_lead),
    )
    kept = Return.objects.get(request=request).answers
    assert kept == (answers if isinstance(saved, Return) else {})
    assert InformationRequest.objects.get(pk=request.pk).contributor == second


@pytest.mark.parametrize("attempt", range(4))
def test_contributor_is_walled_off_while_they_send_the_return(world: World, attempt: int) -> None:
    request = make.issued(world)
    author = make.contributor_of(request, by=world.agency_lead)
    make.filled(make.found(request), by=author)
    sent, raised = together(
        lambda: returns.answer(make.found(request), by=author),
        lambda: wall_off(request.case, user=author.user, by=world.manager, reason="Invented conflict"),
    )
    assert isinstance(raised, Wall)
    assert make.found(request).contributor is None
    was_sent = not isinstance(sent, Refused)
    assert make.found(request).status == (RequestStatus.ANSWERED if was_sent else RequestStatus.ISSUED)


def test_two_pages_at_once_are_both_kept_and_one_page_twice_shows_a_conflict(world: World) -> None:
    request, lead = make.issued(world), world.agency_lead

    def save(page: str, words: str) -> Callable[[], Return]:
        key = {"voice": "child_voice", "equality": "equality"}[page]
        return lambda: returns.save_page(request, page=page, answers={key: words}, revision=0, by=lead)

    together(save("voice", "One"), save("equality", "Two"))
    assert Return.objects.get(request=request).answers == {"child_voice": "One", "equality": "Two"}
    same = make.issued(world, review=request.review, agency=_other_school(world))
    other = make_member(Role.AGENCY_LEAD, agency=same.agency)
    done = together(
        lambda: returns.save_page(same, page="voice", answers={"child_voice": "A"}, revision=0, by=other),
        lambda: returns.save_page(same, page="voice", answers={"child_voice": "B"}, revision=0, by=other),
    )
    assert names(done) == ["Changed", "Return"]


def _other_school(world: World) -> Any:
    make_member(Role.AGENCY_LEAD, agency=world.hospital)
    return world.hospital


def test_one_code_typed_twice_at_once_opens_once(world: World) -> None:
    request = make.guest_issued(world)
    link = GuestLink.objects.get(request=request)
    guests.send_code(link)
    body = Message.objects.filter(subject__startswith="Your code").latest("queued_at").body
    code = "".join(one for one in body.splitlines()[2] if one.isdigit())
    done = together(lambda: guests.use_code(link, typed=code), lambda: guests.use_code(link, typed=code))
    assert sorted(done) == [False, True]
    assert GuestCode.objects.get().used_at is not None


def test_two_officers_chase_at_once_and_the_agency_is_told_once(world: World) -> None:
    request = make.issued(world)
    done = together(
        lambda: chasing.chase(request, by=world.officer),
        lambda: chasing.chase(request, by=world.second_officer),
    )
    assert names(done) == ["InformationRequest", "Refused"]
    assert Message.objects.filter(subject__startswith="The business unit waits").count() == 1


def test_new_link_is_sent_while_the_guest_sends_the_answer(world: World) -> None:
    """Either the answer came first and the new link is for the sign-off, or the guest's link had ended before."""
    request = make.guest_issued(world)
    link = GuestLink.objects.get(request=request)
    answered, sent = together(
        lambda: returns.nothing_known(
            request, by=link.membership, second=returns.SecondPerson("Second", "second@example.test")
        ),
        lambda: guest_links.send_link(request, name="Other", email="other@example.test", by=world.officer),
    )
    assert isinstance(sent, GuestLink)
    now_stands = make.found(request).status
    if isinstance(answered, Refused):
        assert (now_stands, sent.purpose) == (RequestStatus.ISSUED, GuestPurpose.ANSWER)
    else:
        assert (now_stands, sent.purpose) == (RequestStatus.ANSWERED, GuestPurpose.SIGN_OFF)
    assert GuestLink.objects.filter(revoked_at__isnull=True, purpose=sent.purpose).get() == sent
