"""Too late, in two tabs, alone, walled off, after the review went out: each attempt ends safely and says why."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cspr.cases.services import wall_off
from cspr.decisions.models import Answer
from cspr.dispatch.models import Message
from cspr.people.models import Membership
from cspr.permissions import Role
from cspr.workflow import Refused
from rapid_reviews.models import GuestLink, InformationRequest, RapidReview, Return
from rapid_reviews.options.requests import RequestStatus
from rapid_reviews.services import requests, returns
from rapid_reviews.services.closing import close_not_meeting
from rapid_reviews.services.sending import send_review
from rapid_reviews.services.signing import put_to_partners, sign
from tests.factories import rapid_reviews as reviews
from tests.factories import requests as make
from tests.factories import sent_reviews as panel
from tests.factories.board import request_rows
from tests.factories.people import World, make_agency, make_member
from tests.factories.sent_reviews import sending

pytestmark = pytest.mark.django_db
Browser = Callable[[Membership], Client]


def url(name: str, request: InformationRequest, *more: object) -> str:
    return reverse(name, args=[request.pk, *more])


def last_mail(to: str) -> str:
    return Message.objects.filter(to_email=to).latest("queued_at").subject.partition(":")[0]


def send(review: RapidReview, world: World) -> RapidReview:
    """Written, signed by all three and sent, whatever the agencies answered."""
    reviews.write_all(review, by=world.officer)
    put_to_partners(reviews.found(review), by=world.second_officer)
    for partner in world.partners:
        sign(reviews.found(review), by=partner, answer=Answer.YES, reason="Invented agreement")
    return reviews.found(send_review(reviews.found(review), sending(), by=world.officer))


def test_review_that_was_sent_asks_nobody_and_sends_nothing_back(northvale: World, browser: Browser) -> None:
    draft = make.drafted(northvale, agency=northvale.hospital)
    returned = make.signed_off(northvale, review=draft.review)
    make_member(Role.AGENCY_LEAD, agency=northvale.hospital)
    send(draft.review, northvale)
    for act in (
        lambda: requests.issue(draft, by=northvale.officer),
        lambda: requests.send_back(returned, note="Look again", by=northvale.officer),
    ):
        with pytest.raises(Refused, match="has been sent or closed"):
            act()
    unit = browser(northvale.officer)
    for name in ("case_request_issue", "case_request_send_back"):
        one = draft if name == "case_request_issue" else returned
        shown = unit.get(reverse(name, args=[one.case_id, one.pk])).content.decode()
        assert "The rapid review has been sent or closed." in shown
    assert "Ask agencies" not in unit.get(reverse("case_requests", args=[draft.case_id])).content.decode()
    assert not any("Issue" in one.title or "Ask" in one.title for one in request_rows(northvale.officer))


def test_return_that_comes_after_the_review_was_sent_is_kept_and_told(northvale: World) -> None:
    request = make.answered(northvale)
    send(request.review, northvale)
    assert [one.title for one in request_rows(northvale.officer) if one.offer] == ["The agencies’ returns"]
    returns.sign_off(make.found(request), by=northvale.agency_lead)
    assert make.found(request).status == RequestStatus.SIGNED_OFF
    assert last_mail(northvale.officer.user.email) == "An agency sent its return"


def test_closing_the_review_withdraws_what_waits_without_its_reason(
    northvale: World, browser: Browser
) -> None:
    request = make.issued(northvale)
    guest = make.guest_issued(northvale, review=request.review)
    close_not_meeting(
        request.review,
        reason="Invented finding of the Panel",
        correspondence=panel.wrote(),
        by=northvale.manager,
    )
    assert make.found(request).status == RequestStatus.WITHDRAWN
    shown = browser(northvale.agency_lead).get(url("request", request)).content.decode()
    assert "The rapid review was closed" in shown
    assert "Invented finding" not in shown
    assert not GuestLink.objects.filter(request=guest, revoked_at__isnull=True).exists()


def test_nothing_is_written_after_withdrawal_and_typing_is_not_lost(
    northvale: World, browser: Browser
) -> None:
    request = make.issued(northvale)
    client, page = browser(northvale.agency_lead), url("request_page", request, "voice")
    client.get(page)
    requests.withdraw(request, reason="Asked by mistake", by=northvale.officer)
    shown = client.post(page, {"child_voice": "Typed for an hour", "revision": 0}).content.decode()
    assert "This request is not open for answers now." in shown
    assert "Typed for an hour" in shown
    assert Return.objects.get(request=request).answers == {}
    for act in (
        lambda: returns.answer(request, by=northvale.agency_lead),
        lambda: returns.nothing_known(request, by=northvale.agency_lead),
        lambda: returns.sign_off(request, by=northvale.agency_lead),
        lambda: returns.hand_back(request, reason="x", by=northvale.agency_lead),
        lambda: returns.assign(request, contributor=northvale.agency_lead, by=northvale.agency_lead),
        lambda: returns.refuse(request, ground="other", reason="x", by=northvale.agency_lead),  # type: ignore[arg-type]
    ):
        with pytest.raises(Refused):
            act()
    assert make.found(request).status == RequestStatus.WITHDRAWN


def test_two_tabs_sign_off_after_handing_back_is_refused_with_a_sentence(
    northvale: World, browser: Browser
) -> None:
    request = make.answered(northvale)
    client = browser(northvale.agency_lead)
    assert client.get(url("request_sign_off", request)).status_code == 200
    client.post(url("request_hand_back", request), {"reason": "Say more"})
    shown = client.post(url("request_sign_off", request))
    assert "cannot be done while the stage is “with the agency”" in shown.content.decode()
    assert make.found(request).status == RequestStatus.ISSUED


def test_wall_raised_while_the_page_is_open_ends_it(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    contributor = make.contributor_of(request, by=northvale.agency_lead)
    clients = [browser(contributor), browser(northvale.agency_lead), browser(northvale.officer)]
    for one in (contributor, northvale.agency_lead, northvale.officer):
        wall_off(request.case, user=one.user, by=northvale.manager, reason="Invented conflict")
    saved = clients[0].post(url("request_page", request, "voice"), {"child_voice": "x", "revision": 0})
    assert saved.status_code == 404
    assert clients[1].post(url("request_refuse", request), {"ground": "other"}).status_code == 404
    back = reverse("case_request_withdraw", args=[request.case_id, request.pk])
    assert clients[2].post(back, {"reason": "x"}).status_code == 404
    assert request.case.reference not in clients[1].get(reverse("requests")).content.decode()
    assert [request_rows(one) for one in (contributor, northvale.agency_lead)] == [[], []]


def test_agency_with_one_lead_is_told_before_it_writes(northvale: World, browser: Browser) -> None:
    request = make.issued(northvale)
    client = browser(northvale.agency_lead)
    alone = "Nobody else at Northvale Invented School can sign this return off."
    for name in ("request", "request_check", "request_nothing_known"):
        assert alone in client.get(url(name, request)).content.decode(), name
    make.contributor_of(request, by=northvale.agency_lead)
    assert alone not in client.get(url("request", request)).content.decode()


def test_return_that_nobody_can_sign_is_told_to_the_unit_until_somebody_can(
    northvale: World, browser: Browser
) -> None:
    request = make.issued(northvale)
    make.filled(request, by=northvale.agency_lead)
    returns.answer(make.found(request), by=northvale.agency_lead)
    assert last_mail(northvale.officer.user.email) == "An agency has nobody who can sign its return off"
    listed = reverse("case_requests", args=[request.case_id])
    assert "Nobody there can sign it off" in browser(northvale.officer).get(listed).content.decode()
    shown = browser(northvale.agency_lead).get(url("request", request)).content.decode()
    assert "You cannot sign this off: You prepared this" in shown
    assert "Hand back to the author" in shown
    second = make_member(Role.AGENCY_LEAD, agency=northvale.school, name="Invented Second Lead")
    shown = browser(northvale.officer).get(listed).content.decode()
    assert "Sign-off: Invented Second Lead" in shown
    assert [one.title for one in request_rows(second)] == ["Sign off the return"]
    browser(second).post(url("request_sign_off", request))
    assert make.found(request).status == RequestStatus.SIGNED_OFF


def test_prepared_requests_say_beforehand_which_cannot_go_out(northvale: World, browser: Browser) -> None:
    draft = make.drafted(northvale, agency=northvale.hospital)
    make.drafted(northvale, review=draft.review)
    page = browser(northvale.officer).get(reverse("case_requests_issue", args=[draft.case_id]))
    assert "Nobody at Northvale Invented Hospital Trust can receive it" in page.content.decode()
    assert "one of them cannot go out as it stands" in page.content.decode()


@pytest.mark.parametrize("list_of", ["agency", "unit"])
def test_lists_ask_as_often_for_one_as_for_many(northvale: World, browser: Browser, list_of: str) -> None:
    request = make.issued(northvale)
    agency = list_of == "agency"
    client = browser(northvale.agency_lead if agency else northvale.officer)
    page = reverse("requests") if agency else reverse("case_requests", args=[request.case_id])
    few = _queries(client, page)
    for _ in range(4):
        if agency:
            make.issued(northvale)
        else:
            other = make_agency(northvale.partnership)
            make_member(Role.AGENCY_LEAD, agency=other)
            make.issued(northvale, agency=other, review=request.review)
    assert _queries(client, page) == few


def _queries(client: Client, page: str) -> int:
    client.get(page)  # the session's own clock is written at most every 30 seconds: not in the count
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)
