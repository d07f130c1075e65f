"""What of this stage waits for somebody: open incidents with their next due date, open questions, own referrals."""

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery

from cspr.cases.models import Case
from cspr.deadlines.models import OPEN, Deadline
from cspr.decisions.models import Decision, DecisionStatus
from cspr.dispatch.models import Telling
from cspr.dispatch.selectors import untold
from cspr.people.models import Membership
from notifications.models import Incident, Referral
from notifications.options import ReferralStatus
from notifications.options.incident import IncidentStatus

MOST = 200
WAITING = (IncidentStatus.TRIAGE, IncidentStatus.VIEWS_REQUESTED, IncidentStatus.NOTIFIABLE)


def _earliest(*clocks: str) -> Subquery:
    running = Deadline.objects.filter(OPEN, case=OuterRef("case"), clock__in=clocks).order_by()
    return Subquery(running.values("case").annotate(first=Min("due_on")).values("first"))


def open_incidents(acting: Membership, *, limit: int = MOST) -> list[Incident]:
    """Incidents that somebody has to move on, among the cases this person may open; ``due_on`` is the next date."""
    still_to_send = Q(status=IncidentStatus.NOT_NOTIFIABLE, death_to_be_told=True)
    return list(
        Incident.objects.filter(Q(status__in=WAITING) | still_to_send, case__in=Case.objects.visible_to(acting))
        .select_related("case")
        .annotate(due_on=_earliest("C1", "C3", "C4"))
        .order_by(F("due_on").asc(nulls_last=True), "opened_at")[:limit]
    )


def open_questions(incidents: list[Incident]) -> dict[object, Decision]:
    """The open question of each incident's case, with the answers given so far: two queries."""
    open_ones = Decision.objects.filter(case__in=[one.case_id for one in incidents], status=DecisionStatus.OPEN)
    return {one.case_id: one for one in open_ones.select_related("asked_by__user").prefetch_related("sign_offs")}


def own_referrals(acting: Membership, *, limit: int = MOST) -> "QuerySet[Referral]":
    """The agency's referrals that are not finished: drafts, and those that wait for the decision."""
    return Referral.objects.visible_to(acting).filter(
        status__in=[ReferralStatus.DRAFT, ReferralStatus.SUBMITTED]
    ).select_related("started_by__user")[:limit]


def failed_tellings(acting: Membership) -> "QuerySet[Telling]":
    """Recipients that could not be told by mail and need a person."""
    return untold(acting.partnership, to=acting).select_related("case")

