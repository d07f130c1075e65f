"""Every status x step x role, against a list written by hand: who may take which step, and when."""

from collections.abc import Callable
from datetime import date, time

import pytest
import time_machine

from cspr.decisions.models import Answer
from cspr.govuk.dates import london_moment
from cspr.workflow import refusals
from notifications.models import Incident
from notifications.selectors.incident import incident_of
from notifications.services.linking import link
from notifications.workflow.incident import TRANSITIONS
from tests.factories import incidents as make
from tests.factories.people import World

UNIT = {"officer", "second_officer", "manager"}
OPEN = {"triage", "views_requested"}
ALLOWED: dict[str, tuple[set[str], set[str]]] = {
    "record_dates": (UNIT, OPEN),
    "record_awareness": (UNIT, set()),
    "correct_awareness": ({"manager"}, OPEN),
    "correct_awareness_later": ({"manager"}, {"notifiable"}),
    "answer_test": (UNIT, OPEN),
    "confirm_route": (UNIT, OPEN),
    "request_views": (UNIT, {"triage"}),
    "take_back": (UNIT, {"views_requested"}),
    "give_view": ({"la", "icb", "police"}, {"views_requested"}),
    "decide_notifiable": ({"la"}, {"views_requested"}),
    "decide_not_notifiable": ({"la"}, {"views_requested"}),
    "reopen": ({"manager"}, {"not_notifiable"}),
    "link": (UNIT, OPEN),
    "mark_notified": (UNIT, {"notifiable"}),
}
"""Step: whose, and from which statuses. The moment of awareness is recorded in all of them, so never a second time."""


def _linked(world: World) -> Incident:
    other = make.received(world, by=world.other_referrer)
    link(make.ready(world), into=other, by=world.officer, reason="One incident")
    return Incident.objects.get(status="linked")


MADE: dict[str, Callable[[World], Incident]] = {
    "triage": make.ready,
    "views_requested": make.viewed,
    "notifiable": make.decided,
    "not_notifiable": lambda world: make.decided(world, outcome=Answer.NO),
    "linked": _linked,
}


@pytest.mark.parametrize("status", list(MADE))
def test_a_step_is_open_to_whom_and_when_the_list_says(
    northvale: World, southmere: World, status: str
) -> None:
    with time_machine.travel(london_moment(date(2026, 11, 23), time(9, 0)), tick=False):
        incident = incident_of(MADE[status](northvale).case)
        for transition in TRANSITIONS:
            people, statuses = ALLOWED[transition.name]
            for name, person in northvale.everybody().items():
                is_open = not refusals(incident, transition, person)
                assert is_open == (name in people and status in statuses), (transition.name, name)
            for name, stranger in southmere.everybody().items():
                assert refusals(incident, transition, stranger), (transition.name, f"other {name}")


def test_the_list_knows_every_step() -> None:
    assert set(ALLOWED) == {one.name for one in TRANSITIONS}
