"""A partnership's cases, written in bulk: what the pages are measured on.

Every case has its incident, a referral with a child, its question to the partners, ten events and twenty looks; one
that was notified has its rapid review.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db import models, transaction

from cspr.audit.models import GENESIS
from cspr.bench.partnership import World
from cspr.bench.record import write_record
from cspr.bench.reviews import ReviewRows
from cspr.bench.stages import ONE_OPEN_IN, stage_of
from cspr.cases import pseudonyms
from cspr.cases.models import Case, Wall
from cspr.deadlines.models import Deadline
from cspr.decisions.models import Answer, Decision, DecisionStatus, Question, SignOff
from cspr.dispatch.models import Telling, TellingKind
from cspr.documents.models import Document
from cspr.govuk.dates import london_moment
from cspr.models import writing
from cspr.now import london_day, now, today
from cspr.people.models import Partner
from notifications import options
from notifications.models import Incident, Notification, Referral, ReferredChild
from notifications.national_form import editions
from notifications.options.incident import IncidentStatus as S
from notifications.options.incident import PlaceTest
from notifications.options.notification import NotificationStatus
from rapid_reviews.models import (
    FamilyPerson,
    InformationRequest,
    Meeting,
    PanelAnswer,
    Proposal,
    RapidReview,
    SafetyAction,
    SentReview,
)

ONE_WALLED_IN = 500
ONE_UNTOLD_IN = 5_000
AT_A_TIME = 1_000
YEARS_DAYS = 5 * 365


def extend(world: World, *, before: int, to: int) -> None:
    """Add the cases after ``before`` up to ``to``, their record, and what the planner knows of them."""
    evidence = _evidence(world)
    for first in range(before + 1, to + 1, AT_A_TIME):
        numbers = range(first, min(first + AT_A_TIME, to + 1))
        rows = [row for number in numbers for row in CaseRows(world, number, evidence).all()]
        with transaction.atomic(), writing():
            for model in MODELS:
                model.objects.bulk_create([row for row in rows if isinstance(row, model)])
    write_record()


MODELS: tuple[type[Any], ...] = (
    Case, Incident, Referral, ReferredChild, Deadline, Decision, SignOff, Notification, Wall, Telling, RapidReview,
    Proposal, InformationRequest, Meeting, SafetyAction, FamilyPerson, SentReview, PanelAnswer,
)  # fmt: skip


class CaseRows:
    """The rows of one case."""

    def __init__(self, world: World, number: int, evidence: Document) -> None:
        self.world, self.number, self.evidence = world, number, evidence
        self.stage = stage_of(number)
        self.ended = not self.stage.clocks
        days = 30 + number % YEARS_DAYS if self.ended else 3 + number // ONE_OPEN_IN % 4
        self.opened_at: datetime = london_moment(today() - timedelta(days=days), time(10, number % 60))
        self.later: datetime = self.opened_at + timedelta(hours=20)
        self.case = Case(
            reference=f"BNC-{self.opened_at.year}-{number:04d}",
            pseudonym=pseudonyms.for_number(number),
            partnership=world.partnership,
            opened_at=self.opened_at,
            opened_by=world.officer,
        )

    def all(self) -> Iterator[models.Model]:
        incident, referral = self.incident(), self.referral()
        yield from (self.case, incident, referral, self.child(referral))
        yield from (
            self.deadline(clock, place) for place, clock in enumerate(self.stage.clocks + self.stage.met)
        )
        if self.stage.status != S.TRIAGE:
            decision = self.decision()
            yield decision
            yield from (self.view(decision, partner) for partner in self.stage.views)
        if self.stage.outcome == Answer.YES or self.stage.death:
            notification = self.notification(incident)
            yield notification
            if self.stage.review:
                at, review = self.later, self.stage.review
                yield from ReviewRows(self.world, self.case, notification, self.evidence, at, review).all()
        if self.number % ONE_WALLED_IN == 0:
            yield self.wall()
        if self.number % ONE_UNTOLD_IN == 1:
            yield self.untold()

    def incident(self) -> Incident:
        stage, officer = self.stage, self.world.officer
        more: dict[str, Any] = {}
        if stage.aware:
            more |= {"aware_at": self.opened_at, "aware_by": officer, "aware_person": "Invented duty manager",
                     "aware_evidence": "Invented call note"}  # fmt: skip
        if stage.status != S.TRIAGE:
            more |= {"views_requested_at": self.later, "views_requested_by": self.world.second_officer,
                     "route": "B" if stage.death else "A", "route_reason": "Invented reason", "routed_at": self.later,
                     "routed_by": officer}  # fmt: skip
        if stage.outcome:
            more |= {"decided_at": self.later, "decided_by": self.world.la, "outcome": stage.outcome}
        if stage.status == S.NOTIFIED:
            more |= {"notified_at": self.later, "notified_by": officer}
        day = london_day(self.opened_at)
        return Incident(
            case=self.case, partnership=self.world.partnership, status=stage.status, opened_at=self.opened_at,
            opened_by=officer, death_to_be_told=stage.death, occurred_precision=options.Precision.EXACT,
            occurred_on=day, occurred_until_on=day, dates_recorded_at=self.opened_at, dates_recorded_by=officer,
            abuse=options.AbuseKnown.SUSPECTED, abuse_reason="Invented reason", nature=options.Nature.SERIOUS_HARM,
            nature_reason="Invented reason", place=PlaceTest.IN_AREA, place_reason="Invented reason",
            care_status=options.CareStatus.NEITHER, care_reason="Invented reason", **more,
        )  # fmt: skip

    def referral(self) -> Referral:
        lead, agencies = self.world.agency_lead, self.world.agencies
        agency = agencies[self.number % len(agencies)]
        more: dict[str, Any] = {}
        if self.stage.outcome:
            more = {"status": options.ReferralStatus.DECIDED, "decided_at": self.later, "decided_by": self.world.la,
                    "outcome": "Invented outcome", "outcome_reason": "Invented reason told"}  # fmt: skip
        return Referral(**{
            "reference": f"BNC-R-{self.opened_at.year}-{self.number:04d}", "partnership": self.world.partnership,
            "agency": agency, "case": self.case, "status": options.ReferralStatus.SUBMITTED,
            "started_at": self.opened_at, "started_by": lead, "submitted_at": self.opened_at, "submitted_by": lead,
            "narrative": "An invented account of an invented incident. " * 20, **more,
        })  # fmt: skip

    def child(self, referral: Referral) -> ReferredChild:
        return ReferredChild(
            referral=referral, position=1, is_lead=True, name=f"Invented Childname{self.number}",
            born_on=today() - timedelta(days=self.number % 6000),
        )  # fmt: skip

    def deadline(self, clock: str, place: int) -> Deadline:
        met = clock in self.stage.met
        started = london_day(self.opened_at)
        due = started + timedelta(days=3) if met else today() + timedelta(days=(self.number + place) % 15 - 3)
        ended = {"met_at": self.later, "met_by": self.world.officer, "met_on": started} if met else {}
        return Deadline(
            case=self.case, clock=clock, rule_from=started, started_at=self.opened_at, started_by=self.world.officer,
            start_on=started, first_due_on=due, due_on=due, **ended,
        )  # fmt: skip

    def decision(self) -> Decision:
        settled = {}
        if self.stage.outcome:
            settled = {"status": DecisionStatus.SETTLED, "outcome": self.stage.outcome, "settled_at": self.later,
                       "settled_by": self.world.la, "rationale": "Invented rationale"}  # fmt: skip
        return Decision(
            case=self.case, question=Question.NOTIFIABLE, version=1, papers=[["What happened", "Invented. " * 40]] * 10,
            asked_at=self.later, asked_by=self.world.second_officer, **settled,
        )  # fmt: skip

    def view(self, decision: Decision, partner: Partner) -> SignOff:
        given_by = {
            Partner.LA: self.world.la,
            Partner.ICB: self.world.icb,
            Partner.POLICE: self.world.police,
        }[partner]
        return SignOff(
            decision=decision, partner=partner, answer=Answer.YES, reason="Invented view", given_at=self.later,
            given_by=given_by,
        )  # fmt: skip

    def notification(self, incident: Incident) -> Notification:
        sent = {}
        if self.stage.status == S.NOTIFIED:
            sent = {"status": NotificationStatus.SENT, "sent_at": self.later, "sent_by": self.world.officer,
                    "system_reference": f"N{self.number}", "sender_name": "Invented sender", "frozen": [],
                    "frozen_hash": GENESIS, "evidence": self.evidence}  # fmt: skip
        return Notification(
            case=self.case, incident=incident, route=incident.route, edition=editions()[-1].key,
            opened_at=self.later, opened_by=self.world.officer, **sent,
        )  # fmt: skip

    def wall(self) -> Wall:
        return Wall(
            case=self.case,
            user=self.world.officer.user,
            reason="Invented",
            raised_at=self.later,
            raised_by=self.world.la,
        )

    def untold(self) -> Telling:
        return Telling(
            case=self.case, what=TellingKind.OTHER, recipient=Telling.Recipient.NAMED, recipient_name="Invented Agency",
            status=Telling.Status.FAILED, asked_at=self.later, asked_by=self.world.officer,
        )  # fmt: skip


def _evidence(world: World) -> Document:
    with transaction.atomic(), writing():
        return Document.objects.create(
            stream="bench", owner_id=world.partnership.pk, kind="evidence", title="Invented evidence",
            added_at=now(), added_by=world.officer,
        )  # fmt: skip
