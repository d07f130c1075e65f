"""Reads about an incident: its question to the partners, its referrals, its children's births, whom it concerns."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from cspr.cases.models import Case
from cspr.deadlines.models import Deadline
from cspr.decisions.models import Decision, DecisionStatus, Question
from cspr.people.models import Membership, Partner, Partnership
from notifications.models import Incident, OtherArea, Referral
from notifications.options import ReferralStatus
from notifications.workflow.incident import PREPARED_BY

PEOPLE = "SELECT * FROM people_membership WHERE id = ANY(%s::uuid[])"
ASKED_OF = """
SELECT asked.user_id, s.partner, given.user_id
  FROM decisions_decision d
  JOIN people_membership asked ON asked.id = d.asked_by_id
  LEFT JOIN decisions_signoff s ON s.decision_id = d.id
  LEFT JOIN people_membership given ON given.id = s.given_by_id
 WHERE d.case_id = %s AND d.question = %s AND d.status = %s"""
"""Ready-made, because every page of a case that waits for a view carries them (docs/measurements.md)."""


def incident_of(case: Case) -> Incident:
    """The incident of a case; every case has one."""
    return Incident.objects.select_related(
        "case__partnership", "aware_by__user", "routed_by__user", "dates_recorded_by__user",
        "views_requested_by__user", "decided_by__user", "aware_document", "linked_into__case",
    ).get(case=case)  # fmt: skip


def locked(incident: Incident) -> Incident:
    """The row, locked for writing, with its case."""
    rows = Incident.objects.select_for_update(of=("self",)).select_related("case__partnership")
    return rows.get(pk=incident.pk)


def open_question(case: Case, *, lock: bool = False) -> Decision | None:
    """The question before the partners now."""
    rows = Decision.objects.select_for_update(of=("self",)) if lock else Decision.objects.all()
    rows = rows.select_related("asked_by__user", "case")
    return rows.filter(case=case, question=Question.NOTIFIABLE, status=DecisionStatus.OPEN).first()


def read_preparers(incident: Incident) -> None:
    """Read at once who prepared the question, with whom whoever answers or decides it is compared."""
    unread = {
        column: getattr(incident, f"{column}_id")
        for column in PREPARED_BY
        if column not in incident._state.fields_cache
    }
    wanted = [one for one in unread.values() if one]
    people = {one.pk: one for one in Membership.objects.raw(PEOPLE, [wanted])} if wanted else {}
    for column, one in unread.items():
        setattr(incident, column, people.get(one))


@dataclass(frozen=True)
class AskedOf:
    """The open question as one person meets it: who asked, and which other partner they already answered for."""

    asked_by_user: UUID
    answered_for: str | None


def question_to(by: Membership, case: Case) -> AskedOf | None:
    """What decides whether this person may answer the question before the partners now, in one small statement."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED_OF, [case.pk, Question.NOTIFIABLE.value, DecisionStatus.OPEN.value])
        found = cursor.fetchall()
    others = [partner for _, partner, user in found if user == by.user_id and partner != by.partner]
    return AskedOf(found[0][0], others[0] if others else None) if found else None


def questions(case: Case) -> "QuerySet[Decision]":
    """Every version of the question, the latest first, with its views."""
    return (
        Decision.objects.filter(case=case, question=Question.NOTIFIABLE)
        .select_related("asked_by__user", "settled_by__user", "taken_back_by__user")
        .prefetch_related("sign_offs__given_by__user", "sign_offs__given_by__partnership")
        .order_by("-version")
    )


def latest_question(case: Case) -> Decision | None:
    """The question as last put."""
    return questions(case).first()


def referrals_of(incident: Incident) -> list[Referral]:
    """The referrals about this incident, with their children, in the order received."""
    rows = Referral.objects.filter(case=incident.case_id).select_related("agency", "submitted_by__user")
    return list(rows.prefetch_related("children").order_by("submitted_at"))


def waiting_referrals(incident: Incident) -> list[Referral]:
    """The referrals that wait for their outcome."""
    return [one for one in referrals_of(incident) if one.status == ReferralStatus.SUBMITTED]


def births(incident: Incident) -> list[date]:
    """The children's dates of birth where every child of every referral has one; empty otherwise."""
    children = [child for referral in referrals_of(incident) for child in referral.children.all()]
    known = [child.born_on for child in children if child.born_on]
    return known if len(known) == len(children) else []


def areas_of(incident: Incident) -> "QuerySet[OtherArea]":
    """Other areas the incident concerns (rule 4.8)."""
    return incident.other_areas.select_related("partnership", "added_by__user")


def other_partnerships(incident: Incident) -> "QuerySet[Partnership]":
    """Partnerships that can still be named as another area."""
    named = incident.other_areas.filter(partnership__isnull=False).values("partnership")
    return Partnership.objects.exclude(pk=incident.case.partnership_id).exclude(pk__in=named)


def running_clock(case: Case, clock: str) -> Deadline | None:
    """The open deadline of a clock, to say until when."""
    return Deadline.objects.filter(
        case=case, clock=clock, met_at__isnull=True, withdrawn_at__isnull=True
    ).first()


def find_incident(case: Case) -> Incident | None:
    """The incident of a case, or None for a case opened in another way."""
    return incident_of(case) if Incident.objects.filter(case=case).exists() else None


def missing_views(case: Case, *, but: str = "") -> list[str]:
    """Partners whose view is not given on the open question, ``but`` whoever decides and so answers by deciding."""
    decision = open_question(case)
    if decision is None:
        return []
    given = {one.partner for one in decision.sign_offs.all()} | {but}
    return [partner for partner in Partner.values if partner not in given]


def visible_incident(case_id: UUID, *, to: Membership) -> Incident | None:
    """The incident of another case, where this person may open that case."""
    case = Case.objects.visible_to(to).filter(pk=case_id).first()
    return find_incident(case) if case else None


def visible_by_reference(reference: str, *, to: Membership) -> Incident | None:
    """The same by reference, as it is typed."""
    case = Case.objects.visible_to(to).filter(reference__iexact=reference.strip()).first()
    return find_incident(case) if case else None


def find_area(incident: Incident, area_id: UUID) -> OtherArea | None:
    """One of the incident's other areas."""
    return areas_of(incident).filter(pk=area_id).first()
