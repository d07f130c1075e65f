"""Questions about what was told, what waits, and what needs a person."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet

from cspr.cases.models import Case, Wall
from cspr.dispatch.models import Heartbeat, Message, Telling
from cspr.people.models import Membership, Partnership

ANY_DEAD = "SELECT 1 FROM dispatch_message WHERE partnership_id = %s AND status = 'dead' LIMIT 1"


def walled_off(case: Case, *, email: str) -> bool:
    """Whether the person behind an address has a conflict of interest in a case: they are told nothing of
    it.
    """
    return Wall.objects.filter(case=case, user__email__iexact=email, lifted_at__isnull=True).exists()


def dead_letters(partnership: Partnership, *, to: Membership) -> "QuerySet[Message]":
    """Messages of a partnership not delivered in 24 hours: each is a task for a person (R16)."""
    cases = Q(case__isnull=True) | Q(case__in=Case.objects.visible_to(to))
    rows = Message.objects.filter(cases, partnership=partnership, status=Message.Status.DEAD)
    return rows.select_related("case", "to_membership__user").order_by("queued_at")


def has_dead_letters(partnership: Partnership, *, to: Membership) -> bool:
    """Whether there are any. Usually none is dead at all, and then nobody's cases need be looked through."""
    with connection.cursor() as cursor:
        cursor.execute(ANY_DEAD, [partnership.pk])
        any_dead = cursor.fetchone()
    return any_dead is not None and dead_letters(partnership, to=to).exists()


def tellings_of(case: Case) -> "QuerySet[Telling]":
    """Every telling of a case, in the order asked, for the case page."""
    return Telling.objects.filter(case=case).select_related(
        "message", "told_by__user", "asked_by__user", "partnership", "body", "proof"
    )


def untold(partnership: Partnership, *, to: Membership) -> "QuerySet[Telling]":
    """Tellings of a partnership's open cases that failed: each is a task for a person."""
    cases = Case.objects.visible_to(to).filter(partnership=partnership)
    rows = Telling.objects.filter(case__in=cases, status=Telling.Status.FAILED)
    return rows.select_related("case", "message").order_by("asked_at")


def standing(case: Case, *, clock: str) -> "QuerySet[Telling]":
    """The tellings a clock of a case waits for: all but those stopped."""
    return Telling.objects.filter(case=case, clock=clock).exclude(status=Telling.Status.STOPPED)


def all_told(case: Case, *, clock: str) -> bool:
    """Whether there is somebody to tell for this clock, and each of them is told (rule C2: one by one)."""
    statuses = list(standing(case, clock=clock).values_list("status", flat=True))
    return bool(statuses) and all(status in Telling.TOLD for status in statuses)


def last_told(case: Case, *, clock: str) -> tuple[datetime, Membership]:
    """When the last recipient was told, and by whom: the moment the clock was met."""
    told = standing(case, clock=clock).filter(told_at__isnull=False, told_by__isnull=False)
    last = told.select_related("told_by__user").order_by("-told_at")[0]
    assert last.told_at is not None
    assert last.told_by is not None
    return last.told_at, last.told_by


def to_settle() -> "QuerySet[Telling]":
    """Tellings whose message has been decided since: sent, dead or stopped."""
    decided = Q(message__status=Message.Status.SENT, status__in=Telling.OPEN) | Q(
        message__status__in=[Message.Status.DEAD, Message.Status.STOPPED], status=Telling.Status.QUEUED
    )
    return Telling.objects.filter(decided).order_by("message__accepted_at", "pk")


def outbox_state(*, at: datetime) -> dict[str, Any]:
    """Counts by status, how long the oldest due message has waited (seconds), tellings by status,
    heartbeats.
    """
    oldest = Message.objects.filter(status=Message.Status.QUEUED, next_attempt_at__lte=at).aggregate(
        at=Min("next_attempt_at")
    )
    waited = (at - oldest["at"]).total_seconds() if oldest["at"] else 0
    messages = dict.fromkeys(Message.Status.values, 0)
    messages |= dict(Message.objects.order_by().values_list("status").annotate(Count("pk")))
    tellings = dict.fromkeys(Telling.Status.values, 0)
    tellings |= dict(Telling.objects.order_by().values_list("status").annotate(Count("pk")))
    heard = {name: moment.isoformat() for name, moment in Heartbeat.objects.values_list("name", "last_heard")}
    return {"messages": messages, "oldest_due_seconds": round(waited), "tellings": tellings, "heard": heard}


def demo_outbox(limit: int = 100) -> "QuerySet[Message]":
    """The newest messages, for the demonstration's mailbox."""
    return Message.objects.order_by("-queued_at")[:limit]
