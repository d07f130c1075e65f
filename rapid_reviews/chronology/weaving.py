"""Which rows of several agencies tell the same event: near in time, alike in the words that are rare here. Rule 6.4.

Pure arithmetic on words; nothing is dropped or joined for good: a wrong match only stands two rows side by side.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

DAYS_APART = 3
VAGUE_DAYS = 31
"""A date known only within more than a month says too little to match by."""
NEIGHBOURS = 300
SAME_DAY, OTHER_DAY = 0.22, 0.42
WORD = re.compile(r"[a-z0-9][a-z0-9'’]*")
EMPTY = """
a an and are as at be been but by for from had has have he her him his i in into is it its me no not of on or our out
she so some than that the their them then there they this to up was we were what when which who will with
"""
EMPTY_WORDS = frozenset(EMPTY.split())
ENDINGS = ("ations", "ation", "ings", "ing", "ments", "ment", "ies", "ied", "ed", "es", "s", "ly")


@dataclass(frozen=True)
class Tale:
    """One row as far as matching needs it. ``agency`` is any key; two rows of one agency are never one event."""

    key: Any
    agency: Any
    first: date | None
    last: date | None
    text: str
    at: time | None = None
    order: Any = 0


@dataclass
class Event:
    """Rows that tell the same, in the order of what they tell; ``agree`` where one day fits them all."""

    tales: list[Tale] = field(default_factory=list)

    @property
    def first(self) -> date | None:
        return min((one.first for one in self.tales if one.first), default=None)

    @property
    def last(self) -> date | None:
        return max((one.last for one in self.tales if one.last), default=None)

    @property
    def agree(self) -> bool:
        known = [one for one in self.tales if one.first and one.last]
        return not known or max(one.first for one in known if one.first) <= min(
            one.last for one in known if one.last
        )


def weave(tales: Sequence[Tale]) -> list[Event]:
    """All rows in one order, those that tell the same together. What has no date stands last."""
    events = {tale.key: Event([tale]) for tale in tales}
    for _, one, other in sorted(
        pairs(tales), key=lambda pair: (-pair[0], str(pair[1].key), str(pair[2].key))
    ):
        mine, theirs = events[one.key], events[other.key]
        if mine is not theirs and may_join(mine, theirs):
            mine.tales += theirs.tales
            for tale in theirs.tales:
                events[tale.key] = mine
    once = list({id(event): event for event in events.values()}.values())
    for event in once:
        event.tales.sort(key=place)
    return sorted(once, key=lambda event: place(event.tales[0]))


def place(tale: Tale) -> tuple[Any, ...]:
    """Where a row stands: by its first day, then the time, then the narrower period; no date last."""
    if tale.first is None or tale.last is None:
        return True, date.max, time.max, date.max, str(tale.order), str(tale.key)
    return False, tale.first, tale.at or time.max, tale.last, str(tale.order), str(tale.key)


def may_join(mine: Event, theirs: Event) -> bool:
    """No agency twice in one event, and no chain of rows that drifts over the days."""
    if {one.agency for one in mine.tales} & {one.agency for one in theirs.tales}:
        return False
    return all(are_near(one, other) for one in mine.tales for other in theirs.tales)


def pairs(tales: Sequence[Tale]) -> Iterable[tuple[float, Tale, Tale]]:
    """Every two rows near in time whose words are alike enough, with how alike."""
    dated = sorted((one for one in tales if is_clear(one)), key=place)
    weights = weigh([one.text for one in dated])
    for number, one in enumerate(dated):
        for offset, other in enumerate(dated[number + 1 : number + 1 + NEIGHBOURS], number + 1):
            if (
                one.last is None
                or other.first is None
                or (other.first - one.last).days > DAYS_APART + VAGUE_DAYS
            ):
                break
            if one.agency == other.agency or not are_near(one, other):
                continue
            alike = likeness(weights[number], weights[offset])
            if alike >= (SAME_DAY if overlap(one, other) else OTHER_DAY):
                yield alike, one, other


def is_clear(tale: Tale) -> bool:
    return tale.first is not None and tale.last is not None and (tale.last - tale.first).days <= VAGUE_DAYS


def overlap(one: Tale, other: Tale) -> bool:
    """Whether one day fits both."""
    if not (one.first and one.last and other.first and other.last):
        return False
    return max(one.first, other.first) <= min(one.last, other.last)


def are_near(one: Tale, other: Tale) -> bool:
    """Whether their days overlap or lie at most three days apart."""
    if not (one.first and one.last and other.first and other.last):
        return False
    return max((other.first - one.last).days, (one.first - other.last).days) <= DAYS_APART


def weigh(texts: Sequence[str]) -> list[dict[str, float]]:
    """Each text as its words, a word weighing more the fewer rows use it; all of length one."""
    words = [Counter(stems(text)) for text in texts]
    used = Counter(word for counted in words for word in counted)
    weighed = []
    for counted in words:
        vector = {
            word: (1 + math.log(n)) * math.log(1 + len(texts) / used[word]) for word, n in counted.items()
        }
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        weighed.append({word: weight / length for word, weight in vector.items()})
    return weighed


def likeness(one: dict[str, float], other: dict[str, float]) -> float:
    """The cosine of two weighed texts: 0 nothing in common, 1 the same words."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)


def stems(text: str) -> list[str]:
    """The words that carry meaning, without their commonest endings."""
    return [stem(word) for word in WORD.findall(text.lower()) if word not in EMPTY_WORDS and len(word) > 1]


def stem(word: str) -> str:
    word = word.removesuffix("'s").removesuffix("’s")
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
