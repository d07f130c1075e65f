"""How a change becomes part of the record: ``@recorded`` around every verb, ``record`` inside it.

The outermost verb opens one transaction and the lock on controlled rows. Events are collected and written as its last
statements: the stream's row is locked, the number drawn under the lock, the hash chained (security.md decision 6, and
8.4: numbers drawn before the lock break chains, audit written first deadlocks). If writing them fails, all is undone.
An event recorded inside a savepoint that is rolled back is never written: what it speaks of did not happen.
"""

import hashlib
import inspect
import json
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from cspr.audit import security
from cspr.audit.models import Event, Stream
from cspr.models import writing
from cspr.now import now

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

SYSTEM_NAME = "The system"
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")


@dataclass(frozen=True, eq=False)
class Pending:
    stream: str
    at: datetime
    kind: str
    by: Any
    case_id: Any
    subject: Any
    detail: dict[str, Any] = field(default_factory=dict)

    def stands(self) -> None:
        """Hung on the savepoint of the moment: Django forgets it when that savepoint is rolled back."""


_pending: ContextVar[list[Pending] | None] = ContextVar("pending_events", default=None)


def recorded(verb: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Make a service verb one transaction whose events are written last. Verbs may call verbs.

    Raises TypeError for a verb whose body would run after the transaction: a generator or a coroutine.
    """
    if inspect.isgeneratorfunction(verb) or inspect.iscoroutinefunction(verb):
        raise TypeError(f"{verb.__qualname__} would run after its transaction")

    @wraps(verb)
    def inner(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        if _pending.get() is not None and connection.in_atomic_block:
            with transaction.atomic():
                return verb(*args, **kwargs)
        token = _pending.set([])
        try:
            with transaction.atomic(), writing():
                result = verb(*args, **kwargs)
                written = _write(_standing(_pending.get() or []))
                transaction.on_commit(lambda: security.tell(written))
                return result
        finally:
            _pending.reset(token)

    inner.is_recorded = True  # type: ignore[attr-defined]
    return inner


def record(
    kind: str,
    *,
    by: Any,
    subject: Any,
    case: Any = None,
    stream: str = "",
    at: datetime | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add one event to the verb under way. ``by`` is a membership, or None when the system itself acts.

    Raises RuntimeError outside a ``@recorded`` verb.
    """
    pending = _pending.get()
    if pending is None:
        raise RuntimeError(f"{kind} was recorded outside a @recorded verb")
    key = stream or (f"case/{case.pk}" if case is not None else "installation")
    case_id = case.pk if case is not None else None
    event = Pending(key, at or now(), kind, by, case_id, subject, detail or {})
    pending.append(event)
    transaction.on_commit(event.stands)


def _standing(pending: list[Pending]) -> list[Pending]:
    """The events whose savepoint was not rolled back since, in the order they were recorded."""
    hung = {id(getattr(hook, "__self__", None)) for _, hook, *_ in connection.run_on_commit}
    return [event for event in pending if id(event) in hung]


def _write(pending: list[Pending]) -> list[Event]:
    written = []
    for key in sorted({event.stream for event in pending}):
        Stream.objects.get_or_create(key=key)
        head = Stream.objects.select_for_update().get(key=key)
        for event in (one for one in pending if one.stream == key):
            row = _row(event, head)
            row.save(force_insert=True)
            written.append(row)
            head.last_number, head.last_hash = row.number, row.hash
        head.save(update_fields=["last_number", "last_hash"])
    return written


def _row(event: Pending, head: Stream) -> Event:
    row = Event(
        stream=head.key,
        number=head.last_number + 1,
        at=event.at,
        kind=event.kind,
        actor_id=event.by.pk if event.by else None,
        actor_name=event.by.user.full_name if event.by else SYSTEM_NAME,
        actor_capacity=event.by.capacity if event.by else "",
        case_id=event.case_id,
        subject_type=event.subject._meta.label_lower,
        subject_id=str(event.subject.pk),
        detail=storable(event.detail),
        previous_hash=head.last_hash,
    )
    row.hash = chained_hash(row)
    return row


def storable(detail: Any) -> Any:
    """The detail as JSON that PostgreSQL gives back unchanged: fractions as text, no NUL, no half of a character."""
    plain = json.dumps(detail, default=str, ensure_ascii=False).encode(errors="replace").decode()
    return json.loads(_NUL.sub(r"\1", plain), parse_float=str, parse_constant=str)


def chained_hash(event: Event) -> str:
    """SHA-256 over the previous hash and every column, in a form that survives a round through the database."""
    content = [
        event.previous_hash,
        event.stream,
        event.number,
        event.at.timestamp(),
        event.kind,
        str(event.actor_id or ""),
        event.actor_name,
        event.actor_capacity,
        str(event.case_id or ""),
        event.subject_type,
        event.subject_id,
        event.detail,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
