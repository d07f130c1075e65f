"""What was put to the partners as it is shown: papers, what changed, a signature card a partner, dissent, comments."""

from dataclasses import dataclass, replace

from django.urls import reverse

from cspr.decisions.models import Answer, Comment, Decision, DecisionStatus
from cspr.decisions.presenters import signature_cards
from cspr.govuk.dates import long_moment
from cspr.govuk.parts import Row, Signature
from cspr.people.models import Membership, Partner
from cspr.people.selectors import partners_of
from rapid_reviews.models import Escalation, RapidReview
from rapid_reviews.selectors import signing

ANSWERS = {Answer.YES: "Agrees", Answer.NO: "Disagrees", Answer.CANNOT_TAKE_PART: "Cannot take part"}
LEAD_ANSWERS = {Answer.YES: "Uphold", Answer.NO: "Send back"}
TAKEN_BACK = "This signature was taken back: it does not stand for what changed afterwards"


@dataclass(frozen=True)
class Shown:
    """One version as shown."""

    heading: str
    decision: Decision
    papers: list[Row]
    sha256: str
    changed: list[str]
    cards: list[Signature]
    outcome: list[Row]
    comments: list[Comment]
    href: str


def shown(decision: Decision, acting: Membership, *, may_sign: bool) -> Shown:
    """A version with its frozen papers and its signature cards; a signature taken back says so."""
    case = decision.case
    is_open = decision.status == DecisionStatus.OPEN
    people = partners_of(case.partnership) if is_open else []
    href = reverse("rapid_review_sign", args=[case.pk]) if may_sign else ""
    papers = getattr(decision, "rapid_review_papers", None)
    return Shown(
        heading=f"Version {decision.version}: {STATES[DecisionStatus(decision.status)]}",
        decision=decision,
        papers=[Row(label, text) for label, text in decision.papers],
        sha256=papers.sha256 if papers else "",
        changed=list(papers.changed) if papers else [],
        cards=_cards(decision, people=people, acting=acting, href=href),
        outcome=_outcome(decision),
        comments=list(decision.comments.all()),
        href=reverse("rapid_review_version", args=[case.pk, decision.pk]),
    )


STATES = {
    DecisionStatus.OPEN: "with the partners",
    DecisionStatus.SETTLED: "decided",
    DecisionStatus.TAKEN_BACK: "taken back",
}


def _cards(decision: Decision, *, people: list[Membership], acting: Membership, href: str) -> list[Signature]:
    """The cards in words of agreement, in the order LA, ICB, police."""
    answers = {one.partner: one.answer for one in decision.sign_offs.all()}
    cards = signature_cards(decision, people=people, acting=acting, href=href)
    taken_back = decision.status == DecisionStatus.TAKEN_BACK
    worded = []
    for partner, card in zip(Partner, cards, strict=True):
        if partner in answers:
            words = ANSWERS[Answer(answers[partner])]
            card = replace(card, answer=f"{words}. {TAKEN_BACK}" if taken_back else words)
        worded.append(card)
    return worded


def _outcome(decision: Decision) -> list[Row]:
    if decision.status == DecisionStatus.TAKEN_BACK and decision.taken_back_at:
        told = f"{long_moment(decision.taken_back_at)}, by {decision.taken_back_by}"
        return [Row("Taken back", told), Row("Why", decision.taken_back_reason)]
    if decision.status != DecisionStatus.SETTLED or decision.settled_at is None:
        return []
    dissent = [one for one in decision.sign_offs.all() if one.answer != Answer.YES]
    rows = [
        ("Decided", f"{long_moment(decision.settled_at)}, by {decision.settled_by}"),
        ("Rationale", decision.rationale),
        ("Dissent", "; ".join(f"{one.get_partner_display()}: {one.reason}" for one in dissent)),
        ("How it was decided", decision.without_view_reason),
    ]
    return [Row(key, value) for key, value in rows if value]


@dataclass(frozen=True)
class ShownEscalation:
    """An escalation with each lead partner's answer."""

    heading: str
    rows: list[Row]
    cards: list[Signature]


def escalation_shown(escalation: Escalation) -> ShownEscalation:
    """Why it was escalated, what each lead partner answered, what it came to."""
    answers = {one.partner: one for one in escalation.answers.all()}
    rows = [
        ("Escalated", f"{long_moment(escalation.raised_at)}. {escalation.why}"),
        ("Outcome", escalation.get_outcome_display()),
        ("Reason", escalation.reason),
    ]
    cards = [
        Signature(
            partner=f"Lead partner, {partner.label}",
            person=given.given_by.user.full_name,
            capacity=f"{given.given_by.capacity}. {given.delegation}"
            if given.delegation
            else given.given_by.capacity,
            answer=LEAD_ANSWERS[Answer(given.answer)],
            reason=given.reason,
            at=given.given_at,
        )
        if (given := answers.get(partner)) is not None
        else Signature(partner=f"Lead partner, {partner.label}")
        for partner in Partner
    ]
    heading = f"Escalation of version {escalation.decision.version}"
    return ShownEscalation(heading, [Row(key, value) for key, value in rows if value], cards)


def absent_leads(review: RapidReview, escalation: Escalation) -> str:
    """Partners without a lead partner who can decide, named; empty when each has one."""
    able = {one.partner for one in signing.leads_of(review, escalation.decision)}
    missing = [one for one in Partner.values if one not in able]
    return signing.labels(missing) if missing else ""
