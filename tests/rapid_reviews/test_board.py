"""What the board's statement counts, and what stands beside a review for it: against the log and the calendar."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from cspr.deadlines import services as deadlines
from cspr.deadlines.services import Change, apply_change
from cspr.decisions.models import Answer
from cspr.people.models import Membership
from rapid_reviews.models import RapidReview
from rapid_reviews.options.family import Matter
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.selectors.family import people_of
from rapid_reviews.selectors.milestones import milestones_of
from rapid_reviews.services.signing import put_to_partners, redecide, sign
from rapid_reviews.workflow.family import waits_for_the_decision
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import requests
from tests.factories import sent_reviews as panel
from tests.factories.board import meeting_rows, panel_rows, request_rows
from tests.factories.people import World

Kind = PanelAnswerKind


def template(review: RapidReview) -> list[date]:
    """The days of letters, returns and meeting as the calendar adds them."""
    return [one.due_on for one in milestones_of(review.case)]


def on_the_board(world: World) -> list[date | None]:
    (returns,) = request_rows(world.officer)
    (meeting,) = meeting_rows(world.officer)
    return [returns.due_on, meeting.due_on]


def test_days_of_the_template_are_those_of_the_calendar(northvale: World) -> None:
    review = make.opened(northvale)
    (letters,) = request_rows(northvale.officer)
    assert letters.due_on == template(review)[0] == date(2026, 11, 17)
    requests.issued(northvale, review=review)
    assert on_the_board(northvale) == template(review)[1:] == [date(2026, 11, 30), date(2026, 12, 4)]


def test_day_proclaimed_moves_the_days_of_the_template(northvale: World) -> None:
    review = requests.issued(northvale).review
    apply_change(date(2026, 11, 25), title="Day of mourning", change=Change.PROCLAIM, by=northvale.manager)
    assert on_the_board(northvale) == template(review)[1:] == [date(2026, 12, 1), date(2026, 12, 7)]


def test_partnerships_own_numbers_move_the_days_of_the_template(northvale: World) -> None:
    review = requests.issued(northvale).review
    numbers = {**deadlines.numbers_of(northvale.partnership), "return_due_day": 3, "meeting_due_day": 15}
    deadlines.set_numbers(northvale.partnership, numbers=numbers, by=northvale.manager)
    for member in northvale.everybody().values():
        if member.partnership_id:
            member.partnership.refresh_from_db()
    review.case.partnership.refresh_from_db()
    assert on_the_board(northvale) == template(review)[1:] == [date(2026, 11, 19), date(2026, 12, 7)]


def test_panels_answer_settles_the_review_or_does_not(northvale: World, monday: Any) -> None:
    review = panel.sent(northvale)
    assert make.found(review).settled_at is None
    panel.answered(review, Kind.ASKS_FOR_MORE, by=northvale.officer, answer_by=date(2026, 11, 20))
    assert make.found(review).settled_at is None
    panel.answered(review, Kind.DISAGREES, by=northvale.officer)
    assert make.found(review).settled_at is None
    monday.shift(3600)
    panel.answered(review, Kind.NATIONAL_REVIEW, by=northvale.officer, rationale="Invented")
    settled = make.found(review)
    assert settled.settled_at == settled.sendings.get().panel_answers.last().received_at
    assert [one.title for one in panel_rows(northvale.officer)] == ["Answer the Panel’s question"]
    monday.shift(3600)
    panel.answered(review, Kind.ASKS_TO_RECONSIDER, by=northvale.officer)
    assert make.found(review).settled_at is None


def test_letter_that_came_earlier_and_is_recorded_later_settles_nothing(
    northvale: World, monday: Any
) -> None:
    review, by = panel.sent(northvale), northvale.officer
    sent_at = review.sent_at
    monday.shift(7200)
    panel.answered(review, Kind.DISAGREES, by=by)
    panel.answered(review, Kind.AGREES, by=by, at=sent_at + timedelta(minutes=5))
    assert make.found(review).settled_at is None
    assert [one.title for one in panel_rows(by)] == ["Decide again"]


def test_disagreement_that_came_before_the_panel_agreed_unsettles_nothing(
    northvale: World, monday: Any
) -> None:
    review, by = panel.sent(northvale), northvale.officer
    sent_at = review.sent_at
    monday.shift(7200)
    agreed = panel.answered(review, Kind.AGREES, by=by)
    panel.answered(review, Kind.DISAGREES, by=by, at=sent_at + timedelta(minutes=5))
    assert make.found(review).settled_at == agreed.received_at
    assert panel_rows(by) == []


def untold(review: RapidReview) -> bool:
    """What the log says: nobody is written down, or somebody does not know the decision as it stands."""
    people = list(people_of(review))
    return not people or any(waits_for_the_decision(one) for one in people)


def sign_again(review: RapidReview, world: World) -> None:
    make.write_all(make.found(review), by=world.officer, note=" again")
    put_to_partners(make.found(review), by=world.second_officer)
    for partner in world.partners:
        sign(make.found(review), by=partner, answer=Answer.YES, reason="Invented agreement")


def test_family_to_tell_is_what_the_log_says_at_every_step(northvale: World, monday: Any) -> None:
    """Two people, one told and one not for a reason; a third added later; then the decision is taken again."""
    by, review = northvale.officer, panel.sent(northvale)
    told: Callable[..., Any] = around.told
    steps: list[Callable[[], Any]] = [
        lambda: around.person(review, by=by),
        lambda: told(people_of(review)[0], by=by, matter=Matter.REVIEW),
        lambda: told(people_of(review)[0], by=by, matter=Matter.DECISION),
        lambda: around.person(review, by=by, known_as="F.B."),
        lambda: around.not_told(_named(review, "F.B."), by=by, matter=Matter.DECISION),
        lambda: panel.answered(review, Kind.ASKS_TO_RECONSIDER, by=by),
        lambda: redecide(make.found(review), reason="Invented letter", by=by),
        lambda: sign_again(review, northvale),
        lambda: told(_named(review, "F.B."), by=by, matter=Matter.DECISION),
        lambda: told(_named(review, "M.A."), by=by, matter=Matter.DECISION),
    ]
    seen = [make.found(review).family_to_tell]
    for step in steps:
        step()
        monday.shift(24 * 3600)
        seen.append(make.found(review).family_to_tell)
        assert seen[-1] == untold(make.found(review)), steps.index(step)
    assert seen == [True, True, True, False, True, False, False, False, True, True, False]


def _named(review: RapidReview, known_as: str) -> Any:
    return people_of(review).get(known_as=known_as)


def test_review_of_another_partnership_cannot_be_written(northvale: World, southmere: World) -> None:
    """The database keeps the partnership beside a review the same as its case's."""
    review = make.opened(northvale)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE; UPDATE rapid_reviews_rapidreview SET partnership_id = %s WHERE id = %s",
            [southmere.partnership.pk, review.pk],
        )


def test_stranger_to_the_case_sees_none_of_its_rows(northvale: World, southmere: World) -> None:
    requests.issued(northvale)
    others: list[Membership] = list(southmere.everybody().values())
    assert [row for one in others for row in (*request_rows(one), *meeting_rows(one), *panel_rows(one))] == []
