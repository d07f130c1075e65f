"""The Panel, Ofsted and the Department for Education are told that a local review will be held. Clock C7."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine

from cspr.deadlines.models import Deadline
from cspr.decisions.models import Answer
from cspr.dispatch.models import How, Message, Telling
from cspr.dispatch.services import drain, tell_by_hand
from cspr.govuk.dates import london_moment
from cspr.now import now
from rapid_reviews.models import RapidReview
from rapid_reviews.options.review import Outcome
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.services.escalating import answer_escalation
from rapid_reviews.services.signing import redecide
from rapid_reviews.services.taking_back import take_back
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.people import World, make_bodies


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """Friday 20 November 2026, 16:00 in London."""
    with time_machine.travel(london_moment(date(2026, 11, 20), time(16, 0)), tick=True):
        yield


def tellings(review: RapidReview) -> list[Telling]:
    return list(Telling.objects.filter(case=review.case, clock="C7").order_by("recipient_name"))


def clock(review: RapidReview) -> Deadline:
    return Deadline.objects.get(case=review.case, clock="C7")


def test_local_review_that_was_signed_is_told_to_three_bodies_by_the_next_working_day(
    northvale: World,
) -> None:
    bodies = make_bodies()
    review = make.signed(northvale, outcome=Outcome.LOCAL_REVIEW)
    assert {one.body for one in tellings(review)} == set(bodies.values())
    assert clock(review).due_on == date(2026, 11, 23)
    assert {one.status for one in tellings(review)} == {Telling.Status.QUEUED}


@pytest.mark.parametrize("outcome", [one for one in Outcome if one != Outcome.LOCAL_REVIEW])
def test_another_decision_tells_nobody(northvale: World, outcome: Outcome) -> None:
    make_bodies()
    review = make.signed(northvale, outcome=outcome)
    assert tellings(review) == []
    assert not Deadline.objects.filter(case=review.case, clock="C7").exists()


def test_nobody_is_told_before_the_third_signature(northvale: World) -> None:
    make_bodies()
    assert tellings(make.with_partners(northvale, outcome=Outcome.LOCAL_REVIEW)) == []


def test_local_review_upheld_by_the_leads_is_told_too(northvale: World) -> None:
    make_bodies()
    review = make.escalated(northvale, outcome=Outcome.LOCAL_REVIEW)
    answer_escalation(
        review,
        by=northvale.la_lead,
        answer=Answer.YES,
        reason="Invented reason",
        without_reason="No other lead",
    )
    assert len(tellings(review)) == 3


def test_clock_is_met_when_the_last_of_the_three_is_told(northvale: World) -> None:
    make_bodies()
    review = make.signed(northvale, outcome=Outcome.LOCAL_REVIEW)
    first, *others = tellings(review)
    tell_by_hand(first, by=northvale.officer, how=How.TELEPHONE, at=now(), note="Invented desk")
    assert clock(review).met_at is None
    for one in others:
        tell_by_hand(one, by=northvale.officer, how=How.LETTER, at=now(), note="Invented desk")
    assert clock(review).met_at is not None


def test_mail_says_what_kind_of_thing_and_nothing_of_the_case(northvale: World) -> None:
    make_bodies()
    review = make.signed(northvale, outcome=Outcome.LOCAL_REVIEW)
    drain()
    sent = Message.objects.filter(telling__in=tellings(review))
    assert {one.kind for one in sent} == {"A local child safeguarding practice review will be held"}
    assert all("Invented" not in one.body for one in sent)


def test_decision_taken_back_stops_what_was_not_told_and_the_clock(northvale: World) -> None:
    make_bodies()
    review = make.signed(northvale, outcome=Outcome.LOCAL_REVIEW)
    first = tellings(review)[0]
    tell_by_hand(first, by=northvale.officer, how=How.TELEPHONE, at=now(), note="Invented desk")
    take_back(make.found(review), by=northvale.officer, reason="An invented return came late")
    assert clock(review).withdrawn_at is not None
    assert clock(review).met_at is None
    states = [one.status for one in tellings(review)]
    assert sorted(states) == sorted([Telling.Status.TOLD_BY_HAND, *[Telling.Status.STOPPED] * 2])


def test_decision_signed_again_is_told_again(northvale: World) -> None:
    make_bodies()
    review = make.signed(northvale, outcome=Outcome.LOCAL_REVIEW)
    take_back(make.found(review), by=northvale.officer, reason="An invented return came late")
    make.sign_all(make.put(review, by=northvale.second_officer), northvale)
    waiting = [one for one in tellings(review) if one.status in Telling.OPEN]
    assert len(waiting) == 3
    assert Deadline.objects.filter(case=review.case, clock="C7", withdrawn_at=None).count() == 1


def told_now(review: RapidReview, world: World) -> None:
    """Every telling that waits, by hand."""
    for one in tellings(review):
        if one.status in Telling.OPEN:
            tell_by_hand(one, by=world.officer, how=How.TELEPHONE, at=now(), note="Invented desk")


def decided_again(review: RapidReview, world: World, outcome: Outcome) -> RapidReview:
    """Sent, the Panel disagrees, and the partners sign another decision."""
    sent = panel.send(make.found(review), by=world.officer)
    panel.answered(sent, PanelAnswerKind.DISAGREES, by=world.officer)
    again = make.found(redecide(make.found(sent), by=world.officer, reason="Invented"))
    make.propose(again, by=world.officer, outcome=outcome, note=" again")
    make.sign_all(make.put(make.found(again), by=world.second_officer), world)
    return make.found(again)


def not_held(review: RapidReview) -> list[Telling]:
    return list(Telling.objects.filter(case=review.case, what="review_not_held"))


def test_deciding_again_stops_what_was_not_told_of_the_decision_before(northvale: World) -> None:
    make_bodies()
    review = make.signed(northvale, outcome=Outcome.LOCAL_REVIEW)
    decided_again(review, northvale, Outcome.NONE)
    assert {one.status for one in tellings(review)} == {Telling.Status.STOPPED}
    assert clock(review).withdrawn_at is not None
    assert not_held(review) == []


def test_who_was_told_of_a_local_review_is_told_that_it_is_not_held(northvale: World) -> None:
    bodies = make_bodies()
    review = make.signed(northvale, outcome=Outcome.LOCAL_REVIEW)
    told_now(review, northvale)
    assert clock(review).met_at is not None
    decided_again(review, northvale, Outcome.NONE)
    assert {one.body for one in not_held(review)} == set(bodies.values())


def test_second_decision_on_a_local_review_is_told_with_a_clock_of_its_own(northvale: World) -> None:
    make_bodies()
    review = make.signed(northvale, outcome=Outcome.LOCAL_REVIEW)
    told_now(review, northvale)
    decided_again(review, northvale, Outcome.LOCAL_REVIEW)
    waiting = [one for one in tellings(review) if one.status in Telling.OPEN]
    assert len(waiting) == 3
    second = Deadline.objects.get(case=review.case, clock="C7", subject="v2")
    assert second.met_at is None
    told_now(review, northvale)
    second.refresh_from_db()
    assert second.met_at is not None
    assert not_held(review) == []
