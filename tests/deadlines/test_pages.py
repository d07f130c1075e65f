"""The pages of the clocks: who may see them, what they say, what they refuse."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cspr.audit.models import Access, Event
from cspr.cases.services import wall_off
from cspr.deadlines.models import Deadline, Holiday
from cspr.deadlines.services import correct, make_round, numbers_of
from cspr.people.models import Membership, Partnership
from tests.factories.clocks import at, make_clock
from tests.factories.incidents import received
from tests.factories.people import World

Browser = Callable[[Membership], Client]
CHANGE = "/settings/calendar/proclaim/2026-11-25?title=Day+of+mourning"


def clock_url(deadline: Deadline) -> str:
    return reverse("case_clock", args=[deadline.case_id, deadline.pk])


def text(response: object) -> str:
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]


def test_clock_page_shows_days_rule_source_and_letter(northvale: World, browser: Browser) -> None:
    deadline = make_clock(northvale, case=received(northvale).case)
    make_round(at(24))
    correct(
        deadline.case, clock="C1", moment=at(20), by=northvale.manager, reason="the call note says Friday"
    )
    page = browser(northvale.officer).get(clock_url(deadline))
    shown = text(page)
    assert "Notify the Panel: due Friday 27 November 2026" in shown
    assert "Due Friday 27 November 2026, working day 2 of 5" in shown
    assert "Rule C1: 5 working days." in shown
    assert "Children Act 2004, section 16C(1)" in shown
    assert "the call note says Friday" in shown
    assert "Thursday 26 November 2026" in shown, "the first due date stays"
    assert "Northvale Manager" in shown
    assert Access.objects.filter(case_id=deadline.case_id, what="The clock C1").exists()


def test_clock_page_is_missing_for_strangers_and_behind_a_wall(
    northvale: World, southmere: World, browser: Browser
) -> None:
    deadline, other = make_clock(northvale), make_clock(southmere)
    wall_off(deadline.case, user=northvale.police.user, by=northvale.manager, reason="knows the family")
    for who in (southmere.manager, northvale.police):
        assert browser(who).get(clock_url(deadline)).status_code == 404
    swapped = reverse("case_clock", args=[deadline.case_id, other.pk])
    assert browser(northvale.officer).get(swapped).status_code == 404


@pytest.mark.parametrize(
    "name", ["settings", "settings_calendar", "settings_calendar_proclaim", "settings_clocks"]
)
def test_settings_are_the_managers(northvale: World, browser: Browser, name: str) -> None:
    assert browser(northvale.manager).get(reverse(name)).status_code == 200
    assert browser(northvale.officer).get(reverse(name)).status_code == 403
    assert Client().get(reverse(name)).status_code == 302


def test_proclaiming_asks_shows_and_applies(northvale: World, southmere: World, browser: Browser) -> None:
    own, hidden = make_clock(northvale), make_clock(northvale)
    make_clock(southmere)
    wall_off(hidden.case, user=northvale.manager.user, by=northvale.la, reason="knows the family")
    client = browser(northvale.manager)
    asked = client.post(
        reverse("settings_calendar_proclaim"),
        {"day_day": "25", "day_month": "11", "day_year": "2026", "title": "Day of mourning"},
    )
    assert asked.url == CHANGE
    page = client.get(asked.url)
    shown = text(page)
    assert own.case.reference in shown
    assert hidden.case.reference not in shown
    assert "1 due date of another partnership would move as well" in shown
    done = client.post(CHANGE, {"seen": page.context["seen"], "note": ""}, follow=True)
    assert "3 due dates moved" in text(done)
    assert "Day of mourning" in text(done)
    assert Deadline.objects.filter(due_on=date(2026, 11, 27)).count() == 3


def test_stale_preview_is_shown_again(northvale: World, browser: Browser) -> None:
    client = browser(northvale.manager)
    seen = client.get(CHANGE).context["seen"]
    deadline = make_clock(northvale)
    again = client.post(CHANGE, {"seen": seen, "note": ""})
    assert "What would move has changed" in text(again)
    assert deadline.case.reference in text(again)
    assert not Holiday.objects.exists()


@pytest.mark.parametrize(
    ("day", "title", "sentence"),
    [
        (("28", "11", "2026"), "Mourning", "is at a weekend"),
        (("25", "12", "2026"), "Mourning", "is a bank holiday already: Christmas Day"),
        (("31", "2", "2027"), "Mourning", "must be a real date"),
        (("", "", ""), "Mourning", "Enter"),
        (("25", "11", "2026"), "", "Enter"),
        (("25", "11", "2026"), "x" * 121, "must be 120 characters or fewer"),
        (("5", "1", "2090"), "Mourning", "within the last 12 months or the next 10 years"),
    ],
)
def test_impossible_day_is_refused_beside_its_field(
    northvale: World, browser: Browser, day: tuple[str, str, str], title: str, sentence: str
) -> None:
    sent = {"day_day": day[0], "day_month": day[1], "day_year": day[2], "title": title}
    page = browser(northvale.manager).post(reverse("settings_calendar_proclaim"), sent)
    assert page.status_code == 200
    assert sentence in text(page)
    assert "There is a problem" in text(page)


@pytest.mark.parametrize(
    "path", ["proclaim/2026-13-45", "invent/2026-11-25", "proclaim/soon", "withdraw/0000-00-00"]
)
def test_addresses_of_no_change_are_missing(northvale: World, browser: Browser, path: str) -> None:
    assert browser(northvale.manager).get(f"/settings/calendar/{path}").status_code == 404


def test_change_that_cannot_be_made_is_said(northvale: World, browser: Browser) -> None:
    page = browser(northvale.manager).get("/settings/calendar/withdraw/2026-11-25")
    assert "is not a bank holiday" in text(page)
    assert browser(northvale.manager).post("/settings/calendar/withdraw/2026-11-25", {}).status_code == 200


def test_withdrawn_day_is_listed_with_the_way_back(northvale: World, browser: Browser) -> None:
    client = browser(northvale.manager)
    address = "/settings/calendar/withdraw/2026-12-25"
    client.post(address, {"seen": client.get(address).context["seen"], "note": "for trying"})
    shown = text(client.get(reverse("settings_calendar")))
    assert "Withdrawn days" in shown
    assert "/settings/calendar/proclaim/2026-12-25?title=Christmas" in shown


def test_numbers_are_kept_within_limits_and_for_clocks_to_come(northvale: World, browser: Browser) -> None:
    running = make_clock(northvale, clock="C4", moment=at(23))
    client = browser(northvale.manager)
    address = reverse("settings_clocks")
    sent = {name: str(n) for name, n in numbers_of(northvale.partnership).items()}
    refused = client.post(address, {**sent, "decide_notifiable_days": "6"})
    assert "must be 5 or fewer" in text(refused)
    revision = client.get(address).context["revision"]
    assert (
        client.post(address, {**sent, "decide_notifiable_days": "2", "revision": revision}).status_code == 302
    )
    northvale.partnership.refresh_from_db()
    assert northvale.partnership.decide_notifiable_days == 2
    running.refresh_from_db()
    assert running.due_on == date(2026, 11, 24)
    case = Partnership.objects.get(pk=northvale.partnership.pk)
    assert (
        make_clock(World(**{**vars(northvale), "partnership": case}), clock="C4", moment=at(23)).due_on.day
        == 25
    )
    assert "1 to 2" in Event.objects.get(kind="settings.clocks_changed").detail["changes"]


def test_numbers_typed_over_somebody_elses_are_kept_and_shown(northvale: World, browser: Browser) -> None:
    client, address = browser(northvale.manager), reverse("settings_clocks")
    revision = client.get(address).context["revision"]
    sent = {name: str(n) for name, n in numbers_of(northvale.partnership).items()}
    Partnership.objects.filter(pk=northvale.partnership.pk).update(panel_reply_days=20)
    page = client.post(address, {**sent, "audit_months": "9", "revision": revision})
    assert "Somebody else saved this page" in text(page)
    northvale.partnership.refresh_from_db()
    assert (northvale.partnership.audit_months, northvale.partnership.panel_reply_days) == (6, 20)


def test_clock_page_takes_the_same_queries_however_much_changed(northvale: World, browser: Browser) -> None:
    deadline = make_clock(northvale, case=received(northvale).case)
    client = browser(northvale.officer)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(clock_url(deadline))
        return len(seen)

    queries()
    before = queries()
    for day in (18, 17, 16, 13, 12):
        correct(deadline.case, clock="C1", moment=at(day), by=northvale.manager, reason="again")
    assert queries() == before
