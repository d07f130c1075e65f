"""A list page asks the database the same number of questions however long its list is."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cspr.audit.access import looked
from cspr.bench import caseload, partnership, stages
from cspr.cases.models import Case
from cspr.cases.services import show_names
from cspr.dispatch.models import Telling, TellingKind
from cspr.models import writing
from cspr.now import now
from cspr.people.models import Membership
from cspr.permissions import Role
from tests.factories.people import make_member

Browser = Callable[[Membership], Client]
FEW, MANY = len(stages.OPEN_STAGES), 50


@pytest.fixture
def world(db: None, monkeypatch: Any) -> partnership.World:
    """A partnership with one agency, whose every case is open: one of each stage so far."""
    monkeypatch.setattr(partnership, "AGENCIES", 1)
    monkeypatch.setattr(stages, "ONE_OPEN_IN", 1)
    built = partnership.build()
    caseload.extend(built, before=0, to=FEW)
    return built


def queries(client: Client, path: str) -> int:
    """How many statements the page sends, once everything that is kept between requests is there."""
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("who", ["officer", "la", "icb", "police", "agency_lead"])
@pytest.mark.parametrize("page", ["board", "cases", "referrals"])
def test_lists_across_cases(world: partnership.World, browser: Browser, who: str, page: str) -> None:
    acting = getattr(world, who)
    client, path = browser(acting), reverse(page)
    if client.get(path).status_code == 403:
        return
    few = queries(client, path)
    caseload.extend(world, before=FEW, to=FEW + MANY)
    assert queries(client, path) == few


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD_PARTNER, Role.SCRUTINEER])
def test_boards_of_those_who_watch(world: partnership.World, browser: Browser, role: Role) -> None:
    belongs = {"partner": "LA"} if role == Role.LEAD_PARTNER else {}
    client = browser(make_member(role, partnership=world.partnership, **belongs))
    few = queries(client, reverse("board"))
    caseload.extend(world, before=FEW, to=FEW + MANY)
    assert queries(client, reverse("board")) == few


def tell(case: Case, by: Membership, number: int) -> None:
    with writing():
        Telling.objects.create(
            case=case,
            what=TellingKind.OTHER,
            recipient=Telling.Recipient.NAMED,
            recipient_name=f"Invented recipient {number}",
            status=Telling.Status.FAILED,
            asked_at=now(),
            asked_by=by,
        )


def happen(case: Case, by: Membership, number: int) -> None:
    show_names(case, by=by)


def look(case: Case, by: Membership, number: int) -> None:
    looked(by=by, case=case, what=f"Page {number}", path="/")


@pytest.mark.parametrize(
    ("page", "add"), [("case_told", tell), ("case_timeline", happen), ("case_looked", look)]
)
def test_lists_of_one_case(world: partnership.World, browser: Browser, page: str, add: Any) -> None:
    case = Case.objects.get(pseudonym="Child Alder")
    client, path = browser(world.officer), reverse(page, args=[case.pk])
    add(case, world.officer, 0)
    few = queries(client, path)
    for number in range(1, MANY):
        add(case, world.officer, number)
    assert queries(client, path) == few


def test_people_list(world: partnership.World, browser: Browser) -> None:
    client = browser(make_member(Role.MANAGER, partnership=world.partnership))
    few = queries(client, reverse("people"))
    for _ in range(MANY):
        make_member(Role.OFFICER, partnership=world.partnership)
    assert queries(client, reverse("people")) == few
