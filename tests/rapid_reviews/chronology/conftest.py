"""The day of these tests: Monday 16 November 2026, 9:00 in London."""

from collections.abc import Iterator
from datetime import date, time

import pytest
import time_machine

from cspr.govuk.dates import london_moment


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(london_moment(date(2026, 11, 16), time(9, 0)), tick=True):
        yield
