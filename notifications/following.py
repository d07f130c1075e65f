"""What follows when a notification is recorded as sent: a later room registers it, in ``AppConfig.ready``.

The callable runs inside the transaction that records the sending, so both happen or neither. It is asked for every
route, and does nothing where nothing follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from cspr.people.models import Membership
    from notifications.models import Notification


class Follows(Protocol):
    def __call__(self, notification: Notification, *, at: datetime, by: Membership) -> object: ...


REGISTERED: list[Follows] = []


def when_sent(follows: Follows) -> None:
    """Register what follows, once."""
    if follows not in REGISTERED:
        REGISTERED.append(follows)
