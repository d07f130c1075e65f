"""Verbs of disagreement: it goes to the lead safeguarding partners, each answers for their own. Rule 6.5."""

from collections.abc import Set as AbstractSet
from uuid import UUID

from django.urls import reverse

from cspr.audit.recording import record, recorded
from cspr.cases.models import CaseGrant
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.cases.services import grant_access
from cspr.decisions import services as decisions
from cspr.decisions.models import Answer, Decision, SignOff
from cspr.dispatch import services as dispatch
from cspr.engine import apply
from cspr.now import now
from cspr.people.models import Membership, Partner
from cspr.people.selectors import unit_of
from cspr.workflow import Refused, refusals
from rapid_reviews import phrases_review as phrases
from rapid_reviews.models import Escalation, LeadAnswer, RapidReview
from rapid_reviews.options.review import EscalationOutcome
from rapid_reviews.selectors import review as reviews
from rapid_reviews.selectors import signing
from rapid_reviews.services.review_told import tell_what_was_decided
from rapid_reviews.services.taking_back import leave_the_partners
from rapid_reviews.workflow.review import ANSWER_ESCALATION, SEND_BACK, UPHOLD
from rapid_reviews.workflow.signing import ALL_PARTNERS, leads_agree

GRANT_REASON = "Escalated: the partners do not all agree to the rapid review"
DISSENT = {Answer.NO: "disagreed", Answer.CANNOT_TAKE_PART: "said they cannot take part"}
DECIDES = {Answer.YES: "uphold", Answer.NO: "send back"}
NOT_YOURS = "You signed or prepared this review, so another lead safeguarding partner decides."
NOTHING_ESCALATED = "Nothing is escalated now."


@recorded
def escalate(locked: RapidReview, decision: Decision, signed: SignOff, *, by: Membership) -> Escalation:
    """Put a version that not all agree to before the lead partners: the case is opened to them, and they are mailed.

    A second partner who disagrees changes nothing: it is before them already.
    """
    standing = Escalation.objects.filter(decision=decision).first()
    if standing is not None:
        return standing
    why = f"The {signed.get_partner_display()} {DISSENT[Answer(signed.answer)]}"
    raised = Escalation(review=locked, decision=decision, why=why, raised_at=now(), raised_by=by)
    raised.save(force_insert=True)
    record("rapidreview.escalated", by=by, subject=locked, case=locked.case, detail={"why": why})
    for lead in signing.leads_to_ask(locked, decision):
        _open_to(locked, lead, by=by)
        _post(locked, lead, phrases.ESCALATED, "rapid_review_escalation", by=by)
    return raised


def _open_to(review: RapidReview, lead: Membership, *, by: Membership) -> None:
    has_it = CaseGrant.objects.in_force().filter(content_object=review.case, membership=lead).exists()
    if not has_it and lead.user_id != by.user_id:
        grant_access(review.case, to=lead, by=by, reason=GRANT_REASON)


def _post(review: RapidReview, to: Membership, words: str, page: str, *, by: Membership) -> None:
    dispatch.post(
        to=to,
        subject=words,
        reference=review.case.reference,
        link=reverse(page, args=[review.case_id]),
        until=signing.due_on(review.case),
        by=by,
        about=review.case,
    )


def answer_refusals(
    review: RapidReview, by: Membership, *, opened: AbstractSet[UUID] | None = None
) -> list[str]:
    """Why this person cannot answer the escalation now, as sentences: the page and the verb ask here.

    A lead partner who may open the case answers, unless they prepared or signed the version. ``opened`` are those who
    signed it, read by a page that found the case by what this person may open.
    """
    if opened is None and not reviews.reaches(review.case, by):
        return [NOT_OPEN_TO_YOU]
    sentences = refusals(review, ANSWER_ESCALATION, by)
    if sentences:
        return sentences
    signed = signing.signatories_escalated(review) if opened is None else opened
    if signed is None:
        return [NOTHING_ESCALATED]
    if by.user_id in signed or signing.prepared(review, by.user_id):
        return [NOT_YOURS]
    return []


@recorded
def answer_escalation(
    review: RapidReview, *, by: Membership, answer: Answer, reason: str, without_reason: str = ""
) -> LeadAnswer:
    """Give one's own partner's answer as its lead: uphold the proposed decision (yes) or send it back (no).

    Once every lead partner who can has given the same answer it is decided: upheld completes the signing with the
    dissent on record, sent back returns the review to the unit. While they differ, each may answer again. Where a
    partner has no lead who can, upholding needs ``without_reason``.
    """
    locked = reviews.locked(review)
    signing.locked_version(locked.case)
    reviews.hold_walls(locked.case)
    sentences = answer_refusals(locked, by)
    escalation = signing.open_escalation(locked)
    if sentences or escalation is None:
        raise Refused(*(sentences or [NOTHING_ESCALATED]))
    if answer not in {Answer.YES, Answer.NO}:
        raise Refused(fields={"answer": "Select whether the proposed decision is upheld"})
    if not reason.strip():
        raise Refused(fields={"reason": "Enter the reason for your decision"})
    standing = signing.lead_answers(escalation).get(by.partner)
    if standing is not None and (standing.given_by_id, standing.answer, standing.reason) == (
        by.pk,
        answer,
        reason,
    ):
        return standing
    given = LeadAnswer(
        escalation=escalation, partner=by.partner, answer=answer, reason=reason, without_reason=without_reason,
        delegation=by.delegation, given_at=now(), given_by=by,
    )  # fmt: skip
    given.save(force_insert=True)
    detail = {"partner": given.get_partner_display(), "answer": DECIDES[Answer(given.answer)]}
    record("rapidreview.lead_answered", by=by, subject=locked, case=locked.case, detail=detail)
    _decide(locked, escalation, by=by)
    return given


def _decide(locked: RapidReview, escalation: Escalation, *, by: Membership) -> None:
    answers = signing.lead_answers(escalation)
    needed = {one.partner for one in signing.leads_of(locked, escalation.decision)}
    shared = leads_agree({partner: one.answer for partner, one in answers.items()}, needed)
    if not shared:
        return
    reason = " ".join(f"For the {Partner(one.partner).label}: {one.reason}" for one in answers.values())
    if shared == Answer.NO:
        escalation.outcome = EscalationOutcome.SENT_BACK
        _close(escalation, reason=reason, by=by)
        leave_the_partners(locked, SEND_BACK, by=by, reason=reason)
        for one in unit_of(locked.case.partnership):
            _post(locked, one, phrases.SENT_BACK, "rapid_review", by=by)
        return
    missing = [one for one in Partner.values if one in ALL_PARTNERS - set(answers)]
    if missing and not answers[by.partner].without_reason.strip():
        sentence = (
            f"The {signing.labels(missing)} has no lead partner here. Enter why you decide without them"
        )
        raise Refused(fields={"without_reason": sentence})
    escalation.outcome = EscalationOutcome.UPHELD
    _close(escalation, reason=reason, by=by)
    told = f"Upheld by the lead safeguarding partners. {answers[by.partner].without_reason}".strip()
    decisions.settle(
        escalation.decision, by=by, outcome=Answer.YES, rationale=reason, without_view_reason=told
    )
    changes = {"family_to_tell": True, "_history_user": by.user}
    done = apply(locked, UPHOLD, by=by, reason=reason, changes=changes)
    tell_what_was_decided(done, at=now(), by=by)
    for one in unit_of(locked.case.partnership):
        _post(locked, one, phrases.ALL_SIGNED, "rapid_review", by=by)


def _close(escalation: Escalation, *, reason: str, by: Membership) -> None:
    escalation.reason, escalation.decided_at, escalation.decided_by = reason, now(), by
    escalation.save()
