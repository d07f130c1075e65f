"""Reads of the merged chronology: filtered, in one order, a page at a time, in a fixed number of queries. Rule 6.4."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Min, Q, QuerySet, RowRange, Window
from django.db.models.functions import Trunc

from cspr.govuk.dates import RoughDate
from cspr.people.models import Agency
from notifications.models import KeyDate
from rapid_reviews.chronology.people import Known
from rapid_reviews.models import ChronologyPerson, Happening, RapidReview, Return, Telling
from rapid_reviews.options.chronology import Zoom
from rapid_reviews.options.requests import ReturnKind
from rapid_reviews.selectors.requests import standing_returns

ROW = (
    "happened_precision", "happened_on", "happened_until_on", "time_of_day", "as_written", "source", "event", "who",
    "child_seen", "child_said", "response", "analysis", "themes",
)  # fmt: skip
KEY_DATE = ("happened_precision", "happened_on", "happened_until_on", "event", "source")


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
    """What the merged chronology is made of, in one query: returns, key dates and people with revisions."""
    returns = told_returns(review).order_by().values_list("pk", "version")
    dates = KeyDate.objects.filter(referral__case_id=review.case_id).order_by().values_list("pk", "revision")
    people = review.chronology_people.order_by().values_list("pk", "revision")
    return list(returns.union(dates, people, all=True))


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


@dataclass(frozen=True)
class Said:
    """What one agency says of a happening, from its row or from a referral's key date."""

    agency: str
    happened_precision: str
    happened_on: date | None
    happened_until_on: date | None
    time_of_day: time | None = None
    as_written: str = ""
    source: str = ""
    event: str = ""
    who: str = ""
    child_seen: str = ""
    child_said: str = ""
    response: str = ""
    analysis: str = ""
    themes: Sequence[str] = ()
    in_referral: bool = False

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
    these: Any = list(said) if until else rows.order_by().values("pk")
    told = Telling.objects.filter(happening__in=these)
    columns = [*(f"row__{name}" for name in ROW), *(f"key_date__{name}" for name in KEY_DATE)]
    order = (F("row__happened_on").asc(nulls_last=True), "agency__name")
    for key, agency, row, *rest in told.order_by(*order).values_list(
        "happening", "agency__name", "row", *columns
    ):
        if key in said:
            given = rest[: len(ROW)] if row else rest[len(ROW) :]
            names = ROW if row else KEY_DATE
            said[key].append(Said(agency, **dict(zip(names, given, strict=True)), in_referral=row is None))
    return [Event(first_on, agree, before_on, said[key]) for key, first_on, agree, before_on in found]


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


@dataclass(frozen=True)
class Extent:
    """How many happenings, and the first and last day any began on."""

    number: int
    first: date | None
    last: date | None


def extent_of(rows: "QuerySet[Happening]") -> Extent:
    return Extent(
        **rows.order_by().aggregate(number=Count("pk"), first=Min("first_on"), last=Max("first_on"))
    )
