"""After commit, tell a worker there is something in the outbox.

Best effort: a poller drains every 30 s anyway (R14).

A bare ``.delay()`` with Redis stopped held a request for about 6 s and then raised. Here it costs at most a
second, once in 30 s, and never raises.
"""

import logging
import time
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.db import transaction

TASK = "cspr.dispatch.tasks.drain"
REST_SECONDS = 30.0
CONNECT_SECONDS = 0.4
log = logging.getLogger(__name__)


class Bell:
    """Remembers, in this process, until when a broken bell is left alone (monotonic seconds)."""

    def __init__(self) -> None:
        self.silent_until = 0.0

    def ring(self) -> bool:
        """Queue one drain; answers whether a broker took it."""
        if not settings.BROKER_URL or time.monotonic() < self.silent_until:
            return False
        try:
            with current_app.connection_for_write(
                settings.BROKER_URL, connect_timeout=CONNECT_SECONDS, transport_options=impatient_options()
            ) as line:
                current_app.send_task(
                    TASK, connection=line, retry=False, expires=REST_SECONDS, ignore_result=True
                )
        except Exception as error:
            self.silent_until = time.monotonic() + REST_SECONDS
            log.warning("the broker did not take the doorbell: %s", type(error).__name__)
            return False
        return True


def impatient_options() -> dict[str, object]:
    """The broker's own options, with waits a person would not notice."""
    options = dict(current_app.conf.broker_transport_options or {})
    if urlsplit(settings.BROKER_URL).scheme in {"redis", "rediss"}:
        options |= {
            "socket_connect_timeout": CONNECT_SECONDS,
            "socket_timeout": CONNECT_SECONDS,
            "retry_on_timeout": False,
            "max_retries": 0,
        }
    return options


bell = Bell()


def ring_after_commit() -> None:
    """Ring once this transaction has committed."""
    transaction.on_commit(bell.ring)
