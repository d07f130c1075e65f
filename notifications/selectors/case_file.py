"""What the referrals of a case say, read at once for the pages of the case file."""

from django.db.models import Prefetch, QuerySet

from cspr.cases.models import Case
from notifications.models import KeyDate, Referral

LISTS = ("children", "family", "agencies", "proceedings")


LARGE = ("answers", "children", "page_revisions", "frozen")


def with_incident(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """The cases with their incident and what the stages say of the notification."""
    read = cases.select_related("incident", "notification")
    return read.defer(*(f"notification__{one}" for one in LARGE))


def with_router(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """The cases with the person who confirmed the incident's route, to be named."""
    return cases.select_related("incident__routed_by__user", "incident__routed_by__partnership")


def referrals_of(case: Case) -> list[Referral]:
    """The case's referrals in the order they came, with their lists: a fixed number of queries."""
    return list(
        case.referrals.select_related("agency", "submitted_by__user")
        .prefetch_related(*LISTS, Prefetch("key_dates", KeyDate.objects.order_by("position")))
        .order_by("submitted_at")
    )
