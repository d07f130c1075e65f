"""What was told to anybody on a case."""

import uuid

from django.db.models import QuerySet

from cspr.cases.models import Case
from cspr.dispatch.models import Message, Telling
from cspr.dispatch.selectors import tellings_of


def tellings_told(case: Case) -> "QuerySet[Telling]":
    """Every telling of a case with its proof, in a fixed number of queries."""
    return tellings_of(case).prefetch_related("proof__versions")


def mails_of(case: Case) -> "QuerySet[Message]":
    """The mails of a case that belong to no telling: questions, reminders, receipts."""
    rows = Message.objects.filter(case=case, telling__isnull=True)
    return rows.select_related("to_membership__user", "queued_by__user").order_by("-queued_at")


def telling_of(case: Case, telling_id: uuid.UUID) -> Telling | None:
    """One telling of this case."""
    return tellings_of(case).filter(pk=telling_id).first()
