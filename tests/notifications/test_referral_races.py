"""Two presses at one moment, really committed: one draft, one case, one answer kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from cspr.cases.models import Case
from notifications.models import Referral
from tests.factories.fixtures import sign_in
from tests.factories.people import make_world
from tests.factories.referrals import complete, started

pytestmark = pytest.mark.usefixtures("committed")


def at_once(act: Callable[[int], Any], number: int = 2) -> list[Any]:
    """Run ``act`` in so many threads that all begin together."""
    barrier = Barrier(number)

    def run(place: int) -> Any:
        barrier.wait(timeout=10)
        try:
            return act(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def browsers(by: Any) -> list[Client]:
    return [sign_in(by) for _ in range(2)]


def test_send_from_two_tabs_at_once_is_one_case() -> None:
    world = make_world()
    referral, tabs = complete(world.referrer), browsers(world.referrer)
    answers = at_once(lambda tab: tabs[tab].post(reverse("referral_check", args=[referral.pk])))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Case.objects.count() == 1


def test_start_from_one_form_at_once_is_one_draft() -> None:
    world = make_world()
    tabs, given = (
        browsers(world.referrer),
        {"partnership": str(world.partnership.pk), "post_token": "one-form"},
    )
    answers = at_once(lambda tab: tabs[tab].post(reverse("referral_start"), given))
    assert answers[0].url == answers[1].url
    assert Referral.objects.count() == 1


def test_two_tabs_on_one_page_at_once_keep_one_and_show_the_other() -> None:
    world = make_world()
    draft, tabs = started(world.referrer), browsers(world.referrer)
    where = reverse("referral_page", args=[draft.pk, "what-happened"])
    answers = at_once(lambda tab: tabs[tab].post(where, {"narrative": f"From tab {tab}", "revision": "0"}))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    shown = next(answer for answer in answers if answer.status_code == 200).content.decode()
    assert "From tab 0" in shown
    assert "From tab 1" in shown
