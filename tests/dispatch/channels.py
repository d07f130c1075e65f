"""Channels for tests: one that keeps what it was given, and what can go wrong around it."""

from collections.abc import Callable
from typing import Any

from cspr.dispatch.models import Message


class Kept:
    """Accepts everything, unless ``fault`` raises for a message."""

    name = "kept"

    def __init__(self, fault: Callable[[Message], None] | None = None) -> None:
        self.delivered: list[Message] = []
        self.fault = fault

    def deliver(self, message: Message) -> dict[str, Any]:
        if self.fault is not None:
            self.fault(message)
        self.delivered.append(message)
        return {"message_id": message.header}

    def reason(self, error: Exception) -> str:
        return type(error).__name__


class Killed(BaseException):
    """The worker is gone: no ``except Exception`` sees it."""


class KilledAfterDelivery(Kept):
    """The other side accepts, and then the worker dies before it can write so."""

    def deliver(self, message: Message) -> dict[str, Any]:
        super().deliver(message)
        raise Killed
