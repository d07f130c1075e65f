"""What the Panel writes while the decision is taken again: a question, a national review; nothing moves. 7.1, 7.2."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Event
from cspr.cases.dialogue import dialogue_of
from cspr.cases.models import Dialogue, StatusChange
from cspr.deadlines.models import Deadline
from cspr.decisions.models import Answer
from cspr.govuk.dates import london_moment, typed_date
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import PanelAnswer, RapidReview
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind, SentHow
from rapid_reviews.presenters.national import national_url
from rapid_reviews.presenters.review_stage import steps
from rapid_reviews.selectors.sending import holds_a_national_review
from rapid_reviews.services.national import record_secretary_told
from rapid_reviews.services.panel_answers import reply_to_panel
from rapid_reviews.services.signing import put_to_partners, redecide, sign
from rapid_reviews.workflow.sending import NOT_WHILE_TAKEN_AGAIN
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.board import panel_rows
from tests.factories.notifications import evidence
from tests.factories.people import World

Browser = Callable[[Membership], Client]
Kind = PanelAnswerKind
STATUSES = (ReviewStatus.GATHERING, ReviewStatus.WITH_PARTNERS, ReviewStatus.SIGNED)
AGAIN = pytest.mark.parametrize("status", STATUSES)


def taken_again(world: World, status: str = ReviewStatus.GATHERING) -> RapidReview:
    """Sent, to be reconsidered, and on its way to the next version."""
    review = panel.sent(world)
    panel.answered(review, Kind.ASKS_TO_RECONSIDER, by=world.officer)
    again = make.found(redecide(review, by=world.officer, reason="Invented letter of the Panel"))
    if status != ReviewStatus.GATHERING:
        make.propose(again, by=world.officer, note=" again")
        put_to_partners(make.found(again), by=world.second_officer)
    if status == ReviewStatus.SIGNED:
        for partner in world.partners:
            sign(make.found(again), by=partner, answer=Answer.YES, reason="Invented agreement")
    return make.found(again)


def asked(review: RapidReview, by: Membership, **changes: Any) -> PanelAnswer:
    return panel.answered(review, Kind.ASKS_FOR_MORE, by=by, **changes)


@AGAIN
def test_other_answers_are_refused_until_the_new_version_is_sent(northvale: World, status: str) -> None:
    review = taken_again(northvale, status)
    for kind in set(Kind) - {Kind.ASKS_FOR_MORE, Kind.NATIONAL_REVIEW}:
        with pytest.raises(Refused) as refused:
            panel.answered(review, kind, by=northvale.officer)
        assert refused.value.fields == {"kind": NOT_WHILE_TAKEN_AGAIN}
    assert PanelAnswer.objects.filter(sent__review=review).count() == 1


@pytest.mark.parametrize("made", [make.written, make.with_partners, make.signed])
def test_nothing_is_asked_before_anything_was_sent(
    northvale: World, made: Callable[[World], RapidReview]
) -> None:
    with pytest.raises(Refused):
        asked(made(northvale), northvale.officer)
    assert not PanelAnswer.objects.exists()


def test_question_is_nobody_elses_to_record(northvale: World, southmere: World) -> None:
    review = taken_again(northvale)
    for other in (northvale.la, northvale.la_lead, northvale.scrutineer, southmere.officer):
        with pytest.raises(Refused):
            asked(review, other)


@pytest.mark.parametrize(
    ("gone", "field"),
    [
        ({"letter": None}, "letter"),
        ({"answer_by": None}, "answer_by"),
        ({"answer_by": date(2026, 11, 15)}, "answer_by"),
        ({"at": london_moment(date(2026, 11, 15), time(9, 0))}, "received_on"),
        ({"at": london_moment(date(2026, 11, 17), time(9, 0))}, "received_on"),
    ],
)
def test_question_without_letter_or_with_a_wrong_day_is_refused(
    northvale: World, gone: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        asked(taken_again(northvale), northvale.officer, **gone)
    assert set(refused.value.fields) == {field}


@AGAIN
def test_question_starts_its_clock_against_the_version_sent_last_and_moves_nothing(
    northvale: World, status: str
) -> None:
    review = taken_again(northvale, status)
    before = StatusChange.objects.count()
    answer = asked(review, northvale.officer)
    found = make.found(review)
    assert (found.status, found.answered_at) == (status, review.answered_at)
    assert StatusChange.objects.count() == before
    assert answer.sent.decision.version == 1
    assert Deadline.objects.get(case=review.case, clock="C9").due_on == date(2026, 11, 30)
    assert Event.objects.filter(kind="rapidreview.record_panel_letter").count() == 1
    assert dialogue_of(review.case).filter(direction=Dialogue.Direction.FROM, document=answer.letter).exists()
    given: dict[str, Any] = {"text": "Invented", "how": SentHow.EMAIL, "at": now(), "sender_name": "Invented"}
    reply_to_panel(answer, **given, by=northvale.officer)
    assert Deadline.objects.get(case=review.case, clock="C9").met_at == given["at"]
    assert make.found(review).status == status


@AGAIN
def test_national_review_is_kept_with_the_version_sent_last_and_moves_nothing(
    northvale: World, status: str
) -> None:
    review = taken_again(northvale, status)
    before = StatusChange.objects.count()
    letter = panel.answered(review, Kind.NATIONAL_REVIEW, by=northvale.officer, criteria=["themes"])
    found = make.found(review)
    assert (found.status, found.answered_at, found.settled_at) == (status, review.answered_at, None)
    assert StatusChange.objects.count() == before
    assert (letter.sent.decision.version, letter.considered.get().criteria) == (1, ["themes"])
    assert Event.objects.get(kind="rapidreview.record_panel_letter").detail["kind"] == (
        "It will hold a national review"
    )
    record_secretary_told(found, told_on=today(), how_known="Invented call", by=northvale.officer)
    assert national_url(found)
    (said, *_) = dialogue_of(review.case).filter(document=letter.letter)
    assert said.text.endswith("Invented rationale. Invented next steps")


def test_dialogue_keeps_the_full_stop_of_the_letter(northvale: World) -> None:
    answer = panel.answered(panel.sent(northvale), Kind.AGREES, by=northvale.officer, text="It agrees fully.")
    said = dialogue_of(answer.sent.review.case).get(document=answer.letter)
    assert said.text == "It agrees with the decision. It agrees fully."


def test_decision_taken_again_is_sent_after_a_national_review_was_announced(northvale: World) -> None:
    review = taken_again(northvale, ReviewStatus.SIGNED)
    panel.answered(review, Kind.NATIONAL_REVIEW, by=northvale.officer)
    sent = panel.send(make.found(review), by=northvale.officer)
    assert (sent.status, sent.settled_at) == (ReviewStatus.SENT, None)
    panel.answered(sent, Kind.AGREES, by=northvale.officer)
    assert holds_a_national_review(make.found(sent))


def test_signatures_stand_after_a_question(northvale: World) -> None:
    review = taken_again(northvale, ReviewStatus.SIGNED)
    asked(review, northvale.officer)
    found = make.found(review)
    assert (found.signed_at, found.signed_by) == (review.signed_at, review.signed_by)
    assert panel.send(found, by=northvale.officer).status == ReviewStatus.SENT


def test_same_question_twice_is_one(northvale: World) -> None:
    review, at = taken_again(northvale), now()
    first = asked(review, northvale.officer, at=at)
    assert asked(review, northvale.officer, at=at) == first
    with pytest.raises(AlreadyDone):
        asked(review, northvale.second_officer, at=at)
    assert Deadline.objects.filter(case=review.case, clock="C9").count() == 1


@AGAIN
def test_board_and_steps_show_the_question(northvale: World, status: str) -> None:
    review = taken_again(northvale, status)
    labels = [one.label for one in steps(review, northvale.officer)]
    assert "Record a letter of the Panel" in labels
    assert [one.title for one in panel_rows(northvale.officer)] == []
    answer = asked(review, northvale.officer)
    (row,) = panel_rows(northvale.officer)
    assert (row.title, row.due_on) == ("Answer the Panel’s question", date(2026, 11, 30))
    assert row.href == reverse("rapid_review_reply", args=[review.case_id, answer.pk])


def test_steps_offer_no_question_before_anything_was_sent(northvale: World) -> None:
    for review in (make.written(northvale), make.with_partners(northvale), make.signed(northvale)):
        labels = {one.label for one in steps(review, northvale.officer)}
        assert "Record a letter of the Panel" not in labels


def test_page_takes_the_question_and_refuses_another_answer_beside_its_field(
    northvale: World, browser: Browser
) -> None:
    review, client = taken_again(northvale), browser(northvale.officer)
    url = reverse("rapid_review_panel_answer", args=[review.case_id])
    page = client.get(url).content.decode()
    assert "The decision is being taken again." in page
    assert [f'value="{kind}"' in page for kind in Kind] == [False, False, False, True, True]
    given = {
        "text": "Invented letter", "received_time": "9:01", "said_by": "Invented Chair", "rationale": "Invented",
        **typed_date("received_on", today()), **typed_date("answer_by", date(2026, 11, 30)),
    }  # fmt: skip
    with time_machine.travel(now() + timedelta(minutes=2), tick=True):
        wrong = client.post(url, {**given, "kind": Kind.AGREES, "letter": evidence("letter.txt")})
        assert wrong.status_code == 200
        assert NOT_WHILE_TAKEN_AGAIN in wrong.content.decode()
        taken = client.post(url, {**given, "kind": Kind.ASKS_FOR_MORE, "letter": evidence("letter.txt")})
    assert taken.status_code == 302, taken.content.decode()
    sent = client.get(taken["Location"]).content.decode()
    reply = reverse("rapid_review_reply", args=[review.case_id, PanelAnswer.objects.get(kind="more").pk])
    assert reply in sent
    assert client.get(reply).status_code == 200


def test_earlier_letter_recorded_late_leaves_when_the_panel_answered(northvale: World, monday: Any) -> None:
    review = panel.sent(northvale)
    first = now()
    monday.shift(3600)
    last = panel.answered(review, PanelAnswerKind.AGREES, by=northvale.officer)
    panel.answered(make.found(review), PanelAnswerKind.ASKS_FOR_MORE, at=first, by=northvale.second_officer)
    standing = make.found(review)
    assert (standing.answered_at, standing.answered_by) == (last.received_at, northvale.officer)


def test_another_letter_of_the_same_kind_and_minute_is_kept_too(northvale: World) -> None:
    review, at = panel.sent(northvale), now()
    first = asked(review, northvale.officer, at=at, text="First question")
    second = asked(review, northvale.officer, at=at, text="Second question", answer_by=date(2026, 12, 4))
    assert second != first
    assert (first.number, second.number) == (1, 2)
    due = set(Deadline.objects.filter(case=review.case, clock="C9").values_list("due_on", flat=True))
    assert due == {date(2026, 11, 30), date(2026, 12, 4)}


def test_of_two_answers_of_one_moment_the_one_recorded_last_stands(northvale: World) -> None:
    review, at = panel.sent(northvale), now()
    panel.answered(review, Kind.AGREES, at=at, by=northvale.officer)
    assert make.found(review).settled_at is not None
    panel.answered(make.found(review), Kind.DISAGREES, at=at, by=northvale.officer)
    standing = make.found(review)
    assert standing.settled_at is None
    assert [one.title for one in panel_rows(northvale.officer)] == ["Decide again"]
    assert redecide(standing, by=northvale.officer, reason="Invented").status == ReviewStatus.GATHERING


def test_another_answer_to_a_question_from_a_second_tab_is_refused_and_the_same_is_one(
    northvale: World,
) -> None:
    question, at = asked(panel.sent(northvale), northvale.officer), now()
    given: dict[str, Any] = {"how": SentHow.EMAIL, "at": at, "sender_name": "Invented"}
    for _ in range(2):
        reply_to_panel(question, text="Invented answer", **given, by=northvale.officer)
    with pytest.raises(Refused, match="You recorded the answer to this question before"):
        reply_to_panel(question, text="Another answer", **given, by=northvale.officer)
    question.refresh_from_db()
    assert question.reply == "Invented answer"


def test_letter_about_the_version_before_is_kept_with_it_and_settles_nothing(
    northvale: World, monday: Any
) -> None:
    review = panel.sent(northvale)
    came = now() + timedelta(minutes=5)
    monday.shift(600)
    panel.answered(review, Kind.DISAGREES, by=northvale.officer)
    again = make.found(redecide(make.found(review), by=northvale.officer, reason="Invented"))
    make.propose(again, by=northvale.officer, note=" again")
    make.sign_all(make.put(make.found(again), by=northvale.second_officer), northvale)
    monday.shift(600)
    second = panel.send(make.found(again), by=northvale.officer)
    late = panel.answered(second, Kind.AGREES, at=came, by=northvale.officer)
    standing = make.found(second)
    assert (late.sent.decision.version, standing.status, standing.settled_at) == (1, ReviewStatus.SENT, None)
    assert [one.title for one in panel_rows(northvale.officer)] == ["The Panel’s answer to the rapid review"]
    panel.answered(standing, Kind.AGREES, by=northvale.officer)
    assert make.found(second).settled_at is not None
