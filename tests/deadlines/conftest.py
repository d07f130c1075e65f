"""Tests of the clocks happen on Tuesday 24 November 2026."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.factories.clocks import at


@pytest.fixture(autouse=True)
def on_tuesday() -> Iterator[None]:
    """09:00 in London, and time goes on."""
    with time_machine.travel(at(24), tick=True):
        yield
