"""Two people at one moment, really committed: no view is lost, nothing is decided or joined twice."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connections

from cspr.decisions.models import Answer, Decision, SignOff
from cspr.govuk.dates import london_moment
from cspr.workflow import AlreadyDone, Refused
from notifications.models import Incident
from notifications.services.asking import give_view
from notifications.services.deciding import decide
from notifications.services.linking import link
from tests.factories import incidents as make
from tests.factories.people import World, make_member, make_world

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Monday 23 November 2026, 9:00 in London."""
    with time_machine.travel(london_moment(date(2026, 11, 23), time(9, 0)), tick=True):
        yield


@pytest.fixture
def world(committed: None) -> World:
    return make_world("NVL", "Northvale")


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts at one moment; what each answered or raised."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return act()
        except (AlreadyDone, Refused) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_three_partners_at_once_all_count(world: World) -> None:
    incident = make.asked(world)
    together(
        *(
            lambda one=one: give_view(incident, by=one, answer=Answer.YES, reason="Invented")
            for one in world.partners
        )
    )
    assert set(SignOff.objects.values_list("partner", flat=True)) == {"LA", "ICB", "POLICE"}


def test_two_people_of_one_partner_at_once_one_counts(world: World) -> None:
    incident = make.asked(world)
    colleague = make_member("delegated_partner", partnership=world.partnership, partner="ICB")
    done = together(
        *(
            lambda one=one: give_view(incident, by=one, answer=Answer.YES, reason="Invented")
            for one in (world.icb, colleague)
        )
    )
    assert sorted(type(one).__name__ for one in done) == ["AlreadyDone", "SignOff"]


def test_two_deciders_at_once_one_decides(world: World) -> None:
    incident = make.viewed(world)
    colleague = make_member("delegated_partner", partnership=world.partnership, partner="LA")
    given = {"rationale": "Invented", "referrer_reason": "Invented"}
    done = together(
        lambda: decide(incident, by=world.la, outcome=Answer.YES, **given),
        lambda: decide(incident, by=colleague, outcome=Answer.NO, **given),
    )
    assert sorted(type(one).__name__ for one in done) == ["AlreadyDone", "Incident"]
    assert Decision.objects.filter(status="settled").count() == 1


def test_two_officers_joining_both_ways_round_at_once_join_once(world: World) -> None:
    first, second = make.received(world), make.received(world, by=world.other_referrer)
    done = together(
        lambda: link(first, into=second, by=world.officer, reason="One incident"),
        lambda: link(second, into=first, by=world.second_officer, reason="One incident"),
    )
    assert sorted(type(one).__name__ for one in done) == ["Incident", "Refused"]
    assert Incident.objects.filter(status="linked").count() == 1
