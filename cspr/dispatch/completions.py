"""What follows when everybody a clock names has been told: a later room registers it, in
``AppConfig.ready``.

The callable runs inside the transaction that recorded the last telling, so both happen or neither. It must
do nothing the second time: a telling added later makes it run again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from cspr.cases.models import Case
    from cspr.people.models import Membership


class Completion(Protocol):
    def __call__(self, case: Case, *, clock: str, at: datetime, by: Membership) -> object: ...


REGISTERED: dict[str, Completion] = {}


def when_all_told(clock: str, completion: Completion) -> None:
    """Register what follows for one clock. Raises ValueError for a second one."""
    if REGISTERED.get(clock, completion) is not completion:
        raise ValueError(f"two completions for {clock}")
    REGISTERED[clock] = completion
