"""The doorbell never fails and hardly delays a request, whatever the broker does (R14)."""

import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from cspr.dispatch import doorbell
from cspr.dispatch.doorbell import Bell


@pytest.fixture
def broker(settings: Any) -> Any:
    """``broker(url)``: point the queue at an address for one test."""

    def point(url: str) -> None:
        settings.BROKER_URL = url

    return point


@pytest.fixture
def black_hole() -> Iterator[str]:
    """A port that takes connections and never says a word: a stopped (SIGSTOP) Redis."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        yield f"redis://127.0.0.1:{listener.getsockname()[1]}/0"


def seconds_of_a_ring() -> float:
    """What one ring costs by itself: the quickest of several, for the machine may be busy with something else."""
    quickest = float("inf")
    for _ in range(5):
        started = time.monotonic()
        assert Bell().ring() is False
        quickest = min(quickest, time.monotonic() - started)
    return quickest


def test_broker_refusing_costs_no_time_and_raises_nothing(broker: Any) -> None:
    broker("redis://127.0.0.1:1/0")
    assert seconds_of_a_ring() < 0.3


def test_broker_that_never_answers_costs_at_most_a_second(broker: Any, black_hole: str) -> None:
    broker(black_hole)
    assert seconds_of_a_ring() < 1


def test_broken_bell_is_left_alone_for_a_while(broker: Any, black_hole: str) -> None:
    broker(black_hole)
    bell = Bell()
    bell.ring()
    started = time.monotonic()

    for _ in range(100):
        assert bell.ring() is False

    assert time.monotonic() - started < 0.1
    bell.silent_until = 0.0
    broker("memory://")
    assert bell.ring() is True


def test_no_broker_is_no_fault(broker: Any) -> None:
    broker("")

    assert Bell().ring() is False


@pytest.mark.django_db
def test_queueing_rings_after_commit_only(
    queue: Any, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(doorbell.Bell, "ring", lambda self: rung.append(True))

    with django_capture_on_commit_callbacks(execute=True):
        queue()
        assert not rung

    assert rung == [True]
