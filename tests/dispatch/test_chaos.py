"""Real processes, real kills: nothing is lost, nothing is recorded sent that was not accepted (R2, R24)."""

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection, transaction

from cspr.dispatch.models import Message
from cspr.dispatch.services import drain
from cspr.dispatch.services.delivery import claim
from cspr.now import now
from tests.dispatch.channels import Kept
from tests.dispatch.mail_server import mail_server

ROOT = Path(__file__).resolve().parents[2]
Queue = Callable[..., Message]


@pytest.fixture
def db(committed: None) -> None:
    """These tests really commit: the people and the case too."""


@contextmanager
def worker(port: int, *, lease: float) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process, killed at the end if it still lives."""
    database = connection.settings_dict["NAME"]
    command = [sys.executable, "-m", "tests.dispatch.worker", database, str(port), str(lease)]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"LOG_LEVEL": "CRITICAL"})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def waiting() -> int:
    return Message.objects.filter(status=Message.Status.QUEUED).count()


def until(condition: Callable[[], bool], *, seconds: float) -> None:
    """Wait for a condition, at most this long."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


@pytest.mark.faults
def test_killed_workers_lose_nothing_and_repeat_only_message_ids(queue: Queue) -> None:
    messages = [queue() for _ in range(80)]
    kills, chance = 0, random.Random(20261123)
    with mail_server() as server:
        while waiting() and kills < 6:
            with worker(server.port, lease=0.5) as process:
                more = len(server.accepted) + 1
                until(lambda more=more: len(server.accepted) >= more or not waiting(), seconds=30)
                time.sleep(chance.uniform(0, 0.05))
                process.kill()
                kills += 1
        with worker(server.port, lease=0.5):
            until(lambda: not waiting(), seconds=60)

        sent = set(Message.objects.filter(status=Message.Status.SENT).values_list("header", flat=True))
        times = Counter(server.message_ids)

    assert sent == {message.header for message in messages} == set(times)
    assert times.total() - len(times) <= kills


def test_two_connections_never_claim_the_same_message(queue: Queue) -> None:
    first, second = queue(), queue()
    held, let_go = threading.Event(), threading.Event()
    claimed: list[object] = []

    def other_worker() -> None:
        try:
            with transaction.atomic():
                claimed.append(claim(at=now()).pk)
                held.set()
                let_go.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=other_worker)
    thread.start()
    assert held.wait(10)
    mine = claim(at=now())
    nothing = claim(at=now())
    let_go.set()
    thread.join()

    assert {claimed[0], mine.pk} == {first.pk, second.pk}
    assert nothing is None


def test_many_drains_at_once_deliver_each_message_once(queue: Queue) -> None:
    messages = [queue() for _ in range(40)]
    channel = Kept()

    def one() -> None:
        try:
            drain(channel=channel)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(message.pk for message in channel.delivered) == sorted(message.pk for message in messages)
