"""Whether the record is whole: numbers without a gap, hashes chained, heads as stored and as copied out before.

The chain finds a changed, added or missing event. A cut tail with a head rewritten to match, or an old copy of the
whole, agrees with itself: only the heads copied out of the database find it (security.md, R5; ``audit_heads``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from cspr.audit.models import GENESIS, Event, Stream
from cspr.audit.recording import chained_hash


@dataclass(frozen=True)
class Fault:
    stream: str
    number: int
    sentence: str


def heads() -> dict[str, dict[str, Any]]:
    """Where every stream ends, by its key: to be copied out of the database daily and kept elsewhere."""
    rows = Stream.objects.order_by("key")
    return {row.key: {"number": row.last_number, "hash": row.last_hash} for row in rows}


def faults() -> Iterator[Fault]:
    """Every place where the record does not agree with itself. Right while others write: each query is one snapshot."""
    yield from _chain()
    yield from _ends()


def _chain() -> Iterator[Fault]:
    stream, number, previous = None, 0, GENESIS
    for event in Event.objects.order_by("stream", "number").iterator(chunk_size=2000):
        if event.stream != stream:
            stream, number, previous = event.stream, 0, GENESIS
        if event.number != number + 1:
            yield Fault(event.stream, event.number, f"follows number {number}: events are missing before it")
        elif event.previous_hash != previous:
            yield Fault(event.stream, event.number, "does not chain to the event before it")
        if chained_hash(event) != event.hash:
            yield Fault(event.stream, event.number, "was changed after it was written")
        number, previous = event.number, event.hash


def _ends() -> Iterator[Fault]:
    """Streams that do not end where their head says, and events whose stream has no head."""
    last = Event.objects.filter(stream=OuterRef("key")).order_by("-number")
    ending = Stream.objects.annotate(
        end_number=Subquery(last.values("number")[:1]), end_hash=Subquery(last.values("hash")[:1])
    )
    empty = Q(end_number__isnull=True) & (~Q(last_number=0) | ~Q(last_hash=GENESIS))
    differs = ~Q(end_number=F("last_number")) | ~Q(end_hash=F("last_hash"))
    for row in ending.filter(empty | Q(end_number__isnull=False) & differs).order_by("key"):
        sentence = f"the stream does not end where its head says, at number {row.last_number}"
        yield Fault(row.key, row.end_number or 0, sentence)
    headless = Event.objects.exclude(Exists(Stream.objects.filter(key=OuterRef("stream"))))
    for key in headless.order_by("stream").values_list("stream", flat=True).distinct():
        yield Fault(key, 0, "the stream has events and no head")


def missing_since(copied: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """Heads copied out before that the record no longer holds: its tail was cut, or an older copy was put in place."""
    for key, head in copied.items():
        number = int(head["number"])
        if number == 0:
            continue
        stored = Event.objects.filter(stream=key, number=number).values_list("hash", flat=True).first()
        if stored is None:
            yield Fault(key, number, "was copied out before and is missing")
        elif stored != head["hash"]:
            yield Fault(key, number, "is not the event that was copied out before")
