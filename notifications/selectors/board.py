"""What of this stage waits for somebody: open incidents by their next due date, failed mail, answers, referrals."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Window
from django.db.models.functions import RowNumber

from cspr.cases.reach import shared_sql
from cspr.cases.waiting import MOST, Kind, Kinds, named
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from notifications.models import Incident, Referral
from notifications.options import ReferralStatus
from notifications.options.incident import IncidentStatus

CLOCKS = ["C1", "C3", "C4"]

# The first condition repeats that of the index incident_waits, so that what waits is read from it alone.
INCIDENTS = """
    SELECT i.case_id, i.case_id AS about, min(d.due_on), NOT (i.status = ANY(%(own)s) AND NOT {answered}), i.opened_at
      FROM notifications_incident i
      LEFT JOIN deadlines_deadline d ON d.case_id = i.case_id AND d.clock = ANY(%(clocks)s)
                                    AND d.met_at IS NULL AND d.withdrawn_at IS NULL
     WHERE (i.status IN ('triage', 'views_requested', 'notifiable')
            OR (i.death_to_be_told AND i.status = 'not_notifiable'))
       AND i.partnership_id = %(partnership)s AND i.status = ANY(%(turns)s)
     GROUP BY i.case_id, i.status, i.opened_at"""
ANSWERED = """i.case_id IN (SELECT q.case_id FROM decisions_decision q JOIN decisions_signoff s ON s.decision_id = q.id
                WHERE q.status = 'open' AND s.partner = %(partner)s)"""
QUESTION = """
    SELECT jsonb_build_object('status', i.status, 'asked_by', u.full_name, 'answered', array(
             SELECT s.partner FROM decisions_signoff s WHERE s.decision_id = o.id))
      FROM notifications_incident i
      LEFT JOIN decisions_decision o ON o.case_id = i.case_id AND o.status = 'open' AND i.status = 'views_requested'
      LEFT JOIN people_membership m ON m.id = o.asked_by_id LEFT JOIN people_user u ON u.id = m.user_id
     WHERE i.case_id = r.case_id LIMIT 1"""

UNTOLD = Kind(
    "untold",
    """SELECT t.case_id, t.id, NULL::date, false, t.asked_at FROM dispatch_telling t
         JOIN cases_case k ON k.id = t.case_id WHERE t.status = 'failed' AND k.partnership_id = %(partnership)s""",
    "SELECT jsonb_build_object('recipient', t.recipient_name) FROM dispatch_telling t WHERE t.id = r.about",
)
AREA_ANSWER = Kind(
    "area_answer",
    """SELECT i.case_id, a.id, NULL::date, false, a.answered_at FROM notifications_areaanswer a
         JOIN notifications_otherarea o ON o.id = a.area_id JOIN notifications_incident i ON i.id = o.incident_id
        WHERE a.noted_at IS NULL AND i.partnership_id = %(partnership)s""",
    """SELECT jsonb_build_object('area', p.name) FROM notifications_areaanswer a
         JOIN notifications_otherarea o ON o.id = a.area_id JOIN people_partnership p ON p.id = o.partnership_id
        WHERE a.id = r.about""",
)
GLASS = Kind(
    "glass",
    """
    SELECT k.id, k.id, (g.starts_at AT TIME ZONE 'Europe/London')::date, false, g.starts_at FROM cases_casegrant g
      JOIN cases_case k ON k.id = g.content_object_id
     WHERE g.broke_glass AND g.reviewed_at IS NULL AND g.user_id <> %(user)s AND k.partnership_id = %(partnership)s""",
    """
    SELECT jsonb_build_object('name', u.full_name) FROM cases_casegrant g JOIN people_user u ON u.id = g.user_id
     WHERE g.content_object_id = r.case_id AND g.starts_at = r.since AND g.broke_glass LIMIT 1""",
)
SHARED = """
    SELECT i.case_id, o.id, NULL::date, false, max(s.shared_at) FROM notifications_share s
      JOIN notifications_otherarea o ON o.id = s.area_id JOIN notifications_incident i ON i.id = o.incident_id
     WHERE s.received_at IS NULL AND s.withdrawn_at IS NULL AND (s.ends_on IS NULL OR s.ends_on >= %(on)s)
       AND o.partnership_id = %(partnership)s AND {readable}
     GROUP BY i.case_id, o.id"""
SHARED_BY = """
    SELECT jsonb_build_object('by', p.name) FROM cases_case k JOIN people_partnership p ON p.id = k.partnership_id
     WHERE k.id = r.case_id"""


@dataclass(frozen=True)
class Turns:
    """Whose turn it is: of which statuses somebody has to act, and which they wait for others to move on.

    ``answered_for``: what their partner has answered is no longer theirs.
    """

    own: Collection[IncidentStatus]
    watched: Collection[IncidentStatus]
    answered_for: str = ""


@dataclass(frozen=True)
class Narrowed:
    """Which cases of the board are asked for: at a stage, referred by an agency, worked on by a person."""

    stage: Q = field(default_factory=Q)
    agency: UUID | None = None
    person: UUID | None = None

    def __bool__(self) -> bool:
        return bool(self.stage or self.agency or self.person)

    def condition(self) -> Q:
        """On incidents."""
        wanted = self.stage
        if self.agency:
            wanted &= Q(case__in=Referral.objects.filter(agency=self.agency).values("case"))
        if self.person:
            worked = Q()
            for column in ("dates_recorded_by", "aware_by", "routed_by", "views_requested_by"):
                worked |= Q(**{column: self.person})
            wanted &= worked
        return wanted

    def cases(self) -> tuple[str, Sequence[Any]]:
        """A SELECT of these cases with its values; empty where every case is asked for."""
        if not self:
            return "", ()
        rows = Incident.objects.filter(self.condition()).order_by().values_list("case_id")
        return rows.query.sql_with_params()


EVERYTHING = Narrowed()


@dataclass(frozen=True)
class OwnReferral:
    """A referral of one's agency that is not finished; ``total`` are at its status."""

    id: UUID
    status: str
    reference: str | None
    started_by: str
    total: int


def kinds(acting: Membership, turns: Turns) -> Kinds:
    """What waits on the cases of this stage for this capacity."""
    answered = ANSWERED if turns.answered_for else "false"
    found = [Kind("incident", INCIDENTS.format(answered=answered), QUESTION)]
    if can(acting, Permission.TELL):
        found.append(UNTOLD)
    if can(acting, Permission.SHARE):
        found.append(AREA_ANSWER)
    if can(acting, Permission.REVIEW_GLASS):
        found.append(GLASS)
    own = [one.value for one in turns.own]
    given: dict[str, Any] = {
        "own": own,
        "turns": [*own, *(one.value for one in turns.watched)],
        "clocks": CLOCKS,
    }
    if can(acting, Permission.ANSWER_SHARED):
        readable, values = named(*shared_sql(acting, case="i.case_id"), "shared")
        found.append(Kind("shared", SHARED.format(readable=readable), SHARED_BY, of_others=True))
        given |= values
    return Kinds(found, given=given)


def own_referrals(acting: Membership) -> list[OwnReferral]:
    """The agency's referrals that are not finished: drafts, and those that wait for the decision; 100 of each."""
    found = (
        Referral.objects.visible_to(acting)
        .filter(status__in=[ReferralStatus.DRAFT, ReferralStatus.SUBMITTED])
        .annotate(
            total=Window(Count("pk"), partition_by="status"),
            nth=Window(RowNumber(), partition_by="status", order_by=["started_at", "pk"]),
        )
        .filter(nth__lte=MOST)
        .values_list("pk", "status", "reference", "started_by__user__full_name", "total")
    )
    return [OwnReferral(*row) for row in found]
