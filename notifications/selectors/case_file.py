"""What the referrals of a case say, read at once for the pages of the case file."""

from django.db.models import Prefetch

from cspr.cases.models import Case
from notifications.models import KeyDate, Referral

LISTS = ("children", "family", "agencies", "proceedings")


def referrals_of(case: Case) -> list[Referral]:
    """The case's referrals in the order they came, with their lists: a fixed number of queries."""
    return list(
        case.referrals.select_related("agency", "submitted_by__user")
        .prefetch_related(*LISTS, Prefetch("key_dates", KeyDate.objects.order_by("position")))
        .order_by("submitted_at")
    )
