"""A board with more than it shows: true counts, pages that hold every row once, filters the address keeps."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from cspr.bench import caseload, partnership, stages
from cspr.cases.models import Case, Wall
from cspr.casework import board_filter
from cspr.casework.board import A_PAGE, FIRST_ROWS, Wanted, When, when
from cspr.casework.board_sources import waiting_for
from cspr.deadlines import calendar
from cspr.govuk.parts import Group, Waiting
from cspr.models import writing
from cspr.now import now, today
from cspr.people.models import Membership
from notifications.models import Incident
from notifications.models.incident import waits
from notifications.options.incident import IncidentStatus as S
from tests.factories.people import World

MANY = 160
Browser = Callable[[Membership], Client]


@pytest.fixture
def world(db: None, monkeypatch: Any) -> partnership.World:
    """A partnership of two agencies whose every case is open and waits for the notification."""
    monkeypatch.setattr(partnership, "AGENCIES", 2)
    monkeypatch.setattr(stages, "ONE_OPEN_IN", 1)
    monkeypatch.setattr(stages, "OPEN_STAGES", stages.BEFORE_REVIEW)
    built = partnership.build()
    caseload.extend(built, before=0, to=MANY)
    return built


def shown(client: Client, address: str = "/") -> list[Group]:
    return list(client.get(address).context["groups"])


def rows(client: Client, address: str) -> list[str]:
    """Every row of one place, over all its pages."""
    pages = client.get(address).context["page_obj"].paginator.num_pages
    found = [shown(client, f"{address}&page={page}") for page in range(1, pages + 1)]
    return [f"{act.reference} {act.title}" for (group,) in found for act in group.acts]


def test_counts_are_true_and_what_is_not_shown_is_said(world: partnership.World, browser: Browser) -> None:
    client = browser(world.officer)
    groups = shown(client)
    untold = 1
    assert sum(group.count for group in groups) == Incident.objects.filter(waits()).count() + untold
    assert all(len(group.acts) == min(group.count, FIRST_ROWS) for group in groups)
    page = client.get("/").content.decode()
    (others,) = (group for group in groups if group.anchor == When.OTHERS)
    assert f"Showing the first {FIRST_ROWS} of {others.count}." in page


def test_waiting_for_others_has_rows_beside_a_hundred_own(world: partnership.World, browser: Browser) -> None:
    own, others = shown(browser(world.officer))[:4], shown(browser(world.officer))[4]
    assert sum(group.count for group in own) > A_PAGE
    assert others.count == Incident.objects.filter(status=S.VIEWS_REQUESTED).count()
    assert others.acts


@pytest.mark.parametrize("place", list(When))
def test_pages_of_a_place_hold_every_row_once(
    world: partnership.World, browser: Browser, place: When
) -> None:
    client = browser(world.officer)
    (counted,) = (group.count for group in shown(client) if group.anchor == place)
    found = rows(client, f"/?when={place}")
    assert len(found) == len(set(found)) == counted


def test_a_place_longer_than_a_page_is_paged(world: partnership.World, browser: Browser) -> None:
    caseload.extend(world, before=MANY, to=2 * MANY)
    found = rows(browser(world.officer), "/?when=others")
    assert len(found) == len(set(found)) > A_PAGE


def test_a_page_after_the_last_is_the_last(world: partnership.World, browser: Browser) -> None:
    client = browser(world.officer)
    (last,) = shown(client, "/?when=others&page=99")
    assert last.acts


@pytest.mark.parametrize(
    "address", ["/?when=nonsense", "/?page=x", "/?page=-1", "/?stage=nonsense", "/?person=1"]
)
def test_an_address_that_makes_no_sense_shows_the_whole_board(
    world: partnership.World, browser: Browser, address: str
) -> None:
    client = browser(world.officer)
    assert [group.count for group in shown(client, address)] == [group.count for group in shown(client)]


def test_a_walled_case_is_in_no_count(world: partnership.World, browser: Browser) -> None:
    client = browser(world.officer)
    before = sum(group.count for group in shown(client))
    case = Case.objects.filter(incident__status=S.TRIAGE).exclude(walls__user=world.officer.user)[0]
    with writing():
        Wall.objects.create(
            case=case, user=world.officer.user, reason="Invented", raised_at=now(), raised_by=world.la
        )
    assert sum(group.count for group in shown(client)) == before - 1


def test_what_a_partner_has_answered_waits_for_others(world: partnership.World, browser: Browser) -> None:
    """The bench's cases are asked twice over: one half is answered by the ICB, none by the police."""
    asked = Incident.objects.filter(status=S.VIEWS_REQUESTED)
    answered = asked.filter(case__decisions__sign_offs__partner="ICB").count()
    counts = {group.anchor: group.count for group in shown(browser(world.icb))}
    assert counts[When.OTHERS] == answered > 0
    assert sum(counts.values()) == asked.count()
    police = {group.anchor: group.count for group in shown(browser(world.police))}
    assert (police[When.OTHERS], sum(police.values())) == (0, asked.count())


def test_next_days_end_where_the_board_ends_them(db: None) -> None:
    """The database and the page agree on every day, weekends and bank holidays included."""
    for on in (date(2026, 11, 26), date(2026, 12, 23), date(2026, 11, 28)):
        wanted = Wanted(on, calendar.current())
        for days in range(1, 25):
            due = on + timedelta(days=days)
            place = when(Waiting("", "", "", due_on=due), on, wanted.in_force)
            assert (place == When.NEXT) == (due <= wanted.within.until)


def test_filter_by_stage_is_kept_by_the_links(world: partnership.World, browser: Browser) -> None:
    client = browser(world.officer)
    groups = shown(client, "/?stage=referral")
    assert (
        sum(group.count for group in groups)
        == Incident.objects.filter(status__in=[S.TRIAGE, S.VIEWS_REQUESTED]).count() + 1
    )
    assert all("stage=referral" in group.href for group in groups)


def test_filter_by_agency_leaves_its_cases_only(world: partnership.World, browser: Browser) -> None:
    client = browser(world.officer)
    first, second = (
        sum(group.count for group in shown(client, f"/?agency={agency.pk}")) for agency in world.agencies
    )
    assert first + second == sum(group.count for group in shown(client))
    assert first > 0 < second


def test_filter_by_person_leaves_what_they_worked_on(world: partnership.World, browser: Browser) -> None:
    client = browser(world.officer)
    worked = Incident.objects.filter(waits(), views_requested_by=world.second_officer).count()
    groups = shown(client, f"/?person={world.second_officer.pk}")
    assert sum(group.count for group in groups) - worked in {0, 1}
    assert worked > 0


def test_filter_says_names_and_keeps_them_out_of_the_address(
    world: partnership.World, browser: Browser
) -> None:
    client = browser(world.officer)
    assert "Invented Second Officer" not in client.get("/").content.decode()
    form = client.get("/?filter=1").content.decode()
    assert "Invented Second Officer" in form
    assert f'value="{world.second_officer.pk}"' in form


def test_an_agency_has_no_filter(world: partnership.World, browser: Browser) -> None:
    page = browser(world.agency_lead).get("/?filter=1").content.decode()
    assert "Apply filter" not in page
    assert "Filter by stage" not in page


def test_walled_off_case_is_on_no_narrowed_board(world: partnership.World) -> None:
    wanted = Wanted(today(), calendar.current())
    with writing():
        for case in Case.objects.exclude(walls__user=world.officer.user):
            Wall.objects.create(
                case=case, user=world.officer.user, reason="Invented", raised_at=now(), raised_by=world.la
            )
    assert waiting_for(world.officer, wanted).rows == []


@pytest.fixture
def reviewed(db: None, monkeypatch: Any) -> partnership.World:
    """A partnership whose every case is open, at every stage so far."""
    monkeypatch.setattr(partnership, "AGENCIES", 3)
    monkeypatch.setattr(stages, "ONE_OPEN_IN", 1)
    built = partnership.build()
    caseload.extend(built, before=0, to=MANY)
    return built


@pytest.mark.parametrize("who", ["officer", "la", "police"])
@pytest.mark.parametrize("place", list(When))
def test_pages_of_a_place_hold_every_row_of_every_stage_once(
    reviewed: partnership.World, browser: Browser, who: str, place: When
) -> None:
    client = browser(getattr(reviewed, who))
    (counted,) = (group.count for group in shown(client) if group.anchor == place)
    found = rows(client, f"/?when={place}")
    assert len(found) == len(set(found)) == counted


def test_filter_by_stage_parts_the_board(reviewed: partnership.World, browser: Browser) -> None:
    client = browser(reviewed.officer)
    counts = {
        stage: sum(group.count for group in shown(client, f"/?stage={stage}"))
        for stage in board_filter.STAGES
    }
    assert all(counts.values())
    assert sum(counts.values()) == sum(group.count for group in shown(client))


def test_other_partnership_sees_nothing_of_it(reviewed: partnership.World, southmere: World) -> None:
    for acting in southmere.everybody().values():
        assert waiting_for(acting, Wanted(today(), calendar.current())).rows == []
