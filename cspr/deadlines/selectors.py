"""Questions about clocks: what runs, how much is due, whether the jobs and the calendar can be relied on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cspr.cases.models import Case
from cspr.deadlines import calendar
from cspr.deadlines.models import OPEN, Deadline, SweepRun
from cspr.statute.working_days import in_words

STALE_AFTER = timedelta(hours=1)
NEXT_DAYS = 5
MOST_COUNTED = 1_000


@dataclass(frozen=True)
class DueCounts:
    """How many open deadlines are overdue, due today, and due in the next 5 working days; 1,000 stands for more."""

    overdue: int
    today: int
    next: int


def open_deadlines_for(cases: "QuerySet[Case]", *, limit: int = 200) -> "QuerySet[Deadline]":
    """The open deadlines of these cases (``Case.objects.visible_to(...)``), the earliest due first."""
    return _open_of(cases).select_related("case").order_by("due_on", "pk")[:limit]


def due_counts(cases: "QuerySet[Case]", on: date) -> DueCounts:
    """Overdue, today and the next 5 working days among these cases on a London date, in one query."""
    until = calendar.current().add(on, NEXT_DAYS)
    near = _open_of(cases).filter(due_on__lte=until).order_by("due_on").values("pk", "due_on")[:MOST_COUNTED]
    counted = Deadline.objects.filter(pk__in=near.values("pk")).aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=on)),
        today=Count("pk", filter=Q(due_on=on)),
        next=Count("pk", filter=Q(due_on__gt=on)),
    )
    return DueCounts(**counted)


def _open_of(cases: "QuerySet[Case]") -> "QuerySet[Deadline]":
    return Deadline.objects.filter(OPEN).filter(Exists(cases.order_by().filter(pk=OuterRef("case_id"))))


def sweep_is_stale(at: datetime) -> bool:
    """Whether the sweep has not finished within the hour before ``at``, or says it did in the future."""
    last = SweepRun.objects.values_list("finished_at", flat=True).first()
    return last is None or abs(at - last) > STALE_AFTER


def calendar_running_out(on: date) -> str:
    """A sentence when the known range of bank holidays ends within 12 months of a London date; else empty."""
    known = calendar.current().known_until
    if known >= on.replace(year=on.year + 1, day=min(on.day, 28)):
        return ""
    return f"Bank holidays are known only until {in_words(known)}. Due dates after that day may change."
