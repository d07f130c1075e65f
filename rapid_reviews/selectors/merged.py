"""Reads of the merged chronology: filtered, in one order, a page at a time, in a fixed number of queries. Rule 6.4."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, F, Func, Max, Min, Q, QuerySet, RowRange, UUIDField, Window
from django.db.models.functions import Trunc

from cspr.govuk.dates import RoughDate
from cspr.people.models import Agency
from cspr.postgres import prepared
from notifications.models import KeyDate
from rapid_reviews.chronology.people import Known
from rapid_reviews.models import ChronologyPerson, Happening, RapidReview, Return, Telling, Weave
from rapid_reviews.options.chronology import Zoom
from rapid_reviews.options.requests import ReturnKind
from rapid_reviews.selectors.requests import standing_returns

THREADS = """
    SELECT r.id, r.version FROM rapid_reviews_return r JOIN rapid_reviews_informationrequest q ON q.id = r.request_id
     WHERE q.review_id = %(review)s AND r.kind = 'full' AND r.signed_off_at IS NOT NULL
       AND NOT EXISTS (
             SELECT 1 FROM rapid_reviews_return later
              WHERE later.request_id = r.request_id AND later.version > r.version AND later.signed_off_at IS NOT NULL)
       AND (q.status <> 'withdrawn' OR NOT EXISTS (
             SELECT 1 FROM rapid_reviews_informationrequest again JOIN rapid_reviews_return o ON o.request_id = again.id
              WHERE again.review_id = q.review_id AND again.agency_id = q.agency_id AND again.issued_at > q.issued_at
                AND o.signed_off_at IS NOT NULL))
     UNION ALL
    SELECT k.id, k.revision FROM notifications_keydate k JOIN notifications_referral f ON f.id = k.referral_id
     WHERE f.case_id = %(case)s
     UNION ALL
    SELECT p.id, p.revision FROM rapid_reviews_chronologyperson p WHERE p.review_id = %(review)s
"""
"""Ready-made, because every page of the chronology asks whether it still stands (docs/measurements.md)."""
AGENCIES = "SELECT * FROM people_agency WHERE id = ANY(%s::uuid[]) ORDER BY name"
SAID = """
    SELECT t.happening_id, a.name,
           COALESCE(r.happened_precision, k.happened_precision), COALESCE(r.happened_on, k.happened_on),
           COALESCE(r.happened_until_on, k.happened_until_on), COALESCE(r.event, k.event), COALESCE(r.source, k.source),
           k.id IS NOT NULL, r.time_of_day, COALESCE(r.as_written, ''), COALESCE(r.who, ''), COALESCE(r.child_seen, ''),
           COALESCE(r.child_said, ''), COALESCE(r.response, ''), COALESCE(r.analysis, ''), COALESCE(r.themes, '{}')
      FROM rapid_reviews_telling t
      JOIN people_agency a ON a.id = t.agency_id
      LEFT JOIN rapid_reviews_chronologyrow r ON r.id = t.row_id
      LEFT JOIN notifications_keydate k ON k.id = t.key_date_id
     WHERE t.happening_id = ANY(%(happenings)s::uuid[])
     ORDER BY r.happened_on NULLS LAST, a.name
"""


@dataclass(frozen=True)
class Filter:
    """What of the merged chronology is looked at. Everything in it is an id, a code or a day: nothing names anybody."""

    agency: UUID | None = None
    person: UUID | None = None
    theme: str = ""
    from_on: date | None = None
    until_on: date | None = None
    differ: bool = False

    @property
    def is_empty(self) -> bool:
        return self == Filter()


def threads_of(review: RapidReview) -> list[tuple[UUID, int]]:
    """What the merged chronology is made of: ``told_returns``, ``key_dates_of`` and people, each with its revision."""
    with connection.cursor() as cursor:
        prepared.execute(cursor, THREADS, {"review": review.pk, "case": review.case_id})
        return cursor.fetchall()


def told_returns(review: RapidReview) -> "QuerySet[Return]":
    """The returns whose rows are merged: of each agency the one that stands, unless it says that nothing is known."""
    return standing_returns(review).filter(kind=ReturnKind.FULL)


def key_dates_of(review: RapidReview) -> "QuerySet[KeyDate]":
    """The referrers' own rows; a referral that has a case was submitted, so they change no more."""
    return KeyDate.objects.filter(referral__case_id=review.case_id).select_related("referral__agency")


def people_known(review: RapidReview) -> list[ChronologyPerson]:
    """Everybody the chronology speaks of, in order."""
    return list(review.chronology_people.order_by("position"))


def known_people(review: RapidReview, people: Iterable[ChronologyPerson] | None = None) -> list[Known]:
    """The same, for finding and hiding names."""
    rows = people if people is not None else people_known(review)
    return [Known(one.pk, one.kind, one.called, one.name, one.other_names) for one in rows]


def person_of(review: RapidReview, person_id: UUID) -> ChronologyPerson | None:
    return review.chronology_people.filter(pk=person_id).select_related("review__case").first()


def agencies_told(woven: Weave) -> list[Agency]:
    """The agencies that tell anything, by name."""
    return list(Agency.objects.raw(AGENCIES, [woven.agencies]))


def happenings_of(review: RapidReview, chosen: Filter) -> "QuerySet[Happening]":
    """What happened, in order, as far as it is looked at: with every telling of it, and the end of what came before."""
    rows = Happening.objects.filter(review=review)
    told: dict[str, Any] = {}
    if chosen.agency:
        told["agency"] = chosen.agency
    if chosen.person:
        told["people__contains"] = [chosen.person]
    if chosen.theme:
        told["themes__contains"] = [chosen.theme]
    if told:
        rows = rows.filter(pk__in=Telling.objects.filter(review=review, **told).values("happening"))
    if chosen.from_on:
        rows = rows.filter(last_on__gte=chosen.from_on)
    if chosen.until_on:
        rows = rows.filter(first_on__lte=chosen.until_on)
    if chosen.differ:
        rows = rows.filter(agree=False)
    return rows.order_by("position")


@dataclass(frozen=True)
class Said:
    """What one agency says of a happening, from its row or from a referral's key date."""

    agency: str
    happened_precision: str
    happened_on: date | None
    happened_until_on: date | None
    event: str
    source: str
    in_referral: bool
    time_of_day: time | None = None
    as_written: str = ""
    who: str = ""
    child_seen: str = ""
    child_said: str = ""
    response: str = ""
    analysis: str = ""
    themes: Sequence[str] = ()

    @property
    def happened(self) -> RoughDate:
        return RoughDate(self.happened_precision, self.happened_on, self.happened_until_on)


@dataclass(frozen=True)
class Event:
    """A happening with all that is said of it. ``before_on`` is the last day of all that came before."""

    first_on: date | None
    agree: bool
    before_on: date | None
    said: Sequence[Said]


def read_events(rows: "QuerySet[Happening]", *, first: int = 0, until: int | None = None) -> list[Event]:
    """The happenings from one place to another with every telling, in two queries."""
    before = Window(Max("last_on"), order_by=F("position").asc(), frame=RowRange(end=-1))
    found = list(
        rows.annotate(before_on=before).values_list("pk", "first_on", "agree", "before_on")[first:until]
    )
    said: dict[UUID, list[Said]] = {row[0]: [] for row in found}
    with connection.cursor() as cursor:
        prepared.execute(cursor, SAID, {"happenings": list(said)})
        for key, *told in cursor.fetchall():
            said[key].append(Said(*told))
    return [Event(first_on, agree, before_on, said[key]) for key, first_on, agree, before_on in found]


@dataclass(frozen=True)
class Mark:
    """How often one agency tells of something in one bucket of time."""

    agency_id: UUID
    begins: date
    number: int
    differ: int


def marks_of(rows: "QuerySet[Happening]", *, zoom: str, agency: UUID | None = None) -> list[Mark]:
    """The picture's marks, by time: one for each agency and stretch with a telling."""
    kind = {Zoom.YEAR: "year", Zoom.MONTH: "month", Zoom.DAY: "day"}[Zoom(zoom)]
    found = (
        rows.filter(first_on__isnull=False)
        .annotate(
            agency_id=Func("agencies", function="unnest", output_field=UUIDField()),
            begins=Trunc("first_on", kind),
        )
        .values("agency_id", "begins")
        .annotate(number=Count("pk"), differ=Count("pk", filter=Q(agree=False)))
        .order_by("begins")
    )
    return [Mark(**one) for one in found if agency in (None, one["agency_id"])]


@dataclass(frozen=True)
class Extent:
    """How many happenings, and the first and last day any began on."""

    number: int
    first: date | None
    last: date | None


def extent_of(woven: Weave, rows: "QuerySet[Happening]", chosen: Filter) -> Extent:
    """The extent of what is looked at: known where all of it is."""
    if chosen.is_empty:
        return Extent(woven.number, woven.first_on, woven.last_on)
    return Extent(
        **rows.order_by().aggregate(number=Count("pk"), first=Min("first_on"), last=Max("first_on"))
    )
