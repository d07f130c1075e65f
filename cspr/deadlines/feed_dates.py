"""Dates beside the clocks in the calendar feed: hearings and other next dates, and what a later room adds.

A date in the feed is a reference and a kind of thing, never of whom or what it speaks: the address is a secret, not a
sign-in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from cspr.cases.proceedings import next_dates
from cspr.people.models import Membership

MOST = 500


@dataclass(frozen=True)
class FeedDate:
    """One day of a case. ``changes`` counts up with each change, so that a calendar shows the newest."""

    id: UUID
    on: date
    reference: str
    what: str
    path: str
    noted_at: datetime
    changes: int = 0


Dates = Callable[[Membership], Iterable[FeedDate]]


def proceedings(acting: Membership) -> Iterable[FeedDate]:
    """The next dates of proceedings beside the cases this person may open (rule 7.3)."""
    for one in next_dates(acting)[:MOST]:
        if one.next_on is not None:
            yield FeedDate(
                id=one.pk,
                on=one.next_on,
                reference=one.case.reference,
                what="Next date in proceedings",
                path=reverse("case_proceedings", args=[one.case_id]),
                noted_at=one.registered_at,
                changes=one.revision - 1,
            )


_SOURCES: list[Dates] = [proceedings]


def add_to_feed(dates: Dates) -> None:
    """Add a source of dates, once, in ``AppConfig.ready``."""
    if dates not in _SOURCES:
        _SOURCES.append(dates)


def dates_of(acting: Membership) -> list[FeedDate]:
    """Every date beside the clocks for this capacity."""
    return [one for source in _SOURCES for one in source(acting)]
