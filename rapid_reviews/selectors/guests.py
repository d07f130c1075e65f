"""Reads of guest links: the one of an address, the one of a session."""

from uuid import UUID

from django.db.models import QuerySet

from cspr.deadlines.services import hash_of
from cspr.now import now
from cspr.people.models import Membership
from rapid_reviews.models import GuestLink, InformationRequest


def has_an_account(email: str) -> bool:
    """Whether somebody acts here under this address today."""
    return Membership.objects.current().filter(user__email__iexact=email.strip()).exists()


def _open_links() -> "QuerySet[GuestLink]":
    rows = GuestLink.objects.filter(revoked_at__isnull=True, ends_at__gt=now())
    return rows.select_related(
        "request__case__partnership", "request__agency", "membership__user", "membership__agency"
    )


def link_of_secret(secret: UUID) -> GuestLink | None:
    """The link an address names, while it is open: unknown, ended and expired are the same."""
    found = _open_links().filter(secret_hash=hash_of(str(secret))).first()
    return found if found is not None and found.membership.is_current else None


def link_of_session(link_id: str) -> GuestLink | None:
    """The link a session was opened with, while it is open."""
    found = _open_links().filter(pk=link_id).first()
    return found if found is not None and found.membership.is_current else None


def guest_request(link: GuestLink, request_id: UUID) -> InformationRequest | None:
    """The request of a link, and no other, as the guest may see it."""
    rows = InformationRequest.objects.visible_to(link.membership).filter(pk=link.request_id)
    people = ("answered_by__user", "signed_off_by__user", "contributor__user", "contributor__agency")
    rows = rows.select_related("agency", "case__partnership", "review__case", *people).prefetch_related(
        "returns"
    )
    return rows.filter(pk=request_id).first()
