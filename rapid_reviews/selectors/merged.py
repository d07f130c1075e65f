"""Reads of the merged chronology: filtered, in one order, a page at a time, in a fixed number of queries. Rule 6.4."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Prefetch, Q, QuerySet, RowRange, Window
from django.db.models.functions import Trunc

from cspr.people.models import Agency
from notifications.models import KeyDate
from rapid_reviews.chronology.people import Known
from rapid_reviews.models import ChronologyPerson, Happening, RapidReview, Telling
from rapid_reviews.options.chronology import Zoom
from rapid_reviews.selectors.requests import standing_returns

TOLD = Telling.objects.select_related("agency", "row", "key_date").order_by(
    F("row__happened_on").asc(nulls_last=True), "agency__name"
)


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


def threads_of(review: RapidReview) -> list[Any]:
    """What the merged chronology is made of, by key: standing returns, key dates, people with their revisions."""
    returns = standing_returns(review).order_by().values_list("pk", flat=True)
    dates = KeyDate.objects.filter(referral__case_id=review.case_id).order_by().values_list("pk", "revision")
    people = review.chronology_people.order_by().values_list("pk", "revision")
    return [*returns, *dates, *people]


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


def agencies_told(review: RapidReview) -> list[Agency]:
    """The agencies that tell anything, by name."""
    told = Telling.objects.filter(review=review).values("agency")
    return list(Agency.objects.filter(pk__in=told).order_by("name"))


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


def with_tellings(rows: "QuerySet[Happening]") -> "QuerySet[Happening]":
    """The happenings with every telling, and ``before_on``: the last day of all that came before."""
    before = Window(Max("last_on"), order_by=F("position").asc(), frame=RowRange(end=-1))
    return rows.annotate(before_on=before).prefetch_related(Prefetch("tellings", TOLD))


@dataclass(frozen=True)
class Mark:
    """How often one agency tells of something in one bucket of time."""

    agency_id: UUID
    begins: date
    number: int
    differ: int


def marks_of(rows: "QuerySet[Happening]", *, zoom: str, agency: UUID | None = None) -> list[Mark]:
    """The picture's marks, in the order of the table: by time, then agency."""
    told = Telling.objects.filter(
        happening__in=rows.order_by().values("pk"), happening__first_on__isnull=False
    )
    if agency:
        told = told.filter(agency=agency)
    kind = {Zoom.YEAR: "year", Zoom.MONTH: "month", Zoom.DAY: "day"}[Zoom(zoom)]
    found = (
        told.annotate(begins=Trunc("happening__first_on", kind))
        .values("agency_id", "begins")
        .annotate(number=Count("pk"), differ=Count("pk", filter=Q(happening__agree=False)))
        .order_by("begins", "agency__name")
    )
    return [Mark(**one) for one in found]


def span_of(rows: "QuerySet[Happening]") -> tuple[date | None, date | None]:
    """The first and last day anything began on."""
    found = rows.order_by().aggregate(first=Min("first_on"), last=Max("first_on"))
    return found["first"], found["last"]
