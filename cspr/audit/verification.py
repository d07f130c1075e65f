"""Whether the record is whole: numbers without a gap, hashes chained, heads as stored."""

from collections.abc import Iterator
from dataclasses import dataclass

from cspr.audit.models import GENESIS, Event, Stream
from cspr.audit.recording import chained_hash


@dataclass(frozen=True)
class Fault:
    stream: str
    number: int
    sentence: str


def faults() -> Iterator[Fault]:
    """Every place where the record does not agree with itself."""
    heads = {stream.key: stream for stream in Stream.objects.all()}
    ends: dict[str, tuple[int, str]] = dict.fromkeys(heads, (0, GENESIS))
    for event in Event.objects.order_by("stream", "number").iterator(chunk_size=2000):
        number, previous = ends.get(event.stream, (0, GENESIS))
        if event.number != number + 1:
            yield Fault(event.stream, event.number, f"follows number {number}: events are missing before it")
        elif event.previous_hash != previous:
            yield Fault(event.stream, event.number, "does not chain to the event before it")
        if chained_hash(event) != event.hash:
            yield Fault(event.stream, event.number, "was changed after it was written")
        ends[event.stream] = (event.number, event.hash)
    for key, end in ends.items():
        if key not in heads or (heads[key].last_number, heads[key].last_hash) != end:
            yield Fault(key, end[0], "the stream does not end where its head says")
