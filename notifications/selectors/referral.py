"""Reads of referrals, each within the reach of whoever asks."""

from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from cspr.deadlines.models import Deadline
from cspr.people.models import Membership, Partnership
from notifications.models import Referral, ReferredChild
from notifications.workflow.referral_pages import page as page_of

ROWS = ("children", "family", "agencies", "key_dates", "proceedings")


def visible_referrals(to: Membership) -> QuerySet[Referral]:
    """The referrals a capacity may see, newest first, with what a list shows."""
    return (
        Referral.objects.visible_to(to)
        .select_related("agency", "partnership", "started_by__user", "submitted_by__user")
        .order_by("-started_at", "id")
    )


def visible_referral(referral_id: UUID, *, to: Membership) -> Referral | None:
    """One referral; foreign and missing are the same."""
    related = (
        "agency",
        "partnership",
        "case",
        "started_by__user",
        "submitted_by__user",
        "withdrawn_by__user",
    )
    return Referral.objects.visible_to(to).select_related(*related).filter(pk=referral_id).first()


def with_rows(referral: Referral) -> Referral:
    """The same referral with all its lists read at once: a fixed number of queries, however long they are."""
    lists = (
        *ROWS,
        "attachments__document__versions",
        "additions__document__versions",
        "additions__added_by__user",
    )
    return (
        Referral.objects.prefetch_related(*lists)
        .select_related("agency", "partnership", "case", "started_by__user", "submitted_by__user")
        .get(pk=referral.pk)
    )


def row_of(referral: Referral, page: str, row_id: UUID) -> Any:
    """One row of a list of this referral, or None."""
    rows = page_of(page).rows
    return getattr(referral, rows.accessor).filter(pk=row_id).first() if rows else None


def rows_of(referral: Referral, page: str) -> list[Model]:
    """The rows of one list, in order."""
    rows = page_of(page).rows
    if rows is None:
        return []
    found = getattr(referral, rows.accessor).all()
    return list(found.prefetch_related("document__versions") if page == "attachments" else found)


def child_of(referral: Referral, child_id: UUID) -> ReferredChild | None:
    """One child of this referral, or None."""
    return referral.children.filter(pk=child_id).first()


def partnerships_of(by: Membership) -> QuerySet[Partnership]:
    """The partnerships a referrer's agency works with."""
    if by.agency is None:
        return Partnership.objects.none()
    return by.agency.partnerships.order_by("name")


def decision_deadline(referral: Referral) -> Deadline | None:
    """C4 of the referral's case: when it is to be decided."""
    if referral.case_id is None:
        return None
    return Deadline.objects.filter(case_id=referral.case_id, clock="C4", withdrawn_at__isnull=True).first()


def waiting_referrals(partnership: Partnership) -> QuerySet[Referral]:
    """Sent and not decided, oldest first: what the business unit has before it."""
    waiting = Referral.objects.filter(partnership=partnership, status="submitted")
    return waiting.select_related("agency", "case").order_by("submitted_at")
