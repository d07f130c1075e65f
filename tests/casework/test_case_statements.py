"""What the pages of a case ask the database: few statements, whatever its stage; and the timeline's headings."""

import re
from collections.abc import Callable, Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cspr.cases.models import Case
from cspr.govuk.dates import london_moment
from cspr.people.models import Membership
from tests.factories import rapid_reviews as make
from tests.factories.incidents import asked
from tests.factories.people import World

Browser = Callable[[Membership], Client]
MOST = 13
"""With a review open; each is worth a fifth of the empty page, which has five (docs/measurements.md)."""
STAGES: dict[str, Callable[[World], Case]] = {
    "asked": lambda world: asked(world).case,
    "gathering": lambda world: make.written(world).case,
    "with_partners": lambda world: make.with_partners(world).case,
    "escalated": lambda world: make.escalated(world).case,
    "signed": lambda world: make.signed(world).case,
}


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Monday 16 November 2026, 9:00 in London."""
    with time_machine.travel(london_moment(date(2026, 11, 16), time(9, 0)), tick=True):
        yield


@pytest.mark.parametrize("stage", STAGES)
def test_a_case_page_asks_little(
    northvale: World, browser: Browser, stage: str, django_assert_max_num_queries: Any
) -> None:
    case = STAGES[stage](northvale)
    for who in (northvale.officer, northvale.manager, northvale.police, northvale.icb):
        client = browser(who)
        for name in ("case", "case_timeline"):
            path = reverse(name, args=[case.pk])
            client.get(path)
            with django_assert_max_num_queries(MOST):
                assert client.get(path).status_code == 200


def test_a_lead_partner_asks_little(
    northvale: World, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    path = reverse("case", args=[make.escalated(northvale).case_id])
    client = browser(northvale.la_lead)
    client.get(path)
    with django_assert_max_num_queries(MOST):
        assert "Decide on the disagreement" in client.get(path).text


def test_entries_of_the_timeline_are_headings(northvale: World, browser: Browser) -> None:
    page = browser(northvale.officer).get(reverse("case_timeline", args=[asked(northvale).case_id])).text
    titles = re.findall(r"<(\w+) class=\"govuk-heading-s app-timeline__title\"", page)
    assert set(titles) == {"h2"}
