"""Pages of rule 4.8: the unit shares; the other area finds only what is shared, and answers; every look is recorded."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cspr.audit.models import Access
from cspr.cases.models import Case, Wall
from cspr.documents.services import attach
from cspr.people.models import Membership
from notifications.models import AreaAnswer, OtherArea, Share
from notifications.selectors.sharing import copy_choices, document_choices, fact_choices
from notifications.services.areas import add_area
from notifications.services.sharing import Chosen, withdraw_share
from tests.factories import incidents, notifications, sharing
from tests.factories.people import World

Browser = Callable[[Membership], Client]
FRIDAY = datetime(2026, 11, 13, 12, tzinfo=UTC)
SHARED_PAGES = (
    "shared_case",
    "receive_shared",
    "answer_shared",
    "shared_declare_conflict",
    "shared_wall_off",
)


@pytest.fixture(autouse=True)
def friday() -> Any:
    with time_machine.travel(FRIDAY, tick=True):
        yield


@pytest.fixture
def area(northvale: World, southmere: World, bodies: Any) -> OtherArea:
    """Named on a case whose notification was sent, with its evidence as the only document."""
    incident = notifications.sent(northvale).incident
    return sharing.area_of(incident, to=southmere, by=northvale.officer)


def read(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return unescape(response.content.decode())


def status(client: Client, name: str, *args: Any) -> int:
    return client.get(reverse(name, args=args)).status_code


def looks_of(who: Membership, case: Case) -> list[str]:
    rows = Access.objects.filter(case_id=case.pk, user_id=who.user_id)
    return list(rows.order_by("id").values_list("what", flat=True))


def post_share(client: Client, area: OtherArea, **given: Any) -> Any:
    address = reverse("share_with_area", args=[area.incident.case_id, area.pk])
    answers = {"note": sharing.NOTE, "reason": sharing.REASON, "readers": "unit", **given}
    return client.post(address, answers)


def test_before_anything_is_shared_the_other_area_finds_nothing(
    area: OtherArea, southmere: World, browser: Browser
) -> None:
    case = area.incident.case
    for who in southmere.everybody().values():
        client = browser(who)
        assert {status(client, name, area.pk) for name in SHARED_PAGES} == {404}
        for page in ("board", "cases", "shared"):
            shown = client.get(reverse(page)).content.decode()
            assert case.reference not in shown
            assert case.pseudonym not in shown


def test_the_officer_shares_what_they_select_and_the_other_officer_reads_exactly_that(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    facts = {one.title: one for one in fact_choices(area.incident)}
    chosen = facts["Where it happened"]
    answer = post_share(browser(northvale.officer), area, facts=[chosen.key])
    assert answer.url == reverse("case_areas", args=[area.incident.case_id])
    officer = browser(southmere.officer)
    page = read(officer, "shared_case", area.pk)
    for words in (
        "Invented town",
        sharing.NOTE,
        sharing.REASON,
        area.incident.case.pseudonym,
        "Not yet read",
    ):
        assert words in page
    for title, one in facts.items():
        if one is not chosen:
            assert title not in page
    assert "Invented Childname" not in page


def test_it_stands_in_the_list_and_on_the_board_until_it_is_recorded_as_read(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    sharing.shared(area, by=northvale.officer)
    case, officer = area.incident.case, browser(southmere.officer)
    address = reverse("shared_case", args=[area.pk])
    assert reverse("shared") in read(officer, "cases")
    assert address in read(officer, "shared")
    board = read(officer, "board")
    assert address in board
    assert case.reference in board
    assert "We have read it" in read(officer, "receive_shared", area.pk)
    assert officer.post(reverse("receive_shared", args=[area.pk])).url == address
    assert address not in read(officer, "board")
    assert address in read(officer, "shared")
    assert "Not yet read" not in read(officer, "shared_case", area.pk)
    assert southmere.officer.user.full_name in read(browser(northvale.officer), "case_areas", case.pk)


def test_names_stand_on_a_page_of_their_own_whose_look_is_recorded(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    made = sharing.shared(area, by=northvale.officer)
    copy = made.pieces.get(kind="notification")
    case, officer = area.incident.case, browser(southmere.officer)
    assert "Invented Child 1" not in read(officer, "shared_case", area.pk)
    assert "Invented Child 1" in read(officer, "shared_copy", area.pk, copy.pk)
    assert looks_of(southmere.officer, case) == [
        "What is shared with another area",
        "Pages of the notification, with names, shared with another area",
    ]
    looked = read(browser(northvale.manager), "case_looked", case.pk)
    assert southmere.officer.user.full_name in looked
    assert "with names, shared with another area" in looked


def test_a_page_that_was_not_selected_is_not_shown(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    first = copy_choices(area.incident.case)[0]
    made = sharing.shared(area, by=northvale.officer, chosen=Chosen(pages=(first.key,)))
    shown = read(browser(southmere.officer), "shared_copy", area.pk, made.pieces.get().pk)
    assert "Invented Child 1" not in shown
    assert first.title in shown


def test_a_shared_document_opens_and_no_other(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    case = area.incident.case
    attach(
        case,
        stream=f"dialogue/{case.pk}",
        upload=sharing.letter("other.txt"),
        kind="letter",
        by=northvale.officer,
    )
    one, other = document_choices(case, to=northvale.officer)
    made = sharing.shared(area, by=northvale.officer, chosen=Chosen(documents=(one.key,)))
    piece, officer = made.pieces.get(), browser(southmere.officer)
    answer = officer.get(reverse("shared_file", args=[area.pk, piece.pk]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"An invented")
    assert "document shared" in looks_of(southmere.officer, case)[-1]
    for version in (one.version, other.version):
        assert status(officer, "document_download", version.pk) == 404
    assert status(officer, "shared_copy", area.pk, piece.pk) == 404


def test_an_answer_with_its_file_comes_back_to_the_case(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    sharing.shared(area, by=northvale.officer)
    case, officer, other = area.incident.case, browser(northvale.officer), browser(southmere.officer)
    page = reverse("answer_shared", args=[area.pk])
    assert "Enter your answer" in other.post(page, {"text": ""}).content.decode()
    other.post(page, {"text": "We knew the invented family", "file": sharing.letter()})
    given = AreaAnswer.objects.get()
    assert b"".join(other.get(reverse("shared_answer_file", args=[area.pk, given.pk])).streaming_content)
    address = reverse("case_areas", args=[case.pk])
    assert address in read(officer, "board")
    shown = read(officer, "case_areas", case.pk)
    assert "We knew the invented family" in shown
    assert given.document is not None
    assert status(officer, "document_download", given.document.versions.get().pk) == 200
    officer.post(reverse("note_answer", args=[case.pk, given.pk]))
    assert address not in read(officer, "board")
    assert "Read by them" in read(other, "shared_case", area.pk)
    assert "answered in writing" in read(officer, "case_timeline", case.pk)


def test_after_the_withdrawal_the_page_is_as_if_it_had_never_been(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    made = sharing.shared(area, by=northvale.officer)
    given = sharing.answered(area, by=southmere.officer)
    officer, case = browser(northvale.officer), area.incident.case
    page = reverse("withdraw_share", args=[case.pk, made.pk])
    assert "Enter the reason" in officer.post(page, {"reason": ""}).content.decode()
    officer.post(page, {"reason": "Shared with the wrong area"})
    other = browser(southmere.officer)
    pieces = [("shared_copy", "notification"), ("shared_file", "document")]
    assert {status(other, name, area.pk, made.pieces.get(kind=kind).pk) for name, kind in pieces} == {404}
    assert status(other, "shared_answer_file", area.pk, given.pk) == 404
    assert {status(other, name, area.pk) for name in SHARED_PAGES} == {404}
    assert "Shared with the wrong area" in read(officer, "case_areas", case.pk)
    never = other.get(reverse("shared_case", args=[case.pk]))
    gone = other.get(reverse("shared_case", args=[area.pk]))
    assert never.status_code == gone.status_code == 404


def test_one_share_withdrawn_leaves_the_other(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    sharing.shared(area, by=northvale.officer, chosen=Chosen(note="An invented note that stays"))
    gone = sharing.shared(area, by=northvale.officer, chosen=Chosen(note="An invented note that goes"))
    withdraw_share(gone, by=northvale.officer, reason="Invented")
    shown = read(browser(southmere.officer), "shared_case", area.pk)
    assert "that stays" in shown
    assert "that goes" not in shown


def test_who_is_walled_off_finds_it_nowhere(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    sharing.shared(area, by=northvale.officer)
    officer = browser(southmere.officer)
    declared = officer.post(reverse("shared_declare_conflict", args=[area.pk]), {"reason": "Knows them"})
    assert declared.url == reverse("board")
    assert {status(officer, name, area.pk) for name in SHARED_PAGES} == {404}
    for page in ("board", "shared"):
        assert area.incident.case.reference not in read(officer, page)
    assert status(browser(southmere.second_officer), "shared_case", area.pk) == 200


def test_managers_of_both_areas_wall_people_off(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    sharing.shared(area, by=northvale.officer)
    there = browser(southmere.manager)
    page = reverse("shared_wall_off", args=[area.pk])
    there.post(page, {"person": str(southmere.officer.pk), "reason": "Invented"})
    assert status(browser(southmere.officer), "shared_case", area.pk) == 404
    here, wall_off = browser(northvale.manager), reverse("wall_off", args=[area.incident.case_id])
    assert southmere.officer.user.full_name in here.get(wall_off).content.decode()
    here.post(wall_off, {"person": str(southmere.second_officer.pk), "reason": "Invented"})
    assert status(browser(southmere.second_officer), "shared_case", area.pk) == 404
    wall = Wall.objects.get(user=southmere.officer.user)
    here.post(reverse("lift_wall", args=[wall.case_id, wall.pk]), {"reason": "It was another family"})
    assert status(browser(southmere.officer), "shared_case", area.pk) == 200
    stranger = {"person": str(northvale.officer.pk), "reason": "Invented"}
    assert there.post(page, stranger).status_code == 200
    assert not Wall.objects.filter(user=northvale.officer.user).exists()


def test_a_manager_opens_the_case_to_nobody_of_another_area(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    page = reverse("open_to", args=[area.incident.case_id])
    given = {"person": str(southmere.officer.pk), "reason": "Invented"}
    assert browser(northvale.manager).post(page, given).status_code == 200
    assert not Case.objects.visible_to(southmere.officer).exists()


def test_what_changed_while_the_page_was_open_is_shown_anew(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    ready = sharing.area_of(incidents.ready(northvale), to=southmere, by=northvale.officer)
    keys = [one.key for one in fact_choices(ready.incident) if one.title == "Harm (3.1 and 3.2)"]
    later = {"nature": "SERIOUS_HARM", "nature_reason": "A later invented reason"}
    incidents.answer_test(ready.incident, answers=later, by=northvale.officer)
    page = unescape(post_share(browser(northvale.officer), ready, facts=keys).content.decode())
    assert "has changed since you opened this page" in page
    assert "A later invented reason" in page
    assert sharing.NOTE in page
    assert not Share.objects.exists()


def test_the_page_says_why_nothing_can_be_shared(area: OtherArea, northvale: World, browser: Browser) -> None:
    named = add_area(area.incident, by=northvale.officer, why="Invented", name="Eastmoor")
    officer = browser(northvale.officer)
    assert "no partnership on this system" in read(officer, "case_areas", area.incident.case_id)
    page = read(officer, "share_with_area", area.incident.case_id, named.pk)
    assert "no partnership on this system" in page
    assert "disabled" in page


def test_those_who_read_the_case_see_what_is_shared_and_only_the_unit_acts(
    area: OtherArea, northvale: World, browser: Browser
) -> None:
    sharing.shared(area, by=northvale.officer)
    case_id = area.incident.case_id
    for who in (northvale.scrutineer, northvale.la):
        page = read(browser(who), "case_areas", case_id)
        assert sharing.NOTE in page
        assert "Withdraw this" not in page
        assert "Invented Child 1" not in page
        assert status(browser(who), "share_with_area", case_id, area.pk) == 403


def test_the_list_asks_the_same_number_of_questions_however_long(
    northvale: World, southmere: World, browser: Browser
) -> None:
    def one_more() -> None:
        there = sharing.area_of(incidents.received(northvale), to=southmere, by=northvale.officer)
        sharing.shared(there, by=northvale.officer, chosen=Chosen(note="Invented"))
        sharing.answered(there, by=southmere.officer, file=False)

    def asked(client: Client, page: str) -> int:
        client.get(reverse(page))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(page)).status_code == 200
        return len(captured)

    one_more()
    pages = [(browser(southmere.officer), "shared"), (browser(southmere.officer), "board"),
             (browser(northvale.officer), "board")]  # fmt: skip
    few = [asked(*page) for page in pages]
    for _ in range(3):
        one_more()
    assert [asked(*page) for page in pages] == few


def test_the_pages_of_one_case_ask_the_same_number_of_questions_however_much_is_shared(
    area: OtherArea, northvale: World, southmere: World, browser: Browser
) -> None:
    def one_more() -> None:
        sharing.shared(area, by=northvale.officer)
        sharing.answered(area, by=southmere.officer)

    def asked(client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    one_more()
    pages = [
        (browser(southmere.officer), reverse("shared_case", args=[area.pk])),
        (browser(northvale.officer), reverse("case_areas", args=[area.incident.case_id])),
    ]
    few = [asked(*page) for page in pages]
    for _ in range(3):
        one_more()
    assert [asked(*page) for page in pages] == few
