"""What of this stage waits for somebody: open incidents with their next due date, own referrals, failed mail.

Only the columns a board shows are read, and each kind of row is one statement however many cases there are.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, Window
from django.db.models.functions import RowNumber

from cspr.cases.models import Case
from cspr.dispatch.models import Telling
from cspr.people.models import Membership
from notifications.models import Incident, Referral
from notifications.models.incident import waits
from notifications.options import ReferralStatus
from notifications.options.incident import IncidentStatus

MOST = 100
CLOCKS = ["C1", "C3", "C4"]
PLACES = ("overdue", "today", "next", "later", "others")

# Ranks the incidents that wait inside each place of the board, so that the first of each come with how many there are.
# Only those few are then looked up: their case, and the question before the partners with who has answered it.
RANKED = """
WITH waiting (case_id, status, opened_at) AS ({waiting}), dated AS (
    SELECT w.*, min(d.due_on) AS due_on, w.status = ANY(%(own)s) AND NOT {answered} AS is_own
      FROM waiting w LEFT JOIN deadlines_deadline d ON d.case_id = w.case_id AND d.clock = ANY(%(clocks)s)
                                                   AND d.met_at IS NULL AND d.withdrawn_at IS NULL
     GROUP BY w.case_id, w.status, w.opened_at), placed AS (
    SELECT dated.*, CASE WHEN NOT is_own THEN 4 WHEN due_on < %(on)s THEN 0 WHEN due_on = %(on)s THEN 1
                         WHEN due_on <= %(until)s THEN 2 ELSE 3 END AS place
      FROM dated), ranked AS (
    SELECT placed.*, count(*) OVER (PARTITION BY place) AS total,
           row_number() OVER (PARTITION BY place ORDER BY due_on, opened_at, case_id) AS nth
      FROM placed)
SELECT r.case_id, c.reference, c.pseudonym, r.status, r.due_on, r.is_own, r.place, r.total, q.asked_by, q.answered
  FROM ranked r JOIN cases_case c ON c.id = r.case_id
  LEFT JOIN LATERAL (
    SELECT u.full_name AS asked_by,
           array(SELECT s.partner FROM decisions_signoff s WHERE s.decision_id = o.id) AS answered
      FROM decisions_decision o JOIN people_membership m ON m.id = o.asked_by_id JOIN people_user u ON u.id = m.user_id
     WHERE o.case_id = r.case_id AND o.status = 'open' AND r.status = 'views_requested' LIMIT 1) q ON true
 WHERE r.nth <= %(most)s AND (%(place)s IS NULL OR r.place = %(place)s)
 ORDER BY r.place, r.nth"""

ANSWERED = """w.case_id IN (SELECT q.case_id FROM decisions_decision q JOIN decisions_signoff s ON s.decision_id = q.id
                WHERE q.status = 'open' AND s.partner = %(answered_for)s)"""


@dataclass(frozen=True)
class OpenIncident:
    """An incident somebody has to move on, by its case; ``due_on`` is the earliest date of its running clocks.

    ``asked_by`` put the question that is before the partners, ``answered`` are the partners who gave a view on it.
    """

    case_id: UUID
    reference: str
    pseudonym: str
    status: str
    due_on: date | None
    is_own: bool
    asked_by: str = ""
    answered: frozenset[str] = frozenset()


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
    """Which cases of the board are asked for: at these statuses, referred by an agency, worked on by a person."""

    statuses: frozenset[IncidentStatus] = frozenset()
    agency: UUID | None = None
    person: UUID | None = None

    def __bool__(self) -> bool:
        return bool(self.statuses or self.agency or self.person)

    def condition(self) -> Q:
        """On incidents."""
        wanted = Q()
        if self.statuses:
            wanted &= Q(status__in=self.statuses)
        if self.agency:
            wanted &= Q(case__in=Referral.objects.filter(agency=self.agency).values("case"))
        if self.person:
            worked = Q()
            for column in ("dates_recorded_by", "aware_by", "routed_by", "views_requested_by"):
                worked |= Q(**{column: self.person})
            wanted &= worked
        return wanted


EVERYTHING = Narrowed()


@dataclass(frozen=True)
class Within:
    """Which part of the board: today and the last of the next days; so many rows of each place, or of one place."""

    on: date
    until: date
    most: int = MOST
    place: str = ""


@dataclass(frozen=True)
class Ranked:
    """The first rows of each place, and how many there are in it."""

    rows: dict[str, list[OpenIncident]]
    totals: dict[str, int]


@dataclass(frozen=True)
class OwnReferral:
    """A referral of one's agency that is not finished; ``total`` are at its status."""

    id: UUID
    status: str
    reference: str | None
    started_by: str
    total: int


@dataclass(frozen=True)
class Untold:
    """Somebody whom no mail reached; ``total`` wait to be told."""

    recipient: str
    case_id: UUID
    reference: str
    pseudonym: str
    total: int


def open_incidents(
    acting: Membership, turns: Turns, within: Within, narrowed: Narrowed = EVERYTHING
) -> Ranked:
    """The incidents that wait among the cases this person may open: the first of each place, and how many."""
    found = Incident.objects.visible_to(acting).filter(
        waits(), narrowed.condition(), status__in={*turns.own, *turns.watched}
    )
    try:
        waiting, reach = (
            found.order_by().values_list("case_id", "status", "opened_at").query.sql_with_params()
        )
    except EmptyResultSet:
        return Ranked({}, {})
    named = {f"reach_{place}": given for place, given in enumerate(reach)}
    given = {
        **named, "own": [one.value for one in turns.own], "answered_for": turns.answered_for, "clocks": CLOCKS,
        "on": within.on, "until": within.until, "most": within.most,
        "place": PLACES.index(within.place) if within.place else None,
    }  # fmt: skip
    ranked = Ranked({}, {})
    with connection.cursor() as cursor:
        cursor.execute(
            RANKED.format(
                waiting=waiting % tuple(f"%({name})s" for name in named),
                answered=ANSWERED if turns.answered_for else "false",
            ),
            given,
        )
        for case_id, reference, pseudonym, status, due_on, is_own, place, total, asked_by, answered in cursor:
            one = OpenIncident(
                case_id,
                reference,
                pseudonym,
                status,
                due_on,
                is_own,
                asked_by or "",
                frozenset(answered or ()),
            )
            ranked.rows.setdefault(PLACES[place], []).append(one)
            ranked.totals[PLACES[place]] = total
    return ranked


def references_within(acting: Membership, references: Collection[str], narrowed: Narrowed) -> set[str]:
    """Of these references, those of cases this person may open that are asked for."""
    found = Incident.objects.visible_to(acting).filter(narrowed.condition(), case__reference__in=references)
    return set(found.order_by().values_list("case__reference", flat=True))


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


def failed_tellings(acting: Membership) -> list[Untold]:
    """Recipients that could not be told by mail and need a person, the longest waiting first; 100 of them."""
    found = (
        Case.objects.visible_to(acting)
        .filter(tellings__status=Telling.Status.FAILED)
        .order_by("tellings__asked_at")
        .values_list("tellings__recipient_name", "pk", "reference", "pseudonym")
        .annotate(total=Window(Count("pk")))
    )
    return [Untold(*row) for row in found[:MOST]]
