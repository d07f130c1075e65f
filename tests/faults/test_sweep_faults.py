"""Two sweepers at once, a sweeper killed in the middle, a clock met meanwhile: rules R1, R3 and R23 of security.md."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction

from cspr.deadlines.models import Deadline, Reminder, SweepRun
from cspr.deadlines.services import make_round, meet, start
from cspr.dispatch.models import Message
from tests.factories.clocks import THURSDAY, make_clock
from tests.factories.people import World, make_world

pytestmark = pytest.mark.faults
AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
CLOCKS = 60


@pytest.fixture(autouse=True)
def no_doorbell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is put into a queue that others listen to."""
    monkeypatch.setattr(settings, "BROKER_URL", "")


@pytest.fixture
def overdue(committed: None) -> World:
    """Sixty overdue clocks, each owing 5 reminders and mails to 4 people."""
    world = make_world()
    with time_machine.travel(THURSDAY, tick=True), transaction.atomic():
        for _ in range(CLOCKS):
            make_clock(world)
    return world


def assert_all_told_once() -> None:
    assert Reminder.objects.filter(fired_at__isnull=True).count() == 0
    assert Reminder.objects.filter(told_at__isnull=True).count() == 0
    assert Reminder.objects.count() == CLOCKS * 5
    each = Counter(Message.objects.values_list("case_id", "to_email"))
    assert len(each) == CLOCKS * 4
    assert set(each.values()) == {1}


def in_threads(n: int, act: Callable[[], object]) -> None:
    """Run ``act`` at the same moment in threads, each with a connection of its own."""
    gate, faults = threading.Barrier(n), []

    def run() -> None:
        gate.wait()
        try:
            act()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert faults == []


def test_four_sweepers_at_once_do_what_one_does(overdue: World) -> None:
    in_threads(4, lambda: make_round(AT))
    make_round(AT)  # what one worker held while another passed it over waits for the next round
    assert_all_told_once()


def test_sweeper_killed_at_random_points_loses_and_doubles_nothing(overdue: World) -> None:
    """The next rounds finish what each kill left; nothing is told twice."""
    environment = {**os.environ, "DATABASE_URL": own_database(), "BROKER_URL": "", "REDIS_URL": ""}
    command = [sys.executable, "-c", ROUND, AT.isoformat()]
    for wait in (0.0, 0.02, 0.05, 0.1, 0.2):
        sweeper = subprocess.Popen(
            command, env=environment, cwd=settings.ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert sweeper.stdout is not None
        assert sweeper.stdout.readline() == b"ready\n"
        time.sleep(wait)
        sweeper.send_signal(signal.SIGKILL)
        sweeper.communicate(timeout=60)
    make_round(AT)
    assert_all_told_once()
    assert SweepRun.objects.get().finished_at == AT


ROUND = """
import sys
from datetime import datetime
import django
django.setup()
from cspr.deadlines.services import make_round
print("ready", flush=True)
make_round(datetime.fromisoformat(sys.argv[1]))
"""


def own_database() -> str:
    """This worker's database as an address for another process."""
    given = connection.settings_dict
    place = f"{given['HOST'] or ''}:{given['PORT']}" if given["PORT"] else given["HOST"] or ""
    secret = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgres://{given['USER']}{secret}@{place}/{given['NAME']}"


def test_clock_met_while_the_sweep_runs_is_told_before_or_not_at_all(overdue: World) -> None:
    """Whoever is first wins wholly: no mail is queued after the moment a clock was met."""
    deadlines = list(Deadline.objects.select_related("case"))
    turns = iter([lambda: make_round(AT), lambda: meet_all(deadlines, overdue)])
    lock = threading.Lock()

    def turn() -> None:
        with lock:
            act = next(turns)
        act()

    in_threads(2, turn)
    make_round(AT)
    met = dict(Deadline.objects.values_list("case_id", "met_at"))
    late = [
        message.pk
        for message in Message.objects.all()
        if (ended := met[message.case_id]) is not None and message.queued_at > ended
    ]
    assert late == []
    assert Reminder.objects.filter(told_at__isnull=True).count() == 0


def meet_all(deadlines: list[Deadline], world: World) -> None:
    for deadline in deadlines:
        with transaction.atomic():
            Deadline.objects.select_for_update().get(pk=deadline.pk)
            meet(deadline.case, clock="C1", at=datetime.now(UTC), by=world.officer)


def test_clock_started_twice_at_once_runs_once(overdue: World) -> None:
    case = Deadline.objects.select_related("case__partnership")[0].case
    begun: list[object] = []
    in_threads(4, lambda: begun.append(start(case, clock="C2", moment=THURSDAY, by=overdue.officer).pk))
    assert set(begun) == {Deadline.objects.get(case=case, clock="C2").pk}
    assert len(begun) == 4
