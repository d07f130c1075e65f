"""The merged chronology, made from the returns that stand and the key dates of the referrals. Rule 6.4.

It is made anew whenever what it is made of has changed, by whoever looks first. It holds nothing that is not said in a
row, a key date or the list of people, so making it again loses nothing.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

from cspr.audit.recording import record, recorded
from cspr.now import now
from cspr.people.models import Membership
from rapid_reviews.chronology.people import Names
from rapid_reviews.chronology.weaving import Event, Tale, weave
from rapid_reviews.models import ChronologyRow, Happening, RapidReview, Telling, Weave
from rapid_reviews.selectors.merged import key_dates_of, known_people, threads_of, told_returns
from rapid_reviews.selectors.review import locked
from rapid_reviews.services.chronology_people import list_people

BATCH = 1_000
COLUMNS = (
    "pk", "agency_return__request__agency", "agency_return__request__agency__name", "happened_on",
    "happened_until_on", "time_of_day", "themes",
)  # fmt: skip
TEXTS = ("event", "source", "who", "child_said", "response", "analysis")


@dataclass(frozen=True)
class Thread:
    """One row or key date on its way into the merged chronology."""

    agency_id: UUID
    agency: str
    first: date | None
    last: date | None
    at: time | None
    event: str
    text: str
    themes: list[str]
    row_id: UUID | None = None
    key_date_id: UUID | None = None

    @property
    def key(self) -> UUID | None:
        return self.row_id or self.key_date_id


def keep_woven(review: RapidReview, *, by: Membership) -> Weave:
    """Make the merged chronology anew where the returns, the key dates or the people have changed since."""
    standing: Weave | None = getattr(review, "weave", None)
    if standing is not None and standing.of == hash_of(threads_of(review)):
        return standing
    return _weave(review, by=by)


@recorded
def _weave(review: RapidReview, *, by: Membership) -> Weave:
    row = locked(review)
    list_people(row, by=by)
    of = hash_of(threads_of(row))
    standing = Weave.objects.filter(review=row, of=of).first()
    if standing is not None:
        return standing
    threads = [*_from_returns(row), *_from_referrals(row)]
    events = weave([_tale(thread) for thread in threads])
    _store(row, events, threads)
    agencies = list({one.agency_id for one in threads})
    began = [one.first for one in events if one.first]
    extent = {
        "agencies": agencies, "number": len(events),
        "first_on": min(began, default=None), "last_on": max(began, default=None),
    }  # fmt: skip
    made, _ = Weave.objects.update_or_create(
        review=row, defaults={"of": of, "woven_at": now(), "woven_by": by, **extent}
    )
    detail = {"rows": len(threads), "agencies": len(agencies), "happenings": len(events)}
    record("chronology.woven", by=by, subject=row, case=row.case, detail=detail)
    return made


def hash_of(threads: Iterable[Any]) -> str:
    """A hash of what the merged chronology is made of: a signed-off version never changes, so its key says enough."""
    return hashlib.sha256("\n".join(sorted(str(one) for one in threads)).encode()).hexdigest()


def _from_returns(review: RapidReview) -> list[Thread]:
    rows = ChronologyRow.objects.filter(agency_return__in=told_returns(review)).order_by()
    return [
        Thread(
            agency_id=agency_id,
            agency=agency,
            first=first,
            last=last,
            at=at,
            event=texts[0],
            text=" ".join(texts),
            themes=themes,
            row_id=key,
        )
        for key, agency_id, agency, first, last, at, themes, *texts in rows.values_list(*COLUMNS, *TEXTS)
    ]


def _from_referrals(review: RapidReview) -> list[Thread]:
    return [
        Thread(
            agency_id=one.referral.agency_id,
            agency=one.referral.agency.name,
            first=one.happened_on,
            last=one.happened_until_on,
            at=None,
            event=one.event,
            text=f"{one.event} {one.source}",
            themes=[],
            key_date_id=one.pk,
        )
        for one in key_dates_of(review)
        if one.event
    ]


def _tale(thread: Thread) -> Tale:
    return Tale(
        thread.key, thread.agency_id, thread.first, thread.last, thread.event, thread.at, thread.agency
    )


def _store(review: RapidReview, events: list[Event], threads: list[Thread]) -> None:
    """Replace the woven rows of this review."""
    names = Names(known_people(review))
    by_key = {thread.key: thread for thread in threads}
    Telling.objects.filter(review=review).delete()
    Happening.objects.filter(review=review).delete()
    happenings, tellings = [], []
    for position, event in enumerate(events, 1):
        happening = Happening(
            id=uuid4(), review=review, position=position, first_on=event.first, last_on=event.last,
            agree=event.agree, agencies=[by_key[tale.key].agency_id for tale in event.tales],
        )  # fmt: skip
        happenings.append(happening)
        tellings += [_telling(happening, by_key[tale.key], names) for tale in event.tales]
    Happening.objects.bulk_create(happenings, batch_size=BATCH)
    Telling.objects.bulk_create(tellings, batch_size=BATCH)


def _telling(happening: Happening, thread: Thread, names: Names) -> Telling:
    return Telling(
        happening=happening,
        review_id=happening.review_id,
        agency_id=thread.agency_id,
        row_id=thread.row_id,
        key_date_id=thread.key_date_id,
        people=names.found_in(thread.text),
        themes=thread.themes,
    )
