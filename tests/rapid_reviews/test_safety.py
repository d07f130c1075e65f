"""Immediate safety actions and learning shared at once. Rule 6.1."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Event
from cspr.cases.models import StatusChange
from cspr.cases.services import wall_off
from cspr.govuk.dates import london_moment
from cspr.models import Changed, Locked
from cspr.now import today
from cspr.people.models import Membership
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import LearningShared, SafetyAction
from rapid_reviews.options.safety import SharedHow
from rapid_reviews.presenters.safety import shown_actions
from rapid_reviews.selectors.facts import facts_of
from rapid_reviews.selectors.safety import actions_of
from rapid_reviews.services import safety as services
from rapid_reviews.services.closing import close_not_meeting
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews
from tests.factories import sent_reviews as panel
from tests.factories.board import board_rows
from tests.factories.people import World


def test_action_has_an_owner_and_is_recorded(northvale: World) -> None:
    action = around.action(make.opened(northvale), by=northvale.officer)
    assert (action.owner, action.status) == ("Invented Nurse, Invented Trust", "to_do")
    assert Event.objects.filter(kind="safetyaction.added", subject_id=str(action.pk)).count() == 1


def test_action_done_says_when_and_by_whom(northvale: World) -> None:
    action = around.action(make.opened(northvale), by=northvale.officer)
    done = services.complete_action(
        action, done_on=today(), note="Invented note", by=northvale.second_officer
    )
    assert (done.status, done.done_on, done.done_by) == ("done", today(), northvale.second_officer)
    assert StatusChange.objects.filter(subject_id=action.pk, transition="complete").count() == 1


def test_action_done_twice_by_one_person_is_done_once(northvale: World) -> None:
    action = around.action(make.opened(northvale), by=northvale.officer)
    for _ in range(2):
        services.complete_action(action, done_on=today(), note="", by=northvale.officer)
    assert StatusChange.objects.filter(subject_id=action.pk).count() == 1
    with pytest.raises(AlreadyDone):
        services.complete_action(action, done_on=today(), note="", by=northvale.second_officer)


def test_action_is_not_done_tomorrow(northvale: World) -> None:
    action = around.action(make.opened(northvale), by=northvale.officer)
    with pytest.raises(Refused, match="today or in the past"):
        services.complete_action(action, done_on=today() + timedelta(days=1), note="", by=northvale.officer)


def test_action_dropped_needs_a_reason_and_can_come_back(northvale: World) -> None:
    action = around.action(make.opened(northvale), by=northvale.officer)
    with pytest.raises(Refused):
        services.drop_action(action, reason=" ", by=northvale.officer)
    services.drop_action(action, reason="Invented reason", by=northvale.officer)
    back = services.reopen_action(action, reason="Invented second reason", by=northvale.officer)
    assert (back.status, back.dropped_at, back.note) == ("to_do", None, "Invented second reason")


def test_action_typed_over_a_later_save_is_refused(northvale: World) -> None:
    action = around.action(make.opened(northvale), by=northvale.officer)
    given = {**around.ACTION, "due_on": action.due_on}
    services.change_action(action, **{**given, "what": "First"}, revision=1, by=northvale.officer)
    with pytest.raises(Changed):
        services.change_action(action, **{**given, "what": "Second"}, revision=1, by=northvale.second_officer)
    row = SafetyAction.objects.get(pk=action.pk)
    assert (row.what, row.history.count()) == ("First", 2)


def test_action_done_is_not_changed(northvale: World) -> None:
    action = around.action(make.opened(northvale), by=northvale.officer)
    services.complete_action(action, done_on=today(), note="", by=northvale.officer)
    given = {**around.ACTION, "what": "Another", "due_on": action.due_on}
    with pytest.raises(Refused, match="done"):
        services.change_action(action, **given, revision=None, by=northvale.officer)


@pytest.mark.parametrize("who", ["la", "scrutineer", "la_lead", "agency_lead", "referrer"])
def test_only_the_unit_keeps_actions(northvale: World, who: str) -> None:
    review = make.opened(northvale)
    with pytest.raises(Refused):
        around.action(review, by=getattr(northvale, who))


def test_other_partnership_and_the_walled_keep_none(northvale: World, southmere: World) -> None:
    review = make.opened(northvale)
    with pytest.raises(Refused):
        around.action(review, by=southmere.officer)
    wall_off(review.case, user=northvale.officer.user, by=northvale.manager, reason="Invented conflict")
    with pytest.raises(Refused):
        around.action(review, by=northvale.officer)
    assert not SafetyAction.objects.exists()


def test_action_is_written_only_by_its_verbs(northvale: World) -> None:
    action = around.action(make.opened(northvale), by=northvale.officer)
    with pytest.raises(Locked):
        action.save()


def test_due_today_is_not_overdue(northvale: World, monday: Any) -> None:
    review = make.opened(northvale)
    around.action(review, by=northvale.officer, due_on=today())
    shown = shown_actions(actions_of(review), northvale.officer)
    assert shown[0].tag.text == "To be done"
    monday.move_to(london_moment(date(2026, 11, 17), time(0, 1)))
    assert shown_actions(actions_of(review), northvale.officer)[0].tag.text == "Overdue"


def test_board_shows_actions_to_the_unit_of_the_case(northvale: World, southmere: World) -> None:
    review = make.opened(northvale)
    action = around.action(review, by=northvale.officer)
    rows = board_rows(northvale.second_officer, "safety")
    assert [(one.reference, one.due_on) for one in rows] == [(review.case.reference, action.due_on)]
    assert board_rows(southmere.officer, "safety") == board_rows(northvale.la, "safety") == []
    services.complete_action(action, done_on=today(), note="", by=northvale.officer)
    assert board_rows(northvale.officer, "safety") == []


def test_learning_shared_is_kept_and_frozen_with_the_section(northvale: World) -> None:
    review = make.opened(northvale)
    around.action(review, by=northvale.officer)
    services.share_learning(
        review, what="Invented learning", with_whom="All schools", how=SharedHow.BULLETIN, shared_on=today(),
        by=northvale.officer,
    )  # fmt: skip
    labels = [label for label, _ in facts_of(review)["immediate-action"]]
    assert "Action for the younger sister" in labels
    assert "Learning shared with All schools" in labels


def test_action_is_done_and_added_after_the_review_was_sent_and_closed(northvale: World) -> None:
    """What keeps children safe does not end with the review."""
    sent = sent_reviews.sent(northvale)
    action = around.action(sent, by=northvale.officer)
    assert services.complete_action(action, done_on=today(), note="", by=northvale.officer).status == "done"
    review = make.opened(northvale)
    open_action = around.action(review, by=northvale.officer)
    close_not_meeting(review, reason="Invented", correspondence=panel.wrote(), by=northvale.manager)
    assert [one.reference for one in board_rows(northvale.officer, "safety")] == [review.case.reference]
    done = services.complete_action(open_action, done_on=today(), note="", by=northvale.officer)
    assert done.status == "done"


def test_learning_is_not_shared_tomorrow(northvale: World) -> None:
    review = make.opened(northvale)
    with pytest.raises(Refused):
        services.share_learning(
            review, what="x", with_whom="y", how=SharedHow.OTHER, shared_on=today() + timedelta(days=1),
            by=northvale.officer,
        )  # fmt: skip
    assert not LearningShared.objects.exists()


def test_action_due_long_before_the_case_was_opened_is_refused_on_its_page(
    northvale: World, browser: Callable[[Membership], Client]
) -> None:
    review = make.opened(northvale)
    client = browser(northvale.officer)
    url = reverse("safety_add", args=[review.case_id])
    given = {**around.ACTION, "due_on_day": "1", "due_on_month": "5", "due_on_year": "2020"}
    html = client.post(url, given).content.decode()
    assert "The day by which it is done must be Tuesday 18 August 2026 or later" in html
    assert 'value="2020"' in html
    assert not review.safety_actions.exists()
    assert around.action(review, by=northvale.officer, due_on=date(2026, 8, 18)).due_on == date(2026, 8, 18)
