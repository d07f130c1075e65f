"""Clocks running on cases, started as the system starts them."""

from datetime import UTC, datetime, timedelta

import time_machine

from cspr.cases.models import Case
from cspr.cases.services import open_case
from cspr.deadlines.models import Deadline
from cspr.deadlines.services import start
from tests.factories.people import World

THURSDAY = datetime(2026, 11, 19, 16, 40, tzinfo=UTC)
"""Aware on Thursday 19 November 2026: C1 is due on Thursday 26 November."""


def make_clock(
    world: World, *, clock: str = "C1", moment: datetime = THURSDAY, case: Case | None = None
) -> Deadline:
    """A clock started a minute after its event was known, on a new case unless one is given."""
    with time_machine.travel(moment + timedelta(minutes=1), tick=False):
        on_case = case or open_case(world.partnership, by=world.officer)
        return start(on_case, clock=clock, moment=moment, by=world.officer)


def at(day: int, hour: int = 9, *, month: int = 11, year: int = 2026) -> datetime:
    """A deciding moment in UTC, in November 2026 unless another month is named."""
    return datetime(year, month, day, hour, tzinfo=UTC)
