"""Eight people write at once, and writers are killed: no number is lost, doubled or left out."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection, transaction

from cspr.audit.models import Event, Stream
from cspr.audit.recording import record, recorded
from cspr.audit.verification import faults
from cspr.people.models import Partnership

pytestmark = pytest.mark.usefixtures("committed")
WRITERS, EACH = 8, 40


@recorded
def note(subject: Partnership, stream: str) -> None:
    """One event on a stream, or on two in either order."""
    for key in stream.split("+"):
        record("case.opened", by=None, subject=subject, stream=key)


def together(count: int, act: Callable[[int], None]) -> list[BaseException]:
    """Run ``act(n)`` in ``count`` threads at once; answers what went wrong in any."""
    wrong: list[BaseException] = []
    ready = threading.Barrier(count)

    def one(number: int) -> None:
        try:
            ready.wait()
            act(number)
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_eight_writers_leave_one_whole_chain() -> None:
    subject = Partnership.objects.create(code="NVL", name="Northvale")

    def write(number: int) -> None:
        for turn in range(EACH):
            try:
                with transaction.atomic():
                    note(subject, "one")
                    if turn % 5 == 4:
                        raise KeyError
            except KeyError:
                continue

    assert together(WRITERS, write) == []
    kept = WRITERS * EACH * 4 // 5
    assert Stream.objects.get(key="one").last_number == kept
    numbers = Event.objects.filter(stream="one").order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, kept + 1))
    assert list(faults()) == []


def test_writers_of_two_streams_in_either_order_never_wait_for_each_other_for_ever() -> None:
    subject = Partnership.objects.create(code="NVL", name="Northvale")

    def write(number: int) -> None:
        for _ in range(EACH):
            note(subject, "one+two" if number % 2 else "two+one")

    assert together(WRITERS, write) == []
    assert {stream.last_number for stream in Stream.objects.all()} == {WRITERS * EACH}
    assert list(faults()) == []


def test_verification_finds_no_fault_while_others_write() -> None:
    subject = Partnership.objects.create(code="NVL", name="Northvale")
    found: list[object] = []

    def act(number: int) -> None:
        for _ in range(EACH):
            if number == 0:
                found.extend(faults())
            else:
                note(subject, "one")

    assert together(4, act) == []
    assert found == []


WRITER = """
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = {database!r}
from cspr.people.models import Partnership
from tests.audit.test_races import note
subject = Partnership.objects.get()
print("writing", flush=True)
while True:
    note(subject, "one")
"""


def test_a_writer_killed_at_any_moment_leaves_a_whole_chain() -> None:
    Partnership.objects.create(code="NVL", name="Northvale")
    program = WRITER.format(database=connection.settings_dict["NAME"])
    for wait in (0.03, 0.11):
        writers = [
            subprocess.Popen(
                [sys.executable, "-c", program], cwd=settings.ROOT, stdout=subprocess.PIPE, env=os.environ
            )
            for _ in range(2)
        ]
        for writer in writers:
            assert writer.stdout is not None
            writer.stdout.readline()
        time.sleep(wait)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.wait()
            writer.stdout.close()  # type: ignore[union-attr]
    assert Event.objects.count() == Stream.objects.get(key="one").last_number
    assert list(faults()) == []
