"""Questions about clocks: what runs, how much is due, whether the jobs and the calendar can be relied on."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from cspr.cases.models import Case
from cspr.deadlines import calendar
from cspr.deadlines.models import OPEN, Deadline, DueDate, FeedAddress, Holiday, Reminder
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.statute.england_and_wales import Calendar
from cspr.statute.working_days import in_words

STALE_AFTER = timedelta(hours=1)
NEXT_DAYS = 5
MOST_COUNTED = 1_000
MOST_IN_FEED = 1_000
CLOCKS = "SELECT * FROM deadlines_deadline WHERE case_id = %s ORDER BY due_on, clock"


@dataclass(frozen=True)
class DueCounts:
    """How many open deadlines are overdue, due today, and due in the next 5 working days; 1,000 stands for more."""

    overdue: int
    today: int
    next: int


def open_deadlines_for(cases: "QuerySet[Case]", *, limit: int = 200) -> "QuerySet[Deadline]":
    """The open deadlines of these cases (``Case.objects.visible_to(...)``), the earliest due first."""
    return _open_ordered(cases)[:limit]


def due_counts(cases: "QuerySet[Case]", on: date) -> DueCounts:
    """Overdue, today and the next 5 working days among these cases on a London date, in one query.

    The few deadlines that are near are asked for their case one by one: a join would read every case there is.
    """
    until = calendar.current().add(on, NEXT_DAYS)
    one_by_one = Subquery(cases.order_by().filter(pk=OuterRef("case_id")).values("pk")[:1])
    near = Deadline.objects.filter(OPEN, due_on__lte=until, case_id=one_by_one).order_by("due_on")
    near = near.only("due_on")[:MOST_COUNTED]
    counted = near.aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=on)),
        today=Count("pk", filter=Q(due_on=on)),
        next=Count("pk", filter=Q(due_on__gt=on)),
    )
    return DueCounts(**counted)


def _open_ordered(cases: "QuerySet[Case]") -> "QuerySet[Deadline]":
    return _open_of(cases).select_related("case").order_by("due_on", "pk")


def _open_of(cases: "QuerySet[Case]") -> "QuerySet[Deadline]":
    return Deadline.objects.filter(OPEN).filter(Exists(cases.order_by().filter(pk=OuterRef("case_id"))))


def sweep_is_stale(at: datetime) -> bool:
    """Whether the sweep has not finished within the hour before ``at``, or says it did in the future."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT finished_at FROM deadlines_sweeprun ORDER BY id LIMIT 1")
        last = cursor.fetchone()
    return last is None or abs(at - last[0]) > STALE_AFTER


def calendar_running_out(on: date, in_force: Calendar | None = None) -> str:
    """A sentence when the known range of bank holidays ends within 12 months of a London date; else empty."""
    known = (in_force or calendar.current()).known_until
    if known >= on.replace(year=on.year + 1, day=min(on.day, 28)):
        return ""
    return f"Bank holidays are known only until {in_words(known)}. Due dates after that day may change."


def deadlines_of(case: Case) -> "QuerySet[Deadline]":
    """Every clock that ran on a case, with who started and ended it."""
    people = ("started_by", "met_by", "withdrawn_by")
    wanted = [f"{one}__{part}" for one in people for part in ("user", "partnership", "agency", "body")]
    return Deadline.objects.filter(case=case).select_related("case", *wanted).order_by("start_on", "clock")


def deadlines_by_due_date(case: Case) -> list[Deadline]:
    """The same without the people, by due date, in a ready-made statement: every page of a case carries it."""
    return list(Deadline.objects.raw(CLOCKS, [case.pk]))


def reminders_of(deadline: Deadline) -> "QuerySet[Reminder]":
    """The reminders of a deadline, in the order of their days."""
    return Reminder.objects.filter(deadline=deadline).order_by("fires_on", "escalates", "offset")


def due_dates_of(deadline: Deadline) -> "QuerySet[DueDate]":
    """The due dates set after the first one, with who set them."""
    people = [f"set_by__{part}" for part in ("user", "partnership", "agency", "body")]
    return DueDate.objects.filter(deadline=deadline).select_related(*people).order_by("set_at")


def standing_changes() -> "QuerySet[Holiday]":
    """The days proclaimed and withdrawn that stand, with who decided them."""
    return Holiday.objects.filter(ended_at__isnull=True).select_related("made_by__user").order_by("day")


def feed_of(membership: Membership) -> FeedAddress | None:
    """This capacity's calendar address in use."""
    return FeedAddress.objects.filter(membership=membership, revoked_at__isnull=True).first()


def membership_of_feed(secret_hash: str) -> Membership | None:
    """Whose calendar address has this hash: a capacity in force, or None."""
    people = ("user", "partnership", "agency", "body")
    address = (
        FeedAddress.objects.filter(secret_hash=secret_hash, revoked_at__isnull=True)
        .select_related(*(f"membership__{one}" for one in people))
        .first()
    )
    if address is None or not hmac.compare_digest(address.secret_hash, secret_hash):
        return None
    return address.membership if can(address.membership, Permission.HAVE_FEED) else None


def feed_deadlines(acting: Membership) -> "QuerySet[Deadline]":
    """The open deadlines of the cases this capacity may open, each with the number of its changes."""
    cases = Case.objects.visible_to(acting)
    moved = DueDate.objects.filter(deadline=OuterRef("pk")).order_by().values("deadline")
    times = Subquery(moved.annotate(times=Count("pk")).values("times"))
    return _open_ordered(cases).annotate(changes=Coalesce(times, 0))[:MOST_IN_FEED]


def pseudonyms(cases: Iterable[UUID], *, to: Membership) -> dict[UUID, str]:
    """Of these cases, those this person may open: id to pseudonym."""
    return dict(Case.objects.visible_to(to).filter(pk__in=set(cases)).values_list("pk", "pseudonym"))
