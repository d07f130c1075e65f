"""The unit and the Panel at one second, really committed: an answer is kept once, none is kept behind a wall."""

from typing import Any

import pytest

from cspr.audit.models import Event
from cspr.cases.services import wall_off
from cspr.deadlines.models import Deadline
from cspr.now import now
from cspr.people.models import Membership
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import PanelAnswer, RapidReview
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.services.panel_answers import record_panel_answer
from tests.factories import sent_reviews as panel
from tests.factories.panel import make_panel_officer
from tests.factories.people import World, make_world
from tests.notifications.test_incident_races import together

pytestmark = pytest.mark.usefixtures("committed")
Kind = PanelAnswerKind


@pytest.fixture
def both(committed: None) -> tuple[World, RapidReview, Membership]:
    """A review that was sent, and somebody who acts for the Panel."""
    world = make_world("NVL", "Northvale")
    return world, panel.sent(world), make_panel_officer()


def test_the_same_answer_of_both_is_one(both: tuple[World, RapidReview, Membership]) -> None:
    world, review, officer = both
    at = now()
    found: list[Any] = together(
        *(
            lambda who=who: record_panel_answer(review, panel.received(Kind.ASKS_FOR_MORE, at=at), by=who)
            for who in (world.officer, officer)
        )
    )
    assert sorted(type(one).__name__ for one in found) == [AlreadyDone.__name__, PanelAnswer.__name__]
    assert PanelAnswer.objects.count() == 1
    assert Event.objects.filter(kind="rapidreview.record_panel_answer").count() == 1
    assert Deadline.objects.filter(case=review.case, clock="C9").count() == 1


def test_a_wall_at_the_same_second_lets_one_answer_through_or_none(
    both: tuple[World, RapidReview, Membership],
) -> None:
    world, review, officer = both
    given, _ = together(
        lambda: record_panel_answer(review, panel.received(), by=officer),
        lambda: wall_off(review.case, user=officer.user, by=world.manager, reason="Invented"),
    )
    assert isinstance(given, (PanelAnswer, Refused))
    assert PanelAnswer.objects.count() == int(isinstance(given, PanelAnswer))
    with pytest.raises(Refused):
        record_panel_answer(review, panel.received(Kind.DISAGREES), by=officer)
