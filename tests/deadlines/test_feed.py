"""The calendar address: secret, revocable, and without a child in it."""

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from cspr.audit.models import Event
from cspr.cases.services import wall_off
from cspr.deadlines.models import FeedAddress
from cspr.deadlines.services import correct, make_feed, meet, revoke_feed
from cspr.now import today
from cspr.people.models import Membership
from tests.factories.clocks import at, make_clock
from tests.factories.people import World

Browser = Callable[[Membership], Client]


def fetch(secret: str) -> list[dict[str, str]]:
    response = Client().get(f"/calendar/{secret}.ics")
    assert response.status_code == 200
    return [dict(event.items()) for event in Calendar.from_ical(response.content).walk("VEVENT")]


def status(secret: str) -> int:
    return Client().get(f"/calendar/{secret}.ics").status_code


def test_feed_has_all_day_events_with_reference_and_verb_only(northvale: World) -> None:
    deadline = make_clock(northvale)
    secret = make_feed(by=northvale.officer)
    response = Client().get(f"/calendar/{secret}.ics")
    body = response.content.decode()
    assert "DTSTART;VALUE=DATE:20261126" in body
    assert f"SUMMARY:{deadline.case.reference}: Notify the Panel" in body
    assert f"UID:{deadline.pk}@" in body
    for hidden in (deadline.case.pseudonym, "Northvale", northvale.officer.user.email):
        assert hidden not in body
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"


def test_moved_deadline_keeps_its_uid_and_counts_up(northvale: World) -> None:
    deadline = make_clock(northvale)
    secret = make_feed(by=northvale.officer)
    before = fetch(secret)[0]
    correct(deadline.case, clock="C1", moment=at(20), by=northvale.manager, reason="call note")
    after = fetch(secret)[0]
    assert (before["UID"], before["SEQUENCE"], after["SEQUENCE"]) == (after["UID"], 0, 1)
    assert after["DTSTART"].dt == date(2026, 11, 27)  # type: ignore[attr-defined]


def test_feed_shows_only_open_clocks_of_cases_one_may_open(northvale: World, southmere: World) -> None:
    shown, walled, met = make_clock(northvale), make_clock(northvale), make_clock(northvale)
    make_clock(southmere)
    wall_off(walled.case, user=northvale.officer.user, by=northvale.manager, reason="knows the family")
    meet(met.case, clock="C1", at=at(24), by=northvale.officer)
    assert [one["UID"].split("@")[0] for one in fetch(make_feed(by=northvale.officer))] == [str(shown.pk)]
    assert fetch(make_feed(by=northvale.referrer)) == []


def test_new_address_ends_the_old_one_and_revoking_ends_it(northvale: World) -> None:
    first, second = make_feed(by=northvale.officer), make_feed(by=northvale.officer)
    assert (status(first), status(second)) == (404, 200)
    assert revoke_feed(by=northvale.officer)
    assert not revoke_feed(by=northvale.officer)
    assert status(second) == 404
    kinds = Event.objects.filter(kind__startswith="feed.").values_list("kind", flat=True)
    assert sorted(kinds) == ["feed.made", "feed.made", "feed.revoked"]


def test_address_ends_with_the_membership_or_the_account(northvale: World) -> None:
    ended, inactive = make_feed(by=northvale.officer), make_feed(by=northvale.second_officer)
    northvale.officer.ends_on = today() - timedelta(days=1)
    northvale.officer.save()
    northvale.second_officer.user.is_active = False
    northvale.second_officer.user.save()
    assert (status(ended), status(inactive)) == (404, 404)


def test_unknown_addresses_are_missing(db: None) -> None:
    for secret in ("x", "A" * 43, "%00", "A" * 3000, "é"):
        assert status(secret) == 404


def test_only_a_hash_is_stored(northvale: World) -> None:
    secret = make_feed(by=northvale.officer)
    row = FeedAddress.objects.values().get()
    assert secret not in str(row)
    assert len(row["secret_hash"]) == 64


def test_page_makes_the_address_shows_it_once_and_stops_it(northvale: World, browser: Browser) -> None:
    client, page = browser(northvale.officer), reverse("calendar_address")
    made = client.post(page, {"act": "make"})
    address = made.context["made"]
    assert address in made.content.decode()
    assert address not in client.get(page).content.decode()
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert status(secret) == 200
    client.post(page, {"act": "stop"})
    assert status(secret) == 404
    assert Client().get(page).status_code == 302
