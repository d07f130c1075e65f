"""The pack's pages: every field on the screen, on paper and in Word; who may see it; recording it as sent."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from io import BytesIO
from typing import Any

import docx
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from docx.oxml.ns import qn

from cspr.audit.models import Access
from cspr.cases.models import Dialogue
from cspr.cases.services import wall_off
from cspr.documents.models import Document
from cspr.govuk.dates import typed_date
from cspr.typed.models import TypedWork
from notifications.models import Notification
from notifications.national_form import edition_named
from notifications.selectors.notification import notification_of, pack_of
from tests.factories import notifications
from tests.factories.people import World

Browser = Callable[[Any], Client]
FRIDAY = datetime(2026, 11, 13, 12, 0, tzinfo=UTC)
READ = ("notification", "notification_print", "notification_word")
CHANGE = ("notification_children", "record_sent", "send_further", "notification_open")


@pytest.fixture(autouse=True)
def friday() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def pack(northvale: World, bodies: Any) -> Notification:
    return notifications.pack(northvale)


def at(name: str, notification: Notification, *more: Any) -> str:
    return reverse(name, args=[notification.case_id, *more])


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.status_code
    return unescape(response.content.decode())


def labels(notification: Notification) -> list[str]:
    return [field.label for _, field in edition_named(notification.edition).fields()]


def word_of(client: Client, notification: Notification) -> Any:
    response = client.get(at("notification_word", notification))
    assert response["Content-Disposition"] == 'attachment; filename="NVL-2026-0001-notification.docx"'
    return docx.Document(BytesIO(response.content))


# ---- what stands there
def test_every_field_stands_on_the_page_the_print_and_in_word(
    pack: Notification, northvale: World, browser: Browser
) -> None:
    client = browser(northvale.officer)
    word = word_of(client, pack)
    in_word = [row.cells[0].text for table in word.tables for row in table.rows]
    page, print_view = (text_of(client, at(name, pack)) for name in ("notification", "notification_print"))
    for label in labels(pack):
        assert label in page
        assert label in print_view
        assert label in in_word


def test_frozen_copy_shows_every_field_too(northvale: World, bodies: Any, browser: Browser) -> None:
    sent = notifications.sent(northvale)
    client = browser(northvale.officer)
    page, word = text_of(client, at("notification", sent)), word_of(client, sent)
    in_word = [row.cells[0].text for table in word.tables for row in table.rows]
    assert all(label in page and label in in_word for label in labels(sent))
    assert sent.frozen_hash in page
    assert "SIN-2026-00042" in page
    assert "Nothing has changed on the case" in page


def test_page_reminds_of_the_time_out_and_lists_what_is_missing(
    pack: Notification, northvale: World, browser: Browser
) -> None:
    page = text_of(browser(northvale.officer), at("notification", pack))
    assert "ends after 20 minutes" in page
    assert f"{at('notification_section', pack, 'notifier')}#id_notifier_role" in page
    assert 'data-copy="12/11/2026"' in page
    assert "readonly" in page
    assert "44 of 4,000 characters" in page


def test_word_copy_has_headings_repeated_header_rows_language_and_title(
    pack: Notification, northvale: World, browser: Browser
) -> None:
    word = word_of(browser(northvale.officer), pack)
    headings = [one.text for one in word.paragraphs if one.style.name.startswith("Heading")]
    assert headings[:3] == ["Notification, NVL-2026-0001", "Who is notifying", "What is being notified"]
    for table in word.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert [cell.text for cell in table.rows[0].cells] == ["Field", "Answer"]
    assert (word.core_properties.title, word.core_properties.language) == (
        "Notification, NVL-2026-0001",
        "en-GB",
    )
    assert (word.core_properties.author, word.core_properties.comments) == ("", "")
    assert word.styles.element.find(".//" + qn("w:lang")).get(qn("w:val")) == "en-GB"
    assert not list(word.element.iter(qn("w:sdt")))


def test_two_copies_of_one_child_each_have_their_page(
    northvale: World, bodies: Any, browser: Browser
) -> None:
    notification = notifications.pack(northvale, children=5)
    page = text_of(browser(northvale.officer), at("notification", notification))
    assert "The child: child 4 of 4" in page
    assert "4 children are told of in detail and 1 more child as text" in page
    assert "Child 5: Invented Child 5" in page


# ---- who
@pytest.mark.parametrize("name", READ)
def test_looking_is_recorded(pack: Notification, northvale: World, browser: Browser, name: str) -> None:
    assert browser(northvale.police).get(at(name, pack)).status_code == 200
    assert Access.objects.filter(
        case_id=pack.case_id, user_id=northvale.police.user_id, path=at(name, pack)
    ).exists()


@pytest.mark.parametrize("name", [*READ, *CHANGE, "case_told", "case_dialogue", "log_dialogue"])
def test_strangers_agencies_and_walled_people_find_nothing(
    pack: Notification, northvale: World, southmere: World, browser: Browser, name: str
) -> None:
    wall_off(pack.case, user=northvale.second_officer.user, by=northvale.manager, reason="knows the family")
    for who in (
        southmere.officer,
        southmere.manager,
        northvale.referrer,
        northvale.agency_lead,
        northvale.second_officer,
    ):
        assert browser(who).get(at(name, pack)).status_code == 404


def test_partner_reads_and_is_offered_no_change(
    pack: Notification, northvale: World, browser: Browser
) -> None:
    client = browser(northvale.la)
    page = text_of(client, at("notification", pack))
    assert at("notification_section", pack, "incident") not in page
    assert at("record_sent", pack) not in page
    for name in CHANGE:
        assert client.get(at(name, pack)).status_code == 403
    assert client.post(at("notification_section", pack, "incident"), {}).status_code == 403


def test_scrutineer_sees_no_names(pack: Notification, northvale: World, browser: Browser) -> None:
    assert browser(northvale.scrutineer).get(at("notification", pack)).status_code == 403
    assert browser(northvale.scrutineer).get(at("case_told", pack)).status_code == 200


# ---- changing it
def posted(client: Client, notification: Notification, section: str, **changes: Any) -> Any:
    """Post a page as a browser would: what stands there, with some of it changed."""
    form = client.get(at("notification_section", notification, section)).context["form"]
    typed: dict[str, Any] = {"revision": "0"}
    for bound in form:
        shown = bound.value()
        if hasattr(shown, "year"):
            typed |= typed_date(bound.name, shown)
        elif shown not in (None, ""):
            typed[bound.name] = f"{shown:%H:%M}" if hasattr(shown, "hour") else shown
    return client.post(at("notification_section", notification, section), {**typed, **changes})


def test_page_saved_as_it_stands_changes_nothing(
    pack: Notification, northvale: World, browser: Browser
) -> None:
    client = browser(northvale.officer)
    for section in pack_of(pack).sections:
        assert posted(client, pack, section.key).status_code == 302
    found = notification_of(pack.case)
    assert found is not None
    assert found.answers == {}


def test_typed_answer_is_saved_and_shown_with_who_typed_it(
    pack: Notification, northvale: World, browser: Browser
) -> None:
    client = browser(northvale.officer)
    words = "Straße, عربي and 🙂 <b>not bold</b>"
    assert posted(client, pack, "incident", summary=words).status_code == 302
    page = client.get(at("notification", pack)).content.decode()
    assert "&lt;b&gt;not bold&lt;/b&gt;" in page
    assert words in unescape(page)
    assert "Typed by Northvale Officer" in page
    assert "The case says: An invented account" in page


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"summary": "x" * 10_000}, "Cut 6,000 characters: this is 10,000 and the form takes 4,000"),
        ({"summary": "a\x00b"}, "had a hidden character in it"),
        ({"occurred_on_day": "31", "occurred_on_month": "2"}, "must be a real date"),
        ({"occurred_time": "25:61"}, "must be a time"),
        ({"place_kind": "moon"}, "Select"),
        ({"harm_kinds": ["moon"]}, "Select"),
    ],
)
def test_bad_answer_is_refused_beside_its_field_and_kept(
    pack: Notification, northvale: World, browser: Browser, changes: dict[str, Any], told: str
) -> None:
    response = posted(browser(northvale.officer), pack, "incident", **changes)
    page = unescape(response.content.decode())
    assert response.status_code == 200
    assert "There is a problem" in page
    assert told in page
    assert TypedWork.objects.filter(
        user=northvale.officer.user, path=at("notification_section", pack, "incident")
    ).exists()


def test_section_that_is_not_of_the_form_is_not_found(
    pack: Notification, northvale: World, browser: Browser
) -> None:
    assert browser(northvale.officer).get(at("notification_section", pack, "child-2")).status_code == 404


def test_children_are_chosen_on_their_page(northvale: World, bodies: Any, browser: Browser) -> None:
    notification = notifications.pack(northvale, children=3)
    first, second, third = (str(child.pk) for child in pack_of(notification).children)
    client = browser(northvale.officer)
    address = at("notification_children", notification)
    refused = client.post(address, {"revision": "0", "children": [second], "lead": first})
    assert "must be one of the children told of" in unescape(refused.content.decode())
    assert (
        client.post(address, {"revision": "0", "children": [second, third], "lead": third}).status_code == 302
    )
    found = notification_of(notification.case)
    assert found is not None
    assert [child.name for child in pack_of(found).children] == ["Invented Child 3", "Invented Child 2"]


# ---- sent
def sending(**changes: Any) -> dict[str, Any]:
    return {
        "system_reference": "SIN-2026-00042",
        **typed_date("sent_on", FRIDAY.date()),
        "sent_time": "11:45",
        "sender_name": "Invented Sender",
        "evidence": notifications.evidence(),
        "post_token": "a-token-of-one-form",
        **changes,
    }


def test_same_form_sent_twice_records_once(pack: Notification, northvale: World, browser: Browser) -> None:
    client = browser(northvale.officer)
    early = {"early_reason": "Sent while the decision was being recorded"}
    for _ in range(2):
        assert client.post(at("record_sent", pack), sending(**early)).status_code == 302
    assert Document.objects.filter(kind="notification").count() == 1
    page = text_of(client, at("notification", pack))
    assert "Friday 13 November 2026 at 11:45" in page
    assert "Invented Sender" in page


def test_late_page_says_by_how_many_working_days(
    pack: Notification, northvale: World, browser: Browser, friday: Any
) -> None:
    friday.move_to(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    client = browser(northvale.officer)
    for name in ("notification", "record_sent"):
        assert "2 working days late" in text_of(client, at(name, pack))
    on_time = sending(sent_time="12:00")
    assert client.post(at("record_sent", pack), on_time).status_code == 302
    assert "working days late" not in text_of(client, at("notification", pack))


def test_colleague_is_told_who_recorded_it(pack: Notification, northvale: World, browser: Browser) -> None:
    now_typed = {"sent_time": "12:00"}
    assert browser(northvale.officer).post(at("record_sent", pack), sending(**now_typed)).status_code == 302
    again = browser(northvale.manager).post(
        at("record_sent", pack), sending(**now_typed, post_token="another")
    )
    assert "already done by Northvale Officer" in unescape(again.content.decode())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "Enter why it was sent before the decision was recorded"),
        ({"system_reference": ""}, "Enter the reference that the national system gave"),
        ({"sent_time": "23:59"}, "must be in the past"),
        ({"sent_time": "09:00"}, "must be after the local authority became aware"),
        ({"evidence": ""}, "Select the file that shows it was sent"),
        ({"sent_on_day": "32"}, "must be a real date"),
    ],
)
def test_sending_that_cannot_be_keeps_what_was_typed(
    pack: Notification, northvale: World, browser: Browser, changes: dict[str, Any], told: str
) -> None:
    response = browser(northvale.officer).post(at("record_sent", pack), sending(**changes))
    page = unescape(response.content.decode())
    assert told in page
    assert "Invented Sender" in page
    assert not Document.objects.exists()


def test_further_information_stands_beside_the_copy(northvale: World, bodies: Any, browser: Browser) -> None:
    sent = notifications.sent(northvale)
    client = browser(northvale.officer)
    given = {
        "text": "The address was wrong.",
        "said_by": "Invented Sender",
        **typed_date("said_on", FRIDAY.date()),
        "said_time": "12:00",
        "file": notifications.evidence(),
        "post_token": "one",
    }
    assert client.post(at("send_further", sent), given).status_code == 302
    page = text_of(client, at("notification", sent))
    assert "The address was wrong." in page
    assert "confirmation.txt" in page
    assert Dialogue.objects.get().further


def test_page_says_what_the_case_answers_otherwise_since(
    northvale: World, bodies: Any, browser: Browser
) -> None:
    sent = notifications.sent(northvale)
    client = browser(northvale.officer)
    assert "Nothing has changed on the case" in text_of(client, at("notification", sent))
    northvale.la.user.full_name = "Northvale Renamed Partner"
    northvale.la.user.save()
    page = text_of(client, at("notification", sent))
    assert "As it was sent" in page
    assert "Northvale Renamed Partner" in page


def test_changing_pages_of_a_sent_pack_say_so(northvale: World, bodies: Any, browser: Browser) -> None:
    sent = notifications.sent(northvale)
    page = text_of(browser(northvale.officer), at("notification_section", sent, "incident"))
    assert "recorded as sent, so the pack can only be read" in page


def test_case_without_pack_says_what_will_stand_here(northvale: World, browser: Browser) -> None:
    case = notifications.referred(northvale.referrer).case
    page = text_of(browser(northvale.officer), reverse("notification", args=[case.pk]))
    assert "When the local authority has decided" in page
    assert browser(northvale.officer).get(reverse("notification_print", args=[case.pk])).status_code == 404
