"""Those who act for the Panel read what was sent to it, of every partnership, and nothing else of a case (roles.md)."""

from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cspr.audit.models import Access
from cspr.cases.models import Case
from cspr.cases.services import wall_off
from cspr.documents.models import DocumentVersion
from cspr.now import now
from cspr.people.models import BodyKind, Membership
from rapid_reviews.models import RapidReview
from rapid_reviews.options.sending import PanelAnswerKind, SentHow, Standing
from rapid_reviews.selectors import panel as selectors
from rapid_reviews.services.panel_answers import reply_to_panel
from rapid_reviews.services.signing import redecide
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.panel import make_former, make_officers, make_panel_officer
from tests.factories.people import World

Browser = Callable[[Membership], Client]
Kind = PanelAnswerKind
PAGES = ("panel_review", "panel_record_answer", "panel_declare_conflict")
NATIONAL = ("panel_national", "panel_national_considered", "panel_national_scope", "panel_secretary_told")
OF_THE_CASE = (
    "case", "case_timeline", "case_people", "case_documents", "case_looked", "case_dialogue", "notification", "family",
    "rapid_review", "rapid_review_sent", "rapid_review_panel_answer", "case_requests", "merged_chronology",
)  # fmt: skip


@pytest.fixture
def review(northvale: World) -> RapidReview:
    return panel.sent(northvale)


@pytest.fixture
def officer(review: RapidReview) -> Membership:
    return make_panel_officer()


def read(client: Client, name: str, *args: Any) -> str:
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    return unescape(response.content.decode())


def statuses(client: Client, names: tuple[str, ...], *args: Any) -> set[int]:
    return {client.get(reverse(name, args=args)).status_code for name in names}


def looks(who: Membership, case: Case) -> list[str]:
    rows = Access.objects.filter(case_id=case.pk, user_id=who.user_id).order_by("id")
    return list(rows.values_list("what", flat=True))


def file_of(document: Any) -> DocumentVersion:
    return DocumentVersion.objects.get(document=document)


def replied(review: RapidReview, by: Membership) -> None:
    asked = review.sendings.get().panel_answers.get()
    reply_to_panel(
        asked, text="Invented reply", how=SentHow.EMAIL, at=now(), sender_name="Invented Sender", by=by
    )


def test_an_empty_list_says_what_will_stand_there(northvale: World, browser: Browser) -> None:
    make.signed(northvale)
    client = browser(make_panel_officer())
    assert "Nothing has been sent to the Panel yet." in read(client, "panel_sent")
    assert "Nothing else waits for you." in read(client, "board")


def test_list_and_board_show_what_every_partnership_sent_by_reference(
    review: RapidReview, northvale: World, southmere: World, browser: Browser
) -> None:
    other = panel.sent(southmere)
    unsent = make.signed(northvale)
    client = browser(make_panel_officer())
    for page in ("panel_sent", "board"):
        shown = read(client, page)
        for one in (review, other):
            assert reverse("panel_review", args=[one.pk]) in shown
            assert one.case.reference in shown
            assert one.partnership.name in shown
        assert unsent.case.reference not in shown
        assert "Invented Childname" not in shown
    assert "Record the Panel’s answer" in read(client, "board")
    assert "Sent to the Panel" in read(client, "board")


def test_page_shows_the_copy_as_it_was_sent_with_its_files_and_hashes(
    review: RapidReview, officer: Membership, browser: Browser
) -> None:
    sent = review.sendings.get()
    page = read(browser(officer), "panel_review", review.pk)
    for words in (sent.sha256, sent.papers_sha256, sent.sender_name, "Signatures", review.partnership.name):
        assert words in page
    for _, text in sent.frozen["papers"]:
        for line in filter(None, text.splitlines()):
            assert line.removeprefix("Not met. ").removeprefix("Met. ") in page
    for document in (sent.word, sent.pdf):
        version = file_of(document)
        address = reverse("panel_file", args=[review.pk, version.pk])
        assert address in page
        answer = browser(officer).get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert len(answer.getvalue()) == version.size


def test_what_is_written_afterwards_is_not_shown(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    panel.answered(review, Kind.ASKS_TO_RECONSIDER, by=northvale.officer)
    again = make.found(redecide(make.found(review), by=northvale.officer, reason="Invented inner reason"))
    make.propose(again, by=northvale.officer, note=" never sent")
    page = read(browser(officer), "panel_review", review.pk)
    assert "Being decided again" in page
    assert "never sent" not in page
    assert "Invented inner reason" not in page


def test_nothing_else_of_the_case_opens(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    person = around.person(review, by=northvale.officer)
    evidence = file_of(review.sendings.get().evidence)
    client = browser(officer)
    assert statuses(client, OF_THE_CASE, review.case_id) == {404}
    assert statuses(client, ("cases",)) == {403}
    for version in (evidence, file_of(review.sendings.get().word)):
        assert statuses(client, ("document_download",), version.pk) == {404}
    assert statuses(client, ("panel_file",), review.pk, evidence.pk) == {404}
    page = read(client, "panel_review", review.pk)
    assert str(person) not in page
    assert evidence.original_name not in page
    assert f"/cases/{review.case_id}" not in page


def test_what_was_not_sent_has_no_address(northvale: World, browser: Browser) -> None:
    signed = make.signed(northvale)
    assert statuses(browser(make_panel_officer()), PAGES, signed.pk) == {404}


def test_a_file_of_another_review_is_not_found(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    other = panel.sent(northvale)
    theirs = file_of(other.sendings.get().word)
    assert statuses(browser(officer), ("panel_file",), review.pk, theirs.pk) == {404}
    assert statuses(browser(officer), ("panel_version",), review.pk, other.sendings.get().pk) == {404}


def test_nobody_of_a_partnership_comes_to_the_panels_addresses(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    version = file_of(review.sendings.get().word)
    for who in northvale.everybody().values():
        client = browser(who)
        assert statuses(client, PAGES, review.pk) == {404}
        assert statuses(client, ("panel_file",), review.pk, version.pk) == {404}
        assert statuses(client, ("panel_sent",)) == {403}


@pytest.mark.parametrize("kind", [BodyKind.OFSTED, BodyKind.SECRETARY_OF_STATE])
def test_somebody_of_another_body_sees_nothing(review: RapidReview, browser: Browser, kind: BodyKind) -> None:
    (other,) = make_officers(kind)
    client = browser(other)
    assert statuses(client, PAGES, review.pk) == {404}
    for page in ("panel_sent", "board"):
        assert review.case.reference not in read(client, page)


def test_an_ended_membership_and_an_ended_body_see_nothing(
    review: RapidReview, officer: Membership, browser: Browser, monday: Any
) -> None:
    former = browser(make_former(officer))
    assert statuses(former, PAGES, review.pk) <= {302, 403, 404}
    client = browser(officer)
    assert statuses(client, PAGES, review.pk) == {200}
    assert officer.body is not None
    officer.body.effective_until = date(2026, 11, 15)
    officer.body.save()
    assert statuses(client, PAGES, review.pk) == {404}
    assert review.case.reference not in read(client, "panel_sent")


def test_a_wall_hides_it_everywhere(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    panel.answered(review, Kind.NATIONAL_REVIEW, by=northvale.officer)
    sent, client = review.sendings.get(), browser(officer)
    assert statuses(client, PAGES + NATIONAL, review.pk) == {200}
    wall_off(review.case, user=officer.user, by=northvale.manager, reason="Invented conflict")
    assert statuses(client, PAGES + NATIONAL, review.pk) == {404}
    assert statuses(client, ("panel_version",), review.pk, sent.pk) == {404}
    for document in (sent.word, sent.pdf, sent.panel_answers.get().letter):
        assert statuses(client, ("panel_file",), review.pk, file_of(document).pk) == {404}
    for page in ("panel_sent", "board"):
        assert review.case.reference not in read(client, page)
    assert selectors.counts(officer) == {}


def test_manager_walls_the_officer_off(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    client, address = browser(northvale.manager), reverse("wall_off", args=[review.case_id])
    assert officer.user.full_name in read(client, "wall_off", review.case_id)
    given = {"person": str(officer.pk), "reason": "Invented conflict"}
    assert client.post(address, given).status_code == 302
    assert statuses(browser(officer), PAGES, review.pk) == {404}


def test_officer_steps_back_and_finds_it_no_more(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    client = browser(officer)
    address = reverse("panel_declare_conflict", args=[review.pk])
    assert client.post(address, {"reason": " "}).status_code == 200
    assert client.post(address, {"reason": "Invented kinship"}).url == reverse("panel_sent")
    assert statuses(client, PAGES, review.pk) == {404}
    wall = review.case.walls.get()
    assert (wall.user, wall.raised_by, wall.reason) == (officer.user, officer, "Invented kinship")


def test_each_look_and_each_file_stands_in_the_record_of_the_case(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    sent, client = review.sendings.get(), browser(officer)
    read(client, "panel_sent")
    assert looks(officer, review.case) == []
    read(client, "panel_review", review.pk)
    read(client, "panel_version", review.pk, sent.pk)
    client.get(reverse("panel_file", args=[review.pk, file_of(sent.pdf).pk]))
    assert looks(officer, review.case) == [
        "Rapid review sent to the Panel",
        "Rapid review as it was sent",
        "Rapid review as sent, version 1, PDF, opened by the Panel",
    ]
    looked = read(browser(northvale.manager), "case_looked", review.case_id)
    for words in (officer.user.full_name, officer.capacity, "opened by the Panel"):
        assert words in looked


def test_letters_and_answers_are_shown_with_their_files(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    asked = panel.answered(review, Kind.ASKS_FOR_MORE, by=northvale.officer, text="Invented question")
    client = browser(officer)
    page = read(client, "panel_review", review.pk)
    assert "Invented question" in page
    assert reverse("panel_file", args=[review.pk, file_of(asked.letter).pk]) in page
    assert reverse("rapid_review_reply", args=[review.case_id, asked.pk]) not in page
    assert client.get(reverse("panel_file", args=[review.pk, file_of(asked.letter).pk])).status_code == 200
    replied(review, northvale.officer)
    assert "Invented reply" in read(client, "panel_review", review.pk)


def test_where_it_stands_follows_what_was_written(
    review: RapidReview, northvale: World, officer: Membership, browser: Browser
) -> None:
    def stands() -> tuple[str, list[tuple[str, bool]]]:
        page = read(browser(officer), "board")
        titles = ("Record the Panel’s answer", "The answer to the Panel’s question")
        found = selectors.sent_reviews(officer).get()
        return found.standing, [(title, title in page) for title in titles]

    own, theirs = "Record the Panel’s answer", "The answer to the Panel’s question"
    assert stands() == (Standing.WAITING, [(own, True), (theirs, False)])
    panel.answered(review, Kind.ASKS_FOR_MORE, by=northvale.officer)
    assert stands() == (Standing.QUESTION, [(own, False), (theirs, True)])
    replied(review, northvale.officer)
    assert stands() == (Standing.WAITING, [(own, True), (theirs, False)])
    panel.answered(make.found(review), Kind.ASKS_TO_RECONSIDER, by=northvale.officer)
    assert stands() == (Standing.ANSWERED, [(own, False), (theirs, False)])
    redecide(make.found(review), by=northvale.officer, reason="Invented")
    assert stands() == (Standing.AGAIN, [(own, False), (theirs, False)])


def test_a_version_sent_again_is_shown_and_the_first_stays(
    northvale: World, browser: Browser, monday: Any
) -> None:
    review = panel.sent(northvale)
    first = review.sendings.get()
    panel.answered(review, Kind.ASKS_TO_RECONSIDER, by=northvale.officer)
    again = make.found(redecide(make.found(review), by=northvale.officer, reason="Invented"))
    make.propose(again, by=northvale.officer, note=" again")
    signed = make.sign_all(make.put(make.found(again), by=northvale.second_officer), northvale)
    panel.send(signed, by=northvale.officer)
    client = browser(make_panel_officer())
    page = read(client, "panel_review", review.pk)
    assert "Version 2 as it was sent" in page
    assert reverse("panel_version", args=[review.pk, first.pk]) in page
    before = read(client, "panel_version", review.pk, first.pk)
    assert "A later version was sent after this one." in before
    assert first.sha256 in before


def test_what_waits_longest_stands_on_top_and_the_rest_the_latest_first(
    northvale: World, monday: Any
) -> None:
    made = []
    for _ in range(4):
        made.append(panel.sent(northvale))
        monday.shift(timedelta(hours=1))
    for one in made[1:3]:
        panel.answered(one, Kind.AGREES, by=northvale.officer)
    rows = list(selectors.in_order(selectors.sent_reviews(make_panel_officer())))
    assert [one.pk for one in rows] == [made[place].pk for place in (0, 3, 2, 1)]


def test_pages_ask_as_much_of_one_review_as_of_many(
    northvale: World, southmere: World, browser: Browser
) -> None:
    review = panel.sent(northvale)
    panel.answered(review, Kind.ASKS_FOR_MORE, by=northvale.officer)
    panel.sent(northvale)
    client = browser(make_panel_officer())

    def queries(name: str, *args: Any) -> int:
        read(client, name, *args)
        with CaptureQueriesContext(connection) as found:
            read(client, name, *args)
        return len(found)

    one = {name: queries(name) for name in ("panel_sent", "board")}
    of_one = queries("panel_review", review.pk)
    for world in (northvale, southmere):
        panel.answered(panel.sent(world), Kind.ASKS_FOR_MORE, by=world.officer)
        panel.sent(world)
    for _ in range(3):
        panel.answered(make.found(review), Kind.ASKS_FOR_MORE, by=northvale.second_officer)
    assert {name: queries(name) for name in one} == one
    assert queries("panel_review", review.pk) == of_one


def test_list_is_paginated(northvale: World, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "A_PAGE", 1)
    first, second = panel.sent(northvale), panel.sent(northvale)
    client = browser(make_panel_officer())
    shown = [
        client.get(reverse("panel_sent"), {"page": page}).content.decode() for page in ("1", "2", "99", "x")
    ]
    assert [first.case.reference in one for one in shown] == [True, False, False, True]
    assert [second.case.reference in one for one in shown] == [False, True, True, False]
