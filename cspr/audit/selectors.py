"""Reads of the record for people. Features never read it: they read the stages' own rows."""

from uuid import UUID

from django.db.models import QuerySet

from cspr.audit.models import Access, Event


def events_of(case_id: UUID) -> QuerySet[Event]:
    """All that happened on a case, the newest first."""
    return Event.objects.filter(case_id=case_id).order_by("-at", "-number")


def looks_at(case_id: UUID) -> QuerySet[Access]:
    """Everybody who was shown something of a case, the newest first."""
    return Access.objects.filter(case_id=case_id).order_by("-at", "-id")
