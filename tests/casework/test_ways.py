"""Whether somebody finds the way: each page of ours is reached from another one, by whoever may use it."""

import html
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cspr.dispatch.services import drain
from cspr.people.models import Membership
from tests.factories import incidents, notifications, referrals
from tests.factories.people import World

Browser = Callable[[Membership], Client]
ABOUT_ACCESS = ("declare_conflict", "wall_off", "open_to", "broken_glass")


def shown(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_who_may_open_the_case_is_changed_from_its_pages(northvale: World, browser: Browser) -> None:
    case = incidents.received(northvale).case
    ways = {name: f'href="{reverse(name, args=[case.pk])}"' for name in ABOUT_ACCESS}
    manager = shown(browser(northvale.manager), "case", case.pk)
    officer = shown(browser(northvale.officer), "case_people", case.pk)
    assert all(way in manager for way in ways.values())
    assert [name for name, way in ways.items() if way in officer] == ["declare_conflict"]


def test_breaking_the_glass_is_found_where_a_case_is_not(northvale: World, browser: Browser) -> None:
    way = f'href="{reverse("break_glass")}"'
    assert way in shown(browser(northvale.la_lead), "search")
    assert way not in shown(browser(northvale.scrutineer), "search")


def test_the_unit_finds_the_referrals_by_agency(northvale: World, browser: Browser) -> None:
    referral = referrals.sent(northvale.referrer)
    client = browser(northvale.officer)
    page = shown(client, "referrals")
    assert f'href="{reverse("referrals")}"' in shown(client, "board")
    assert referral.agency.name in page
    assert northvale.partnership.name not in page.split("<main", 1)[1]


def test_the_unit_is_not_sent_to_pages_of_an_agency(northvale: World, browser: Browser) -> None:
    referral = referrals.sent(northvale.referrer)
    way = reverse("referral_add_to", args=[referral.pk])
    assert way in shown(browser(northvale.referrer), "referral_receipt", referral.pk)
    assert way not in shown(browser(northvale.officer), "referral_receipt", referral.pk)


def test_a_sent_referral_says_where_it_stands(northvale: World, browser: Browser) -> None:
    referral = referrals.sent(northvale.referrer)
    page = shown(browser(northvale.officer), "referral", referral.pk)
    assert f"<title>Referral {referral.reference} -" in page.replace("\n", "")
    assert f'href="{reverse("case", args=[referral.case_id])}"' in page
    assert f'href="{reverse("case", args=[referral.case_id])}"' not in shown(
        browser(northvale.referrer), "referral", referral.pk
    )


def trail(page: str) -> list[str]:
    items = re.findall(r'class="govuk-breadcrumbs__list-item"[^>]*>\s*(.*?)\s*</li>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", item).strip() for item in items]


@pytest.mark.parametrize(
    ("name", "between"),
    [
        ("case", []),
        ("case_people", []),
        ("case_told", []),
        ("case_dialogue", []),
        ("incident", []),
        ("notification", []),
        ("wall_off", []),
        ("notification_children", ["Notification"]),
        ("record_sent", ["Notification"]),
        ("log_dialogue", ["Dialogue with the Panel"]),
        ("incident_areas", ["Referral and notification"]),
    ],
)
def test_a_page_of_a_case_says_where_it_is(
    northvale: World, browser: Browser, name: str, between: list[str]
) -> None:
    case = notifications.pack(northvale).case
    client = browser(northvale.manager)
    page = shown(client, name, case.pk)
    title = re.search(r"<title>(.*?)(, NVL-\S+)? - ", page, re.DOTALL)
    assert title is not None
    assert trail(page) == ["Cases", case.reference, *between, title[1].strip()]


@pytest.mark.parametrize("name", ["notification_children", "record_sent", "log_dialogue", "declare_conflict"])
def test_a_question_about_a_case_names_the_case(northvale: World, browser: Browser, name: str) -> None:
    case = notifications.pack(northvale).case
    page = shown(browser(northvale.manager), name, case.pk)
    assert f"{case.reference}, {case.pseudonym}" in page.split("<main", 1)[1]


OF_NO_CASE = ("people", "person_choose_role", "organisations")
ANYWHERE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|\b[A-Za-z]+_[A-Za-z_]+\b")
NOT_PAGES = re.compile(r"^/(account|documents)/|/word$|\.ics$")


@pytest.mark.parametrize(
    "name", ["case", "case_told", "case_timeline", "case_decisions", "incident", "notification", *OF_NO_CASE]
)
def test_no_name_of_a_column_or_number_of_a_row_is_shown(
    northvale: World, browser: Browser, name: str
) -> None:
    pack = notifications.pack(northvale)
    drain()
    page = shown(browser(northvale.manager), name, *([] if name in OF_NO_CASE else [pack.case_id]))
    page = page.split("<main", 1)[1]
    words = re.sub(r"<[^>]+>", " ", re.sub(r"<(style|script).*?</\1>", " ", page, flags=re.DOTALL))
    assert ANYWHERE.findall(words.split("</main>")[0]) == []


@pytest.mark.parametrize(
    "who", ["referrer", "officer", "manager", "la", "la_lead", "scrutineer", "agency_lead"]
)
def test_no_link_leads_to_a_closed_door(northvale: World, browser: Browser, who: str) -> None:
    """Everything a person is shown as a link, they may open: one page of each kind, from the board on."""
    notifications.pack(northvale)
    client, seen, waiting = browser(getattr(northvale, who)), set[str](), ["/"]
    while waiting:
        address = waiting.pop()
        kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\d", "…", address.split("?")[0])
        if kind in seen or NOT_PAGES.search(kind):
            continue
        seen.add(kind)
        answer = client.get(address)
        assert answer.status_code in {200, 302}, (who, address)
        links = re.findall(r'<a [^>]*href="(/[^"#]*)', answer.content.decode())
        waiting += [html.unescape(href) for href in links]
    assert len(seen) > 3
