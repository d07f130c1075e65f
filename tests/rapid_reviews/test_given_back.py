"""What was typed is given back where its page cannot be opened any more, and nothing else is told there."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from cspr.cases.services import wall_off
from cspr.people.models import Membership
from cspr.permissions import Role
from rapid_reviews.services import returns
from tests.factories import rapid_reviews, requests
from tests.factories.people import World, make_member

Browser = Callable[[Membership], Client]
TYPED = "Invented account of a visit, typed for an hour\n\nSecond paragraph <b>of it</b>"
NEW_EACH_TIME = r'(nonce|name="csrfmiddlewaretoken" value|data-[a-z-]+)="[^"]*"'
HEADING = "What you had typed"


def test_contributor_reads_again_what_was_typed_when_the_request_went_to_somebody_else(
    northvale: World, browser: Browser
) -> None:
    request = requests.issued(northvale)
    first = requests.contributor_of(request, by=northvale.agency_lead)
    client, page = browser(first), reverse("request_page", args=[request.pk, "voice"])
    client.get(page)
    second = make_member(Role.CONTRIBUTOR, agency=northvale.school)
    returns.assign(requests.found(request), contributor=second, by=northvale.agency_lead)
    answer = client.post(page, {"child_voice": TYPED, "revision": 0})
    shown = answer.content.decode()
    assert (answer.status_code, HEADING in shown) == (404, True)
    assert "<p>Invented account of a visit, typed for an hour</p>" in shown
    assert "Second paragraph &lt;b&gt;of it&lt;/b&gt;" in shown
    assert request.case.reference not in shown


def test_what_is_foreign_and_what_is_missing_answer_the_same(
    northvale: World, southmere: World, browser: Browser
) -> None:
    foreign = requests.issued(southmere)
    client = browser(northvale.agency_lead)
    answers = [
        client.post(reverse("request_page", args=[one, "voice"]), {"child_voice": TYPED})
        for one in (foreign.pk, uuid4())
    ]
    assert [one.status_code for one in answers] == [404, 404]
    assert HEADING in answers[0].content.decode()
    pages = [re.sub(NEW_EACH_TIME, "", one.content.decode()) for one in answers]
    assert pages[0] == pages[1]


def test_wall_raised_meanwhile_gives_back_the_officers_own_words(northvale: World, browser: Browser) -> None:
    review = rapid_reviews.opened(northvale)
    client = browser(northvale.officer)
    wall_off(review.case, user=northvale.officer.user, by=northvale.manager, reason="Invented")
    page = reverse("proceeding_add", args=[review.case_id])
    answer = client.post(page, {"note": TYPED})
    assert (answer.status_code, HEADING in answer.content.decode()) == (404, True)


def test_role_that_no_longer_fits_gives_it_back_too(northvale: World, browser: Browser) -> None:
    review = rapid_reviews.opened(northvale)
    page = reverse("rapid_review_close", args=[review.case_id])
    answer = browser(northvale.officer).post(page, {"reason": TYPED})
    shown = answer.content.decode()
    assert (answer.status_code, "typed for an hour" in shown) == (403, True)


def test_tokens_and_short_answers_are_not_given_back(northvale: World, browser: Browser) -> None:
    page = reverse("request_page", args=[uuid4(), "voice"])
    secrets = {
        "password": "x" * 40,
        "post_token": "y" * 40,
        "typed_by": "z" * 40,
        "who_known": ["child", str(uuid4())],
    }
    shown = browser(northvale.agency_lead).post(page, secrets).content.decode()
    assert HEADING not in shown


@pytest.mark.parametrize("path", ["/no-such-page", "/cases/"])
def test_only_pages_that_ask_give_back(northvale: World, browser: Browser, path: str) -> None:
    client = browser(northvale.agency_lead)
    assert HEADING not in client.post(path, {"text": TYPED}).content.decode()
    assert HEADING not in client.get("/no-such-page", {"text": TYPED}).content.decode()
