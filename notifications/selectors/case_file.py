"""What the referrals of a case say, read at once for the pages of the case file."""

from django.db.models import Prefetch

from cspr.cases.models import Case
from notifications.models import Incident, KeyDate, Referral

LISTS = ("children", "family", "agencies", "proceedings")


def read_incident(case: Case) -> None:
    """Read the case's incident with the people whom its page names, so that none is asked for one by one."""
    people = ("routed_by__user", "routed_by__partnership", "views_requested_by")
    case.incident = Incident.objects.select_related(*people).get(case=case)
    case.incident.case = case


def referrals_of(case: Case) -> list[Referral]:
    """The case's referrals in the order they came, with their lists: a fixed number of queries."""
    return list(
        case.referrals.select_related("agency", "submitted_by__user")
        .prefetch_related(*LISTS, Prefetch("key_dates", KeyDate.objects.order_by("position")))
        .order_by("submitted_at")
    )
