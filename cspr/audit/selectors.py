"""Reads of the record for people. Features never read it: they read the stages' own rows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from cspr.audit.models import Access, Event


def events_of(case_id: UUID) -> QuerySet[Event]:
    """All that happened on a case, the newest first."""
    return Event.objects.filter(case_id=case_id).order_by("-at", "-number")


def looks_at(case_id: UUID) -> QuerySet[Access]:
    """Everybody who was shown something of a case, the newest first."""
    return Access.objects.filter(case_id=case_id).order_by("-at", "-id")


def readers_of_many(roles: QuerySet[Any], *, since: datetime, cases: int) -> list[tuple[str, int]]:
    """Who, in one of these roles, was shown more than so many different cases since a moment, and how many."""
    looks = Access.objects.filter(
        user_id__in=roles.values("user_id"), actor_id__in=roles.values("pk"), at__gte=since
    ).order_by()
    counted = looks.values("user_id", "actor_name").annotate(cases=Count("case_id", distinct=True))
    return list(counted.filter(cases__gt=cases).order_by("-cases").values_list("actor_name", "cases"))
