"""Verbs of a decision: ask, give a view, settle, take back."""

from collections.abc import Sequence
from uuid import UUID

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.decisions.models import Answer, Decision, DecisionStatus, Question, SignOff
from cspr.now import now
from cspr.people.models import Membership, Partner
from cspr.permissions import Permission, can
from cspr.workflow import AlreadyDone, Refused

ASKED_BY = {
    Question.NOTIFIABLE: (Permission.REQUEST_VIEWS,),
    Question.RAPID_REVIEW: (Permission.PREPARE_REVIEW,),
}
SETTLED_BY = {
    Question.NOTIFIABLE: (Permission.DECIDE_NOTIFIABLE,),
    Question.RAPID_REVIEW: (Permission.SIGN_REVIEW, Permission.DECIDE_ESCALATION),
}
"""Whose act it is to ask each question and to settle it: one of these is enough."""


def _locked(decision: Decision) -> Decision:
    return Decision.objects.select_for_update(of=("self",)).select_related("case").get(pk=decision.pk)


def _require(by: Membership, permissions: Sequence[Permission], case: Case) -> None:
    """The act is this person's, on a case they can open: of their partnership, and not walled off (roles.md)."""
    if not any(can(by, permission) for permission in permissions):
        whose = " or ".join(permission.whose for permission in permissions)
        raise Refused(f"This is not yours to do: it needs {whose}.")
    if not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise Refused(NOT_OPEN_TO_YOU)


@recorded
def ask(
    case: Case,
    *,
    question: Question,
    by: Membership,
    proposal: str = "",
    papers: Sequence[Sequence[str]] = (),
) -> Decision:
    """Put a question to the three partners, with the papers frozen as they stand; a new version when asked again."""
    _require(by, ASKED_BY[Question(question)], case)
    Case.objects.select_for_update().get(pk=case.pk)
    earlier = Decision.objects.filter(case=case, question=question)
    if earlier.filter(status=DecisionStatus.OPEN).exists():
        raise Refused("The partners have already been asked and have not finished.")
    decision = Decision(
        case=case,
        question=question,
        version=earlier.count() + 1,
        proposal=proposal,
        papers=[list(paper) for paper in papers],
        asked_at=now(),
        asked_by=by,
    )
    decision.save(force_insert=True)
    record(
        "decision.asked",
        by=by,
        subject=decision,
        case=case,
        detail={"question": decision.get_question_display()},
    )
    return decision


NOT_A_PARTNER = (
    "Only a delegated safeguarding partner of this partnership gives a view, and only for their own partner."
)


def view_refusal(decision: Decision, by: Membership) -> str | None:
    """Why this person may not answer this decision now, as a sentence; None when they may."""
    if not Case.objects.visible_to(by).filter(pk=decision.case_id).exists():
        return NOT_A_PARTNER
    is_open = decision.status == DecisionStatus.OPEN
    asked_by, answered_for = decision.asked_by.user_id, _answered_for(decision, by)
    return answer_refusal(by, asked_by_user=asked_by, answered_for=answered_for, is_open=is_open)


def answer_refusal(
    by: Membership, *, asked_by_user: UUID, answered_for: str | None, is_open: bool = True
) -> str | None:
    """The same on a case this person is known to open, of a question known by who asked it.

    ``answered_for`` is another partner this person already answered for.
    """
    if not can(by, Permission.GIVE_VIEW):
        return NOT_A_PARTNER
    if asked_by_user == by.user_id:
        return "You prepared this, so somebody else has to answer for your partner."
    if not is_open:
        return "This question is closed, so a view can no longer be given."
    return _one_partner_only(answered_for)


def _answered_for(decision: Decision, by: Membership) -> str | None:
    """The other partner this person answered for, in whichever of their roles."""
    given = decision.sign_offs.filter(given_by__user_id=by.user_id).exclude(partner=by.partner)
    return given.values_list("partner", flat=True).first()


def _one_partner_only(answered_for: str | None) -> str | None:
    """Nobody signs for another partner (roles.md)."""
    if not answered_for:
        return None
    return f"You answered for the {Partner(answered_for).label}. One person answers for one partner only."


@recorded
def give_view(decision: Decision, *, by: Membership, answer: Answer, reason: str) -> SignOff:
    """Give a partner's answer (rule 4.3). Twice the same by one person changes nothing.

    Raises Refused for another partner or the preparer, AlreadyDone when a colleague answered for the partner first.
    """
    decision = _locked(decision)
    refusal = view_refusal(decision, by)
    if refusal == NOT_A_PARTNER:
        raise Refused(refusal)
    given = decision.sign_offs.filter(partner=by.partner).select_related("given_by__user").first()
    if given is not None:
        if given.given_by.user_id == by.user_id and given.answer == answer and given.reason == reason:
            return given
        raise AlreadyDone(by=given.given_by, what=f"The view of the {Partner(by.partner).label}")
    if refusal:
        raise Refused(refusal)
    if not reason.strip():
        raise Refused(fields={"reason": "Enter the reason for your view"})
    sign_off = SignOff(
        decision=decision,
        partner=by.partner,
        answer=answer,
        reason=reason,
        delegation=by.delegation,
        given_at=now(),
        given_by=by,
    )
    sign_off.save(force_insert=True)
    detail = {
        "partner": sign_off.get_partner_display(),
        "answer": sign_off.get_answer_display().lower(),
        "question": decision.get_question_display(),
    }
    record("decision.view_given", by=by, subject=decision, case=decision.case, detail=detail)
    return sign_off


@recorded
def settle(
    decision: Decision, *, by: Membership, outcome: Answer, rationale: str, without_view_reason: str = ""
) -> Decision:
    """Record what was decided; views that differ stay beside it as dissent. Twice by one person changes nothing.

    Raises Refused for whoever asked the question: the preparer does not sign (roles.md).
    """
    decision = _locked(decision)
    _require(by, SETTLED_BY[Question(decision.question)], decision.case)
    if decision.settled_by is not None:
        if decision.settled_by.user_id == by.user_id and decision.outcome == outcome:
            return decision
        raise AlreadyDone(by=decision.settled_by, what="The decision")
    if decision.asked_by.user_id == by.user_id:
        raise Refused("You prepared this, so somebody else has to decide.")
    if sentence := _one_partner_only(_answered_for(decision, by)):
        raise Refused(sentence)
    if outcome not in {Answer.YES, Answer.NO}:
        raise Refused(fields={"outcome": "Select what was decided"})
    if decision.status != DecisionStatus.OPEN:
        raise Refused("This question was taken back, so it cannot be decided.")
    if not rationale.strip():
        raise Refused(fields={"rationale": "Enter the reason for the decision"})
    if missing_partners(decision) and not without_view_reason.strip():
        missing = " and the ".join(Partner(one).label for one in missing_partners(decision))
        sentence = f"The {missing} has not given a view. Enter why you are deciding without it"
        raise Refused(fields={"without_view_reason": sentence})
    decision.status, decision.outcome, decision.rationale = DecisionStatus.SETTLED, outcome, rationale
    decision.without_view_reason = without_view_reason
    decision.settled_at, decision.settled_by = now(), by
    decision.save()
    detail = {"outcome": decision.get_outcome_display().lower(), "question": decision.get_question_display()}
    detail["dissent"] = ", ".join(one.get_partner_display() for one in dissent(decision)) or "none"
    record("decision.settled", by=by, subject=decision, case=decision.case, detail=detail)
    return decision


@recorded
def take_back(decision: Decision, *, by: Membership, reason: str) -> Decision:
    """Close an open question because what it rested on changed; its answers stay readable in this version."""
    decision = _locked(decision)
    if not Case.objects.visible_to(by).filter(pk=decision.case_id).exists():
        raise Refused(NOT_OPEN_TO_YOU)
    if decision.status != DecisionStatus.OPEN:
        raise Refused("Only a question that is still open can be taken back.")
    decision.status, decision.taken_back_reason = DecisionStatus.TAKEN_BACK, reason
    decision.taken_back_at, decision.taken_back_by = now(), by
    decision.save()
    detail = {"question": decision.get_question_display(), "reason": reason}
    record("decision.taken_back", by=by, subject=decision, case=decision.case, detail=detail)
    return decision


def missing_partners(decision: Decision) -> list[str]:
    """Partners that have not answered, in the order LA, ICB, police."""
    answered = set(decision.sign_offs.values_list("partner", flat=True))
    return [partner for partner in Partner.values if partner not in answered]


def dissent(decision: Decision) -> list[SignOff]:
    """The answers that differ from what was decided."""
    return [
        one
        for one in decision.sign_offs.all()
        if one.answer in {Answer.YES, Answer.NO} and one.answer != decision.outcome
    ]
