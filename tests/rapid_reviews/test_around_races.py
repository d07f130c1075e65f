"""Two people at one moment, really committed: one number each, one take-over, a decision wholly before a conflict."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import connection

from cspr.cases import proceedings as register
from cspr.cases.models import FamilyLead
from cspr.govuk.dates import london_moment
from cspr.workflow import Refused
from rapid_reviews.models import Minute
from rapid_reviews.services.attendance import declare_conflict
from rapid_reviews.services.meeting import write_minute
from rapid_reviews.workflow.meeting import missing_partners
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories.people import make_bodies, make_world

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def monday() -> Iterator[Any]:
    """Monday 16 November 2026, 9:00 in London."""
    with time_machine.travel(london_moment(date(2026, 11, 16), time(9, 0)), tick=True) as traveller:
        yield traveller


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that all begin together; a refusal is an answer too."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        barrier.wait(timeout=10)
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_meeting_written_by_two_at_once() -> None:
    make_bodies()
    world = make_world()
    review = make.opened(world)
    meeting = around.held(review, world)
    item = {"item": "Invented", "discussion": "Invented"}
    at_once(
        lambda: write_minute(meeting, by=world.officer, **item),
        lambda: write_minute(meeting, by=world.second_officer, **item),
    )
    assert sorted(Minute.objects.values_list("position", flat=True)) == [1, 2]
    police = meeting.attendance.get(partner="POLICE")
    decided, _ = at_once(
        lambda: write_minute(meeting, by=world.officer, **item, decision="Invented", who="x"),
        lambda: declare_conflict(police, reason="Invented", by=world.second_officer),
    )
    assert missing_partners(around.fresh(meeting)) == ["POLICE"]
    assert isinstance(decided, Refused) is not Minute.objects.exclude(decision="").exists()
    first, second = ({"name": name, "agency": "Invented Council"} for name in ("One", "Two"))
    answers = at_once(
        lambda: register.name_family_lead(review.case, **first, by=world.officer),
        lambda: register.name_family_lead(review.case, **second, by=world.second_officer),
    )
    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert FamilyLead.objects.count() == 1
