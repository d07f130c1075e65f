"""What was put to the partners as it is shown: papers, what changed, a signature card a partner, dissent, comments."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from django.urls import reverse

from cspr.decisions.models import Answer, Comment, Decision, DecisionStatus, SignOff
from cspr.decisions.presenters import signature_cards
from cspr.govuk.dates import long_moment
from cspr.govuk.parts import Row, Signature
from cspr.govuk.words import capital
from cspr.people.models import Membership, Partner
from cspr.people.selectors import partners_of
from rapid_reviews.models import Escalation, RapidReview
from rapid_reviews.presenters.papers import Change, ShownPart, changes_shown, in_paragraphs, parts_shown
from rapid_reviews.selectors import signing

ANSWERS = {Answer.YES: "Agrees", Answer.NO: "Disagrees", Answer.CANNOT_TAKE_PART: "Cannot take part"}
LEAD_ANSWERS = {Answer.YES: "Uphold", Answer.NO: "Send back"}
NOBODY_CAN_DECIDE = (
    "Nobody: no lead safeguarding partner may open this case and has neither prepared nor signed the review. "
    "The business unit manager adds one, or the unit takes the review back."
)
NO_LONGER_COUNTS = (
    "This signature no longer counts: who gave it has a conflict of interest in the case. The business unit takes the "
    "review back and puts it to the partners again"
)
TAKEN_BACK = "This signature was taken back: it does not stand for what changed afterwards"


@dataclass(frozen=True)
class Shown:
    """One version as shown."""

    heading: str
    decision: Decision
    parts: list[ShownPart]
    sha256: str
    changes: list[Change]
    cards: list[Signature]
    outcome: list[Row]
    comments: list[Comment]
    href: str


def shown(decision: Decision, acting: Membership, *, may_sign: bool, before: Decision | None = None) -> Shown:
    """A version with its frozen papers, what changed since the one before, its signature cards."""
    case = decision.case
    is_open = decision.status == DecisionStatus.OPEN
    people = partners_of(case.partnership) if is_open else []
    href = reverse("rapid_review_sign", args=[case.pk]) if may_sign else ""
    papers = getattr(decision, "rapid_review_papers", None)
    return Shown(
        heading=f"Version {decision.version}: {STATES[DecisionStatus(decision.status)]}",
        decision=decision,
        parts=parts_shown(decision.papers, decided=decision.settled_at is not None),
        sha256=papers.sha256 if papers else "",
        changes=changes_shown(before.papers, decision.papers) if before else [],
        cards=_cards(decision, people=people, acting=acting, href=href),
        outcome=_outcome(decision),
        comments=list(decision.comments.all()),
        href=reverse("rapid_review_version", args=[case.pk, decision.pk]),
    )


def shown_all(decisions: Sequence[Decision], acting: Membership, *, may_sign: bool) -> list[Shown]:
    """Versions, the latest first, each with what changed since the one before it."""
    return [
        shown(one, acting, may_sign=may_sign and one is decisions[0], before=before)
        for one, before in zip_longest(decisions, decisions[1:])
    ]


STATES = {
    DecisionStatus.OPEN: "with the partners",
    DecisionStatus.SETTLED: "decided",
    DecisionStatus.TAKEN_BACK: "taken back",
}


def _cards(decision: Decision, *, people: list[Membership], acting: Membership, href: str) -> list[Signature]:
    """The cards in words of agreement, in the order LA, ICB, police."""
    given = {one.partner: one for one in decision.sign_offs.all()}
    cards = signature_cards(decision, people=people, acting=acting, href=href)
    is_open = decision.status == DecisionStatus.OPEN
    walled = signing.walled_off(decision.case) if is_open and given else set()
    worded = []
    for partner, card in zip(Partner, cards, strict=True):
        if partner in given:
            words = ANSWERS[Answer(given[partner].answer)]
            note = NO_LONGER_COUNTS if given[partner].given_by.user_id in walled else ""
            taken_back = TAKEN_BACK if decision.status == DecisionStatus.TAKEN_BACK else note
            card = replace(card, answer=words, taken_back=taken_back)
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
        ("Rationale", in_paragraphs(decision.rationale)),
        ("Dissent", in_paragraphs("\n".join(_dissent(one) for one in dissent))),
        ("How it was decided", decision.without_view_reason),
    ]
    return [Row(key, value) for key, value in rows if value]


def _dissent(one: SignOff) -> str:
    return f"{capital(one.get_partner_display())}, {ANSWERS[Answer(one.answer)].lower()}: {one.reason}"


@dataclass(frozen=True)
class ShownEscalation:
    """An escalation with each lead partner's answer."""

    heading: str
    rows: list[Row]
    cards: list[Signature]


def escalation_shown(escalation: Escalation) -> ShownEscalation:
    """Why it was escalated, what each lead partner answered, what it came to."""
    answers = {one.partner: one for one in escalation.answers.all()}
    awaiting = "Not yet given" if escalation.is_open else "Not given before the decision"
    rows = [
        ("Escalated", f"{long_moment(escalation.raised_at)}. {escalation.why}"),
        ("Who can decide", _who_can_decide(escalation)),
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
        else Signature(partner=f"Lead partner, {partner.label}", awaiting=awaiting)
        for partner in Partner
    ]
    heading = f"Escalation of version {escalation.decision.version}"
    return ShownEscalation(heading, [Row(key, value) for key, value in rows if value], cards)


def _who_can_decide(escalation: Escalation) -> str:
    """The lead partners it waits for, while it waits."""
    if not escalation.is_open:
        return ""
    able = signing.leads_of(escalation.review, escalation.decision)
    named = (f"{one.user.full_name}, for the {Partner(one.partner).label}" for one in able)
    return in_paragraphs("\n".join(named)) or NOBODY_CAN_DECIDE


def absent_leads(review: RapidReview, escalation: Escalation) -> str:
    """Partners without a lead partner who can decide, named; empty when each has one."""
    able = {one.partner for one in signing.leads_of(review, escalation.decision)}
    missing = [one for one in Partner.values if one not in able]
    return signing.labels(missing) if missing else ""
