"""The day of these tests: Monday 16 November 2026, 9:00 in London."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine

from cspr.govuk.dates import london_moment


@pytest.fixture(autouse=True)
def monday() -> Iterator[Any]:
    """The day a notification is sent is day 0 of C5; the clock runs on while a test runs."""
    with time_machine.travel(london_moment(date(2026, 11, 16), time(9, 0)), tick=True) as traveller:
        yield traveller
