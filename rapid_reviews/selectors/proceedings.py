"""What referrals tell of proceedings, beside what is in the register. Rule 7.3."""

from uuid import UUID

from django.db.models import QuerySet

from cspr.cases.models import Case, Proceeding
from notifications.models import KnownProceeding


def known_in_referrals(case: Case) -> "QuerySet[KnownProceeding]":
    """What the case's referrals tell of proceedings, in the order they came."""
    rows = KnownProceeding.objects.filter(referral__case=case).select_related("referral__agency")
    return rows.order_by("referral__submitted_at", "position")


def not_taken_over(case: Case) -> "QuerySet[KnownProceeding]":
    """Of these, what nobody has taken over into the register."""
    taken = Proceeding.objects.filter(case=case, taken_from__isnull=False).values("taken_from")
    return known_in_referrals(case).exclude(pk__in=taken)


def find_known(case: Case, known_id: UUID) -> KnownProceeding | None:
    return known_in_referrals(case).filter(pk=known_id).first()
