"""Who was told, one by one (C2), and what was said to and by the Panel (3.3)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from cspr.cases.dialogue import log_dialogue
from cspr.cases.models import Case, Dialogue
from cspr.deadlines.models import Deadline
from cspr.dispatch.models import How, Message, Telling
from cspr.dispatch.services import drain
from cspr.govuk.dates import typed_date
from cspr.now import now
from cspr.workflow import AlreadyDone, Refused
from notifications.services.areas import add_area
from notifications.services.tellings import tell_again, tell_of_incident, told_in_person
from tests.factories import notifications
from tests.factories.people import World

Browser = Callable[[Any], Client]
FRIDAY = datetime(2026, 11, 13, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def case(northvale: World, bodies: Any) -> Case:
    return notifications.notifiable(northvale).case


def c2(case: Case) -> Deadline:
    return Deadline.objects.get(case=case, clock="C2")


def tellings(case: Case) -> list[Telling]:
    return list(Telling.objects.filter(case=case, clock="C2").order_by("recipient_name"))


def by_telephone(telling: Telling, by: Any) -> Telling:
    return told_in_person(
        telling, how=How.TELEPHONE, at=now(), told_to="Invented Duty Officer", note="", upload=None, by=by
    )


def test_three_partners_are_asked_once_each(case: Case, northvale: World) -> None:
    assert [one.partner for one in tellings(case)] == ["ICB", "LA", "POLICE"]
    assert tell_of_incident(case.incident, by=northvale.officer) == []


def test_c2_is_met_when_the_last_recipient_is_told(case: Case, northvale: World, friday: Any) -> None:
    first, second, third = tellings(case)
    by_telephone(first, northvale.officer)
    by_telephone(second, northvale.officer)
    assert c2(case).met_on is None
    friday.shift(timedelta(minutes=5))
    by_telephone(third, northvale.second_officer)
    met = c2(case)
    assert met.met_on == date(2026, 11, 13)
    assert met.met_by is not None
    assert met.met_by.user_id == northvale.second_officer.user_id


def test_c2_is_met_by_the_mails_when_they_were_accepted(case: Case, settings: Any) -> None:
    drain()
    assert {one.status for one in tellings(case)} == {Telling.Status.SENT}
    assert c2(case).met_on == date(2026, 11, 13)


def test_area_added_later_is_waited_for(case: Case, northvale: World, southmere: World) -> None:
    area = add_area(
        case.incident, by=northvale.officer, why="Lived there before", partnership=southmere.partnership
    )
    assert str(area.partnership) in [one.recipient_name for one in tellings(case)]
    for one in tellings(case):
        assert c2(case).met_on is None
        by_telephone(one, northvale.officer)
    assert c2(case).met_on is not None


def test_failed_telling_is_sent_again_to_another_address(
    case: Case, northvale: World, southmere: World
) -> None:
    add_area(case.incident, by=northvale.officer, why="Lived there before", name="Invented Isles")
    telling = Telling.objects.get(case=case, recipient_name="Invented Isles")
    assert telling.status == Telling.Status.FAILED
    again = tell_again(telling, by=northvale.officer, email="isles@example.test")
    assert again.status == Telling.Status.QUEUED
    message = Message.objects.get(to_email="isles@example.test")
    assert "Childname" not in message.body + message.subject


def test_told_twice_says_who_told_them(case: Case, northvale: World) -> None:
    telling = by_telephone(tellings(case)[0], northvale.officer)
    assert by_telephone(telling, northvale.officer).told_at == telling.told_at
    with pytest.raises(AlreadyDone):
        by_telephone(telling, northvale.manager)


@pytest.mark.parametrize("who", ["la", "scrutineer", "referrer"])
def test_only_the_unit_tells(case: Case, northvale: World, who: str) -> None:
    with pytest.raises(Refused):
        by_telephone(tellings(case)[0], getattr(northvale, who))
    with pytest.raises(Refused):
        tell_again(tellings(case)[0], by=getattr(northvale, who))


def test_page_shows_each_recipient_and_records_a_call(case: Case, northvale: World, browser: Browser) -> None:
    client = browser(northvale.officer)
    telling = tellings(case)[2]
    address = reverse("told_in_person", args=[case.pk, telling.pk])
    page = unescape(client.get(reverse("case_told", args=[case.pk])).content.decode())
    assert page.count("A serious incident (C2)") == 3
    assert address in page
    assert "all of them by Friday 20 November 2026" in page
    given = {
        "how": "telephone",
        "told_to": "Invented Duty Sergeant",
        **typed_date("told_on", FRIDAY.date()),
        "told_time": "12:00",
        "note": "Call reference 17",
        "post_token": "one",
    }
    refused = client.post(address, {**given, "told_time": "12:30"})
    assert "must be in the past" in unescape(refused.content.decode())
    assert client.post(address, {**given, "file": notifications.evidence("note.txt")}).status_code == 302
    page = unescape(client.get(reverse("case_told", args=[case.pk])).content.decode())
    assert "Told to Invented Duty Sergeant. Call reference 17" in page
    assert "note.txt" in page


def test_telling_of_another_case_is_not_found(case: Case, southmere: World, browser: Browser) -> None:
    other = notifications.notifiable(southmere).case
    address = reverse("told_in_person", args=[other.pk, tellings(case)[0].pk])
    assert browser(southmere.officer).get(address).status_code == 404


def test_told_page_has_as_many_queries_for_one_recipient_as_for_many(
    case: Case, northvale: World, browser: Browser, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        add_area(case.incident, by=northvale.officer, why="Invented", name=f"Invented Isles {number}")
    client = browser(northvale.officer)
    with django_assert_max_num_queries(25):
        assert client.get(reverse("case_told", args=[case.pk])).status_code == 200


# ---- dialogue
def said(case: Case, by: Any, **changes: Any) -> Dialogue:
    given = {
        "direction": Dialogue.Direction.FROM,
        "how": Dialogue.How.TELEPHONE,
        "said_by": "Invented Panel Officer",
        "text": "Asked when the rapid review will come.",
        "at": now(),
    }
    return log_dialogue(case, by=by, **{**given, **changes})


def test_dialogue_keeps_what_when_and_by_whom(case: Case, northvale: World, browser: Browser) -> None:
    entry = said(case, northvale.officer)
    assert entry.body is not None
    client = browser(northvale.la)
    page = unescape(client.get(reverse("case_dialogue", args=[case.pk])).content.decode())
    assert "Invented Panel Officer, telephone; written down by Northvale Officer" in page
    assert "Asked when the rapid review will come." in page


def test_dialogue_is_never_changed(case: Case, northvale: World) -> None:
    entry = said(case, northvale.officer)
    for statement in (
        "UPDATE cases_dialogue SET text = 'x' WHERE id = %s",
        "DELETE FROM cases_dialogue WHERE id = %s",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Dialogue.objects.raw(statement, [entry.pk])[0]


def test_dialogue_of_tomorrow_or_by_a_partner_is_refused(case: Case, northvale: World) -> None:
    with pytest.raises(Refused):
        said(case, northvale.officer, at=datetime(2026, 11, 14, tzinfo=UTC))
    with pytest.raises(Refused):
        said(case, northvale.icb)


def test_dialogue_is_written_down_once_though_sent_twice(
    case: Case, northvale: World, browser: Browser
) -> None:
    client = browser(northvale.officer)
    given = {
        "direction": "to",
        "how": "email",
        "said_by": "Northvale Officer",
        **typed_date("said_on", FRIDAY.date()),
        "said_time": "11:00",
        "text": "Told of the hospital's new information.",
        "post_token": "one",
    }
    for _ in range(2):
        assert client.post(reverse("log_dialogue", args=[case.pk]), given).status_code == 302
    assert Dialogue.objects.count() == 1
