"""What follows when a wall is raised: a later room registers it, in ``AppConfig.ready``.

The callable runs inside the transaction that raises the wall, so both happen or neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from cspr.cases.models import Case
    from cspr.people.models import Membership, User


class Follows(Protocol):
    def __call__(self, case: Case, *, user: User, by: Membership) -> object: ...


REGISTERED: list[Follows] = []


def when_walled_off(follows: Follows) -> None:
    """Register what follows, once."""
    if follows not in REGISTERED:
        REGISTERED.append(follows)
