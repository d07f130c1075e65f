"""Two of the unit record one telling at one moment, really committed: the second hears whose record stands."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from datetime import time as clock
from typing import Any

import pytest
import time_machine
from django.db import connection, connections, transaction

from cspr.dispatch.models import How, Telling
from cspr.dispatch.services import tell_by_hand
from cspr.govuk.dates import london_moment
from cspr.now import now
from cspr.people.models import Membership
from cspr.workflow import AlreadyDone
from tests.factories.notifications import sent
from tests.factories.people import World, make_world

pytestmark = pytest.mark.usefixtures("committed")
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


@pytest.fixture
def world(committed: None) -> Iterator[World]:
    """Monday 16 November 2026, 9:00 in London."""
    with time_machine.travel(london_moment(date(2026, 11, 16), clock(9, 0)), tick=True):
        yield make_world("NVL", "Northvale")


def until_somebody_waits() -> None:
    """Until another connection waits for a lock that this one holds."""
    for _ in range(500):
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    pytest.fail("nobody waited")


def test_who_waited_for_the_lock_hears_who_was_first(world: World) -> None:
    sent(world)
    telling = Telling.objects.filter(status__in=Telling.OPEN).first()
    assert telling is not None

    def tell(by: Membership) -> Any:
        try:
            return tell_by_hand(telling, by=by, how=How.LETTER, at=now())
        except AlreadyDone as done:
            return done
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            tell_by_hand(telling, by=world.officer, how=How.TELEPHONE, at=now())
            second = pool.submit(tell, world.manager)
            until_somebody_waits()
        answer = second.result(30)
    assert isinstance(answer, AlreadyDone)
    assert world.officer.user.full_name in str(answer)
