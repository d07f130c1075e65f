"""The rapid review of a measured case: what the board and a case's page read of it, at the stage the case is at."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from cspr.audit.models import GENESIS
from cspr.bench.partnership import World
from cspr.cases.models import Case
from cspr.decisions.models import Answer, Decision, DecisionStatus, Question, SignOff
from cspr.documents.models import Document
from cspr.govuk.dates import london_moment
from cspr.now import today
from cspr.people.models import Partner
from notifications.models import Notification
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
from rapid_reviews.options.family import Kin
from rapid_reviews.options.meeting import MeetingStatus, Setting
from rapid_reviews.options.requests import RequestStatus
from rapid_reviews.options.review import Outcome, ReviewStatus
from rapid_reviews.options.safety import ActionStatus
from rapid_reviews.options.sending import PanelAnswerKind, SentHow

R = ReviewStatus
SENT = {R.SENT, R.ANSWERED}
SIGNED = SENT | {R.SIGNED}
PUT = SIGNED | {R.WITH_PARTNERS}
REQUESTS = (RequestStatus.DRAFT, RequestStatus.ISSUED, RequestStatus.SIGNED_OFF)


class ReviewRows:
    """The rows of one review: three requests, a meeting, an action, one of the family, its version, its sending."""

    def __init__(
        self,
        world: World,
        case: Case,
        notification: Notification,
        evidence: Document,
        at: datetime,
        status: str,
    ) -> None:
        self.world, self.case, self.notification, self.evidence = world, case, notification, evidence
        self.at, self.status, self.turn = at, status, int(case.reference.rpartition("-")[2])

    def all(self) -> Iterator[models.Model]:
        """Every row, in the order in which they refer to each other."""
        settled = self.status == R.ANSWERED
        review = self.review(settled=settled)
        yield review
        yield from self.gathered(review, over=self.status in SENT)
        if self.status in PUT:
            decision = self.version()
            yield decision
            signed = tuple(Partner) if self.status in SIGNED else (Partner.LA,)
            yield from (self.signature(decision, partner) for partner in signed)
            if self.status in SENT:
                sent = self.sending(review, decision)
                yield sent
                if settled:
                    yield self.answer(sent)

    def review(self, *, settled: bool) -> RapidReview:
        officer, at = self.world.officer, self.at
        more: dict[str, Any] = {}
        for reached, name in ((PUT, "put"), (SIGNED, "signed"), (SENT, "sent"), ({R.ANSWERED}, "answered")):
            if self.status in reached:
                more |= {f"{name}_at": at, f"{name}_by": officer}
        return RapidReview(
            case=self.case, partnership=self.world.partnership, notification=self.notification, status=self.status,
            opened_at=at, opened_by=officer, settled_at=at if settled else None, family_to_tell=not settled, **more,
        )  # fmt: skip

    def gathered(self, review: RapidReview, *, over: bool) -> Iterator[models.Model]:
        """What the unit gathers: where it is over nothing of it waits."""
        officer, at = self.world.officer, self.at
        yield Proposal(
            review=review, version=1, outcome=Outcome.LOCAL_REVIEW, rationale="Invented rationale", written_at=at,
            written_by=officer, created_at=at,
        )  # fmt: skip
        statuses = [RequestStatus.SIGNED_OFF] * len(REQUESTS) if over else REQUESTS
        agencies = self.world.agencies
        for place, status in enumerate(statuses[: len(agencies)]):
            yield self.request(review, agencies[(self.turn + place) % len(agencies)], status)
        held = {"status": MeetingStatus.MINUTED, "held_at": at, "held_by": officer, "minuted_at": at,
                "minuted_by": officer} if over else {}  # fmt: skip
        yield Meeting(
            review=review, starts_at=london_moment(today() + timedelta(days=3), at.time()), setting=Setting.ONLINE,
            quorum=["LA"], planned_at=at, planned_by=officer, **held,
        )  # fmt: skip
        done = (
            {"status": ActionStatus.DONE, "done_on": today(), "done_at": at, "done_by": officer}
            if over
            else {}
        )
        yield SafetyAction(
            review=review, what="Invented action", for_whom="Invented siblings", owner_agency="Invented Agency 1",
            due_on=today() + timedelta(days=2), added_at=at, added_by=officer, **done,
        )  # fmt: skip
        yield FamilyPerson(
            review=review, kin=Kin.MOTHER, known_as="M", contact_lead="Invented social worker", added_at=at,
            added_by=officer,
        )  # fmt: skip

    def request(self, review: RapidReview, agency: Any, status: str) -> InformationRequest:
        officer, lead, at = self.world.officer, self.world.agency_lead, self.at
        more: dict[str, Any] = {}
        if status != RequestStatus.DRAFT:
            more |= {"issued_at": at, "issued_by": officer, "edition": "bench"}
        if status == RequestStatus.SIGNED_OFF:
            more |= {"answered_at": at, "answered_by": lead, "signed_off_at": at, "signed_off_by": officer}
        return InformationRequest(
            case=self.case,
            review=review,
            agency=agency,
            status=status,
            started_at=at,
            started_by=officer,
            **more,
        )

    def version(self) -> Decision:
        settled = {}
        if self.status in SIGNED:
            settled = {"status": DecisionStatus.SETTLED, "outcome": Answer.YES, "settled_at": self.at,
                       "settled_by": self.world.la, "rationale": "Invented rationale"}  # fmt: skip
        return Decision(
            case=self.case, question=Question.RAPID_REVIEW, version=1, papers=[["The review", "Invented. " * 40]] * 10,
            asked_at=self.at, asked_by=self.world.second_officer, **settled,
        )  # fmt: skip

    def signature(self, decision: Decision, partner: Partner) -> SignOff:
        given_by = {Partner.LA: self.world.la, Partner.ICB: self.world.icb, Partner.POLICE: self.world.police}
        return SignOff(
            decision=decision, partner=partner, answer=Answer.YES, reason="Invented", given_at=self.at,
            given_by=given_by[partner],
        )  # fmt: skip

    def sending(self, review: RapidReview, decision: Decision) -> SentReview:
        officer, at = self.world.officer, self.at
        return SentReview(
            review=review, decision=decision, frozen=[], sha256=GENESIS, papers_sha256=GENESIS, word=self.evidence,
            pdf=self.evidence, evidence=self.evidence, how=SentHow.EMAIL, sender_name="Invented sender", sent_at=at,
            sent_by=officer, recorded_at=at, recorded_by=officer,
        )  # fmt: skip

    def answer(self, sent: SentReview) -> PanelAnswer:
        return PanelAnswer(
            sent=sent, number=1, kind=PanelAnswerKind.AGREES, said_by="Invented Panel officer", letter=self.evidence,
            received_at=self.at, received_by=self.world.officer,
        )  # fmt: skip
