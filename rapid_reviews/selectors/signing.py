"""Reads about the partners' signatures: the version before them, who prepared it, the escalation, the lead partners."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from cspr.cases.models import Case, Wall
from cspr.deadlines.models import Deadline
from cspr.decisions.models import Decision, DecisionStatus, Question, SignOff
from cspr.now import london_day
from cspr.people.models import Membership, Partner
from cspr.people.selectors import partners_of
from cspr.permissions import Permission, can
from rapid_reviews.models import Escalation, LeadAnswer, RapidReview


def versions(case: Case) -> "QuerySet[Decision]":
    """Every version put to the partners, the latest first, with signatures and comments."""
    return (
        Decision.objects.filter(case=case, question=Question.RAPID_REVIEW)
        .select_related(
            "case", "asked_by__user", "settled_by__user", "taken_back_by__user", "rapid_review_papers__proposal"
        )
        .prefetch_related(
            "sign_offs__given_by__user", "sign_offs__given_by__partnership", "comments__given_by__user",
            "comments__given_by__partnership",
        )
        .order_by("-version")
    )  # fmt: skip


def latest_version(case: Case) -> Decision | None:
    return versions(case).first()


def version_before(decision: Decision) -> Decision | None:
    """The version put to the partners before this one."""
    rows = Decision.objects.filter(case=decision.case_id, question=decision.question)
    return rows.filter(version__lt=decision.version).order_by("-version").first()


def locked_version(case: Case) -> Decision | None:
    """The version last put, locked; lock the review first."""
    rows = Decision.objects.select_for_update(of=("self",)).select_related(
        "case__partnership", "asked_by__user"
    )
    return rows.filter(case=case, question=Question.RAPID_REVIEW).order_by("-version").first()


def open_escalation(review: RapidReview) -> Escalation | None:
    """The escalation that waits for the lead partners."""
    rows = Escalation.objects.select_related("decision", "review__case__partnership", "raised_by__user")
    return rows.filter(review=review, outcome="", decision__status=DecisionStatus.OPEN).first()


def escalations(review: RapidReview) -> "QuerySet[Escalation]":
    """Every escalation with its answers, the latest first."""
    return (
        review.escalations.select_related(
            "decision", "review__case__partnership", "raised_by__user", "decided_by__user"
        )
        .prefetch_related("answers__given_by__user", "answers__given_by__partnership")
        .order_by("-raised_at")
    )


def lead_answers(escalation: Escalation) -> dict[str, LeadAnswer]:
    """The answer that counts of each lead partner: their latest. One walled off before the decision counts no more."""
    rows = escalation.answers.select_related("given_by__user", "given_by__partnership").order_by("given_at")
    walled = walled_off(escalation.review.case, at=escalation.decided_at)
    return {one.partner: one for one in rows if one.given_by.user_id not in walled}


PREPARED = """
SELECT EXISTS(SELECT 1 FROM rapid_reviews_section s JOIN people_membership m ON m.id = s.saved_by_id
               WHERE s.review_id = %(review)s AND m.user_id = %(user)s)
    OR EXISTS(SELECT 1 FROM rapid_reviews_historicalsection
               WHERE review_id = %(review)s AND history_user_id = %(user)s AND saved_by_id IS NOT NULL)
    OR EXISTS(SELECT 1 FROM rapid_reviews_historicalcriterionanswer
               WHERE review_id = %(review)s AND history_user_id = %(user)s AND answered_by_id IS NOT NULL)
    OR EXISTS(SELECT 1 FROM rapid_reviews_historicalproposal
               WHERE review_id = %(review)s AND history_user_id = %(user)s AND written_by_id IS NOT NULL)
    OR EXISTS(SELECT 1 FROM decisions_decision d JOIN people_membership m ON m.id = d.asked_by_id
               WHERE d.case_id = %(case)s AND d.question = %(question)s AND m.user_id = %(user)s)"""


def prepared(review: RapidReview, user_id: UUID) -> bool:
    """Whether a person wrote any of it or put it to the partners: they are no signatory (roles.md)."""
    given = {"review": review.pk, "case": review.case_id, "user": user_id}
    with connection.cursor() as cursor:
        cursor.execute(PREPARED, {**given, "question": Question.RAPID_REVIEW.value})
        return bool(cursor.fetchone()[0])


def leads_to_ask(review: RapidReview, decision: Decision) -> list[Membership]:
    """The lead partners an escalation goes to: not walled off, who neither prepared nor signed the version."""
    signed = set(decision.sign_offs.values_list("given_by__user_id", flat=True))
    out = walled_off(review.case) | signed
    return [
        one
        for one in partners_of(review.case.partnership, lead=True)
        if one.user_id not in out and not prepared(review, one.user_id)
    ]


def walled_off(case: Case, *, at: datetime | None = None) -> set[UUID]:
    """The people with a conflict of interest in a case, now or at an earlier moment."""
    walls = Wall.objects.filter(case=case)
    stood = walls.filter(lifted_at__isnull=True)
    if at is not None:
        stood = walls.filter(Q(lifted_at__isnull=True) | Q(lifted_at__gt=at), raised_at__lte=at)
    return set(stood.values_list("user_id", flat=True))


def leads_of(review: RapidReview, decision: Decision) -> list[Membership]:
    """The lead partners who can decide an escalation now: those it goes to who may open the case."""
    return [
        one
        for one in leads_to_ask(review, decision)
        if Case.objects.visible_to(one).filter(pk=review.case_id).exists()
    ]


@dataclass(frozen=True)
class VersionTo:
    """The version last put as one person meets it: who put it, whether it is open, who signed it for whom."""

    asked_by_user: UUID
    is_open: bool
    own_signature: UUID | None
    answered_for: str | None
    """Another partner this person already signed for."""


def version_to(by: Membership, case: Case) -> VersionTo | None:
    """What decides whether this person may sign the version last put, in one small statement."""
    rows = Decision.objects.filter(case=case, question=Question.RAPID_REVIEW).order_by("-version")
    signed = ("sign_offs", "sign_offs__partner", "sign_offs__given_by__user")
    found = list(rows.values_list("version", "status", "asked_by__user", *signed))
    last = [one for one in found if one[0] == found[0][0]]
    if not last:
        return None
    _, status, asked_by_user, *_ = last[0]
    given = [(pk, partner, user) for *_, pk, partner, user in last]
    return VersionTo(
        asked_by_user=asked_by_user,
        is_open=status == DecisionStatus.OPEN,
        own_signature=next((pk for pk, partner, _ in given if partner == by.partner), None),
        answered_for=next(
            (partner for _, partner, user in given if user == by.user_id and partner != by.partner), None
        ),
    )


def signature(sign_off_id: UUID) -> SignOff:
    """One signature with who gave it."""
    return SignOff.objects.select_related("given_by__user", "given_by__partnership").get(pk=sign_off_id)


def signatories_escalated(review: RapidReview) -> set[UUID] | None:
    """Who signed the version whose escalation waits for the lead partners; None where none waits."""
    waiting = review.escalations.order_by().filter(outcome="", decision__status=DecisionStatus.OPEN)
    signed = set(waiting.values_list("decision__sign_offs__given_by__user", flat=True))
    return signed or None


def own_signature(decision: Decision | None, by: Membership) -> SignOff | None:
    """What this person's partner answered in a version."""
    if decision is None or not by.partner or not can(by, Permission.SIGN_REVIEW):
        return None
    return decision.sign_offs.filter(partner=by.partner).first()


def first_decided_on(review: RapidReview) -> date | None:
    """The London day on which a version was first decided; None before that. One taken back since was decided too."""
    rows = Decision.objects.filter(
        case=review.case_id, question=Question.RAPID_REVIEW, settled_at__isnull=False
    )
    first = rows.order_by("settled_at").values_list("settled_at", flat=True).first()
    return london_day(first) if first else None


def labels(partners: "list[str]") -> str:
    """Name partners: "integrated care board and the police"."""
    return " and the ".join(Partner(one).label for one in partners)


def due_on(case: Case) -> date | None:
    """Until when the rapid review is to be sent (C5)."""
    clock = Deadline.objects.filter(case=case, clock="C5", met_at__isnull=True, withdrawn_at__isnull=True)
    return clock.values_list("due_on", flat=True).first()


def find_version(case: Case, decision_id: UUID) -> Decision | None:
    """One version of this case's question."""
    return versions(case).filter(pk=decision_id).first()
