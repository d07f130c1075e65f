"""Delivering the outbox: claim one message with a lease, deliver it, finish it only while the lease is ours
(R2, R24).

At least once, never recorded sent before it was accepted. A worker that dies between delivery and finish
leaves a lease that runs out; the next delivery carries the same Message-ID. One message is claimed at a
time, so that a message which kills its worker costs no other message an attempt (R20).
"""

import logging
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from cspr.dispatch import selectors
from cspr.dispatch.channels import Channel, configured_channel
from cspr.dispatch.models import Message
from cspr.dispatch.services.telling import settle_tellings
from cspr.now import now

LEASE = timedelta(seconds=120)
FIRST_WAIT = timedelta(seconds=25)
TRY_FOR = timedelta(hours=24)
MOST_ATTEMPTS = 9
log = logging.getLogger(__name__)

CLAIM = """
    UPDATE dispatch_message
       SET lease_until = %(until)s, lease_token = %(token)s, attempts = attempts + 1
     WHERE id = (
           SELECT id FROM dispatch_message
            WHERE status = 'queued' AND next_attempt_at <= %(at)s
              AND (lease_until IS NULL OR lease_until <= %(at)s)
            ORDER BY next_attempt_at, queued_at
              FOR UPDATE SKIP LOCKED
            LIMIT 1)
    RETURNING id
"""


@dataclass
class Tally:
    """What one drain did: counts of messages."""

    sent: int = 0
    put_off: int = 0
    dead: int = 0
    stopped: int = 0
    overtaken: int = 0
    settled: int = 0
    seen: list[uuid.UUID] = field(default_factory=list)


def drain(batch: int = 100, *, at: datetime | None = None, channel: Channel | None = None) -> Tally:
    """Deliver up to ``batch`` messages that are due, then settle the tellings they belong to.

    Any number may run at once.

    ``at`` fixes the deciding moment (tests); otherwise each claim and each finish asks the clock.
    """
    channel = channel or configured_channel()
    tally = Tally()
    for _ in range(batch):
        message = claim(at=at or now())
        if message is None:
            break
        tally.seen.append(message.pk)
        deliver(message, channel=channel, at=at, tally=tally)
    tally.settled = settle_tellings()
    return tally


def claim(*, at: datetime) -> Message | None:
    """Take the lease of the message that has been due longest, or None.

    The token fences off whoever had it before.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, {"until": at + LEASE, "token": uuid.uuid4(), "at": at})
        row = cursor.fetchone()
    return Message.objects.select_related("case").get(pk=row[0]) if row else None


def deliver(message: Message, *, channel: Channel, at: datetime | None, tally: Tally) -> None:
    """One attempt at one claimed message; whatever goes wrong stays with this message."""
    if message.attempts > MOST_ATTEMPTS:
        tally.dead += finish(
            message, status=Message.Status.DEAD, last_error=message.last_error or "every attempt broke off"
        )
        return
    if message.case is not None and selectors.walled_off(message.case, email=message.to_email):
        tally.stopped += finish(
            message, status=Message.Status.STOPPED, last_error="the recipient was walled off"
        )
        return
    try:
        proof = channel.deliver(message)
    except Exception as error:
        put_off(message, error=channel.reason(error), at=at or now(), tally=tally)
        return
    moment = at or now()
    changes = {"accepted_at": moment, "channel": channel.name, "proof": proof, "last_error": ""}
    if finish(message, status=Message.Status.SENT, **changes):
        tally.sent += 1
    else:
        tally.overtaken += 1
        log.warning("message %s was delivered after its lease ran out; another worker has it", message.pk)


def put_off(message: Message, *, error: str, at: datetime, tally: Tally) -> None:
    """Try again after 25 s x 4^n, the last time 24 hours after the first; then a person is needed (R16)."""
    last = message.trying_since + TRY_FOR
    if at >= last or message.attempts >= MOST_ATTEMPTS:
        tally.dead += finish(message, status=Message.Status.DEAD, last_error=error)
        return
    wait = FIRST_WAIT * 4 ** (message.attempts - 1)
    tally.put_off += finish(message, next_attempt_at=min(at + wait, last), last_error=error)


def finish(message: Message, **changes: Any) -> int:
    """Write the end of an attempt, if the lease is still the one we took; answers 1, or 0 when we were
    overtaken.
    """
    ours = Message.objects.filter(
        pk=message.pk, status=Message.Status.QUEUED, lease_token=message.lease_token
    )
    return ours.update(lease_until=None, lease_token=None, **changes)
