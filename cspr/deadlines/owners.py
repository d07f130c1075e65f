"""Whose act a clock waits for where that is nobody of the partnership: a later room registers it in its app config.

C6 waits for an agency, of which this room knows nothing: the answer names the people, the page each is led to, and the
address of somebody whose own is not the one that is written to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cspr.deadlines.models import Deadline
    from cspr.people.models import Membership


@dataclass(frozen=True)
class Reminded:
    """One person to be told, the page they are led to, and the address where it is not their account's."""

    to: Membership
    link: str
    email: str = ""


OwnersOf = Callable[["Deadline"], Iterable[Reminded]]
REGISTERED: dict[str, OwnersOf] = {}


def register_clock_owners(clock: str, owners: OwnersOf) -> None:
    """Register who owns the deadlines of one clock. Raises ValueError for a second answer."""
    if REGISTERED.get(clock, owners) is not owners:
        raise ValueError(f"two owners of {clock}")
    REGISTERED[clock] = owners
