"""What of this stage waits for somebody: open incidents with their next due date, open questions, own referrals.

Only the columns a board shows are read, and each kind of row is one query however many cases there are.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, ExpressionWrapper, F, FilteredRelation, Min, Q

from cspr.cases.models import Case
from cspr.decisions.models import Decision, DecisionStatus
from cspr.dispatch.models import Telling
from cspr.people.models import Membership
from notifications.models import Referral
from notifications.models.incident import waits
from notifications.options import ReferralStatus
from notifications.options.incident import IncidentStatus

MOST = 100
CLOCKS = ("C1", "C3", "C4")
RUNNING = Q(deadlines__clock__in=CLOCKS, deadlines__met_at__isnull=True, deadlines__withdrawn_at__isnull=True)


@dataclass(frozen=True)
class OpenIncident:
    """An incident somebody has to move on, by its case; ``due_on`` is the earliest date of its running clocks."""

    case_id: UUID
    reference: str
    pseudonym: str
    status: str
    due_on: date | None


@dataclass(frozen=True)
class OpenQuestion:
    """A question put to the partners: by whom, and which partners have answered."""

    asked_by: str
    answered: frozenset[str]


@dataclass(frozen=True)
class OwnReferral:
    """A referral of one's agency that is not finished."""

    id: UUID
    status: str
    reference: str | None
    started_by: str


@dataclass(frozen=True)
class Untold:
    """Somebody whom no mail reached."""

    recipient: str
    case_id: UUID
    reference: str
    pseudonym: str


def open_incidents(
    acting: Membership, statuses: Collection[IncidentStatus], *, own: Collection[IncidentStatus]
) -> list[OpenIncident]:
    """Incidents of these statuses that wait, among the cases this person may open: ``own`` ones first, at most 100."""
    is_own = ExpressionWrapper(Q(incident__status__in=own), output_field=BooleanField())
    found = (
        Case.objects.visible_to(acting)
        .filter(waits("incident__"), incident__status__in=statuses)
        .annotate(running=FilteredRelation("deadlines", condition=RUNNING))
        .values_list("pk", "reference", "pseudonym", "incident__status")
        .annotate(due_on=Min("running__due_on"))
        .order_by(is_own.desc(), F("due_on").asc(nulls_last=True), "incident__opened_at")
    )
    return [OpenIncident(*row) for row in found[:MOST]]


def open_questions(case_ids: Iterable[UUID]) -> dict[UUID, OpenQuestion]:
    """The open question of each of these cases, with the partners who have answered."""
    found = (
        Decision.objects.filter(case__in=list(case_ids), status=DecisionStatus.OPEN)
        .order_by()
        .values_list("case_id", "asked_by__user__full_name")
        .annotate(answered=ArrayAgg("sign_offs__partner"))
    )
    return {case_id: OpenQuestion(name, frozenset(answered)) for case_id, name, answered in found}


def own_referrals(acting: Membership) -> list[OwnReferral]:
    """The agency's referrals that are not finished: drafts, and those that wait for the decision; at most 100."""
    found = (
        Referral.objects.visible_to(acting)
        .filter(status__in=[ReferralStatus.DRAFT, ReferralStatus.SUBMITTED])
        .values_list("pk", "status", "reference", "started_by__user__full_name")
    )
    return [OwnReferral(*row) for row in found[:MOST]]


def failed_tellings(acting: Membership) -> list[Untold]:
    """Recipients that could not be told by mail and need a person, the longest waiting first; at most 100."""
    found = (
        Case.objects.visible_to(acting)
        .filter(tellings__status=Telling.Status.FAILED)
        .order_by("tellings__asked_at")
        .values_list("tellings__recipient_name", "pk", "reference", "pseudonym")
    )
    return [Untold(*row) for row in found[:MOST]]
