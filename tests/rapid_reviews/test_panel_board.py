"""What is between the partnership and the Panel stands on the board and on the case, and C8 is never late."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cspr.cases.services import wall_off
from cspr.casework.board import groups
from cspr.casework.case_frame import Frame
from cspr.decisions.models import Answer
from cspr.govuk.dates import london_moment
from cspr.govuk.parts import Waiting
from cspr.now import now, today
from cspr.people.models import Membership
from rapid_reviews.models import RapidReview
from rapid_reviews.options.review import Outcome
from rapid_reviews.options.sending import PanelAnswerKind, SentHow
from rapid_reviews.services.closing import Correspondence, close_not_meeting
from rapid_reviews.services.panel_answers import reply_to_panel
from rapid_reviews.services.signing import put_to_partners, redecide, sign
from rapid_reviews.services.writing import save_section
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.board import panel_rows
from tests.factories.notifications import evidence
from tests.factories.people import World

Browser = Callable[[Membership], Client]
Kind = PanelAnswerKind


def rows(acting: Membership) -> list[Waiting]:
    return panel_rows(acting)


def titles(acting: Membership) -> list[str]:
    return [one.title for one in rows(acting)]


def test_panels_answer_is_waited_for_and_nobody_is_late(northvale: World, monday: Any) -> None:
    panel.sent(northvale)
    (row,) = rows(northvale.officer)
    assert (row.title, row.for_others) == ("The Panel’s answer to the rapid review", True)
    assert row.told == "Waiting for the Panel since Mon 16 Nov, expected by Mon 7 Dec"
    assert titles(northvale.la) == [row.title]
    monday.move_to(london_moment(date(2027, 1, 11), time(9, 0)))
    (row,) = rows(northvale.officer)
    assert row.told == "Waiting for the Panel since Mon 16 Nov. Ask for it: expected by Mon 7 Dec"
    shown = [act for group in groups([row], today()) for act in group.acts]
    assert [act.late for act in shown] == [""]


def test_clock_of_the_panels_answer_is_not_shown_as_late(
    northvale: World, monday: Any, browser: Browser
) -> None:
    review = panel.sent(northvale)
    page = browser(northvale.officer).get(reverse("rapid_review_sent", args=[review.case_id]))
    assert "expected by Monday 7 December 2026. No law sets this day" in page.content.decode()
    monday.move_to(london_moment(date(2027, 1, 11), time(9, 0)))
    clocks = {one.name: one for one in Frame(review.case, northvale.officer, "").clocks}
    assert not clocks["Ask the Panel for its reply"].late


def test_question_of_the_panel_is_due_on_its_day_and_opens_the_answer(northvale: World) -> None:
    review = panel.sent(northvale)
    asked = panel.answered(review, Kind.ASKS_FOR_MORE, by=northvale.officer)
    (row,) = rows(northvale.officer)
    assert (row.title, row.due_on, row.for_others) == (
        "Answer the Panel’s question", date(2026, 11, 30), False,
    )  # fmt: skip
    assert row.href == reverse("rapid_review_reply", args=[review.case_id, asked.pk])
    assert [(one.title, one.told, one.for_others) for one in rows(northvale.police)] == [
        (row.title, "Waiting for the business unit", True)
    ]
    given: dict[str, Any] = {"text": "Invented", "how": SentHow.EMAIL, "at": now(), "sender_name": "Invented"}
    reply_to_panel(asked, **given, by=northvale.officer)
    assert titles(northvale.officer) == ["The Panel’s answer to the rapid review"]


@pytest.mark.parametrize("kind", [Kind.DISAGREES, Kind.ASKS_TO_RECONSIDER])
def test_decision_to_be_taken_again_opens_its_page_until_it_is(northvale: World, kind: Kind) -> None:
    review = panel.sent(northvale)
    panel.answered(review, kind, by=northvale.officer)
    (row,) = rows(northvale.officer)
    assert (row.title, row.href) == (
        "Decide again", reverse("rapid_review_decide_again", args=[review.case_id]),
    )  # fmt: skip
    assert [one.for_others for one in rows(northvale.la)] == [True]
    redecide(review, by=northvale.officer, reason="Invented")
    assert titles(northvale.officer) == []


@pytest.mark.parametrize("kind", [Kind.AGREES, Kind.NATIONAL_REVIEW])
def test_nothing_waits_once_the_panel_agrees_or_takes_it_on(northvale: World, kind: Kind) -> None:
    panel.answered(panel.sent(northvale), kind, by=northvale.officer)
    assert rows(northvale.officer) == rows(northvale.la) == []


def test_board_is_silent_to_everybody_else_and_behind_a_wall(northvale: World, southmere: World) -> None:
    review = panel.sent(northvale)
    panel.answered(review, Kind.ASKS_FOR_MORE, by=northvale.officer)
    wall_off(review.case, user=northvale.icb.user, by=northvale.manager, reason="Invented conflict")
    for who in (
        northvale.icb,
        northvale.la_lead,
        northvale.scrutineer,
        northvale.agency_lead,
        southmere.officer,
    ):
        assert rows(who) == []


def test_board_asks_as_often_for_many_as_for_one(northvale: World) -> None:
    asked = []
    for _ in range(2):
        panel.answered(panel.sent(northvale), Kind.ASKS_FOR_MORE, by=northvale.officer)
        with CaptureQueriesContext(connection) as queries:
            rows(northvale.officer)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def why(review: RapidReview) -> dict[str, str]:
    return {
        one.label: one.why
        for one in Frame(make.found(review).case, review.opened_by, "/").stages
        if one.state == "skipped"
    }


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.NONE, "the partners decided to hold no review"),
        (Outcome.OTHER_LEARNING, "the partners decided to learn in another way"),
    ],
)
def test_later_stages_say_that_no_review_was_decided(northvale: World, outcome: Outcome, words: str) -> None:
    review = make.signed(northvale, outcome=outcome)
    assert why(review) == {}
    panel.send(review, by=northvale.officer)
    assert why(review) == {"Review": words, "Publication": words}
    panel.answered(make.found(review), Kind.DISAGREES, by=northvale.officer)
    redecide(make.found(review), by=northvale.officer, reason="Invented")
    assert why(review) == {}


def test_later_stages_lie_ahead_after_a_local_or_a_national_review(northvale: World) -> None:
    assert why(panel.sent(northvale, outcome=Outcome.LOCAL_REVIEW)) == {}
    review = panel.sent(northvale)
    panel.answered(review, Kind.NATIONAL_REVIEW, by=northvale.officer)
    assert why(review) == {}


def test_closed_case_says_of_every_later_stage_why_and_shows_the_correspondence(
    northvale: World, browser: Browser
) -> None:
    review = make.written(northvale)
    client = browser(northvale.manager)
    close = reverse("rapid_review_close", args=[review.case_id])
    assert close in client.get(reverse("case", args=[review.case_id])).content.decode()
    assert (
        close not in browser(northvale.officer).get(reverse("case", args=[review.case_id])).content.decode()
    )
    letter = Correspondence(evidence("panel-letter.txt"), "Invented Secretary", now())
    close_not_meeting(review, reason="Invented ground", correspondence=letter, by=northvale.manager)
    words = "found not to meet the criteria"
    assert why(review) == {"Review": words, "Publication": words, "Improvement": words}
    page = client.get(reverse("rapid_review", args=[review.case_id])).content.decode()
    assert "Invented ground" in page
    assert "panel-letter.txt" in page


def test_decisions_of_the_case_hold_every_version_and_the_disagreement(
    northvale: World, browser: Browser
) -> None:
    review = make.escalated(northvale)
    save_section(review, section="learning", text="Invented, changed", revision=None, by=northvale.officer)
    put_to_partners(make.found(review), by=northvale.officer)
    sign(make.found(review), by=northvale.la, answer=Answer.YES, reason="Invented agreement")
    page = browser(northvale.icb).get(reverse("case_decisions", args=[review.case_id])).content.decode()
    places = [page.index(words) for words in ("Version 2: with", "Version 1: taken", "notifiable incident?")]
    assert places == sorted(places)
    for words in ("Invented agreement", "Invented disagreement", "Escalation of version 1"):
        assert words in page


def test_what_changed_is_shown_with_both_texts(northvale: World, browser: Browser) -> None:
    review = make.with_partners(northvale)
    save_section(review, section="learning", text="Invented, changed", revision=None, by=northvale.officer)
    put_to_partners(make.found(review), by=northvale.officer)
    page = browser(northvale.la).get(reverse("rapid_review_sign", args=[review.case_id])).content.decode()
    before, after = page.index("Invented text of learning"), page.index("Invented, changed")
    assert page.index("What changed since the version before") < before < after


def test_case_that_changed_since_the_partners_were_asked_says_so(northvale: World, browser: Browser) -> None:
    review = make.with_partners(northvale)
    sign_page = reverse("rapid_review_sign", args=[review.case_id])
    words = "The case has changed since the partners were asked"
    assert words not in browser(northvale.la).get(sign_page).content.decode()
    around.action(review, by=northvale.officer)
    for who, page in (
        (northvale.la, sign_page),
        (northvale.officer, reverse("rapid_review", args=[review.case_id])),
    ):
        assert words in browser(who).get(page).content.decode()
