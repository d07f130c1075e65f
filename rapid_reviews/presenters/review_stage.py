"""How the review looks from the case page: how far it is, and what this person can do next."""

from django.urls import reverse

from cspr.govuk.parts import Stage, Step
from cspr.now import london_day
from cspr.people.models import Membership
from cspr.permissions import can
from cspr.workflow import Transition, refusals
from rapid_reviews.models import RapidReview
from rapid_reviews.options.review import Outcome, ReviewStatus
from rapid_reviews.selectors.sending import outcome_that_stands
from rapid_reviews.selectors.signing import signatories_escalated, version_to
from rapid_reviews.services.escalating import answer_refusals
from rapid_reviews.services.signing import sign_refusals
from rapid_reviews.workflow import review as table
from rapid_reviews.workflow import sending

DONE = {ReviewStatus.SENT, ReviewStatus.ANSWERED, ReviewStatus.CLOSED_NOT_MEETING}
PAGES = {
    table.PUT_TO_PARTNERS: "rapid_review_put_to_partners",
    table.TAKE_BACK: "rapid_review_take_back",
    table.SIGN: "rapid_review_sign",
    table.ANSWER_ESCALATION: "rapid_review_escalation",
    sending.SEND_REVIEW: "rapid_review_send",
    sending.RECORD_PANEL_ANSWER: "rapid_review_panel_answer",
    table.REDECIDE: "rapid_review_decide_again",
    sending.RECORD_PANEL_LETTER: "rapid_review_panel_answer",
    sending.CLOSE_NOT_MEETING: "rapid_review_close",
    **dict.fromkeys(sending.REOPENINGS.values(), "rapid_review_reopen"),
}
AT_STATUS: dict[str, tuple[Transition, ...]] = {
    table.GATHERING: (table.PUT_TO_PARTNERS, sending.RECORD_PANEL_LETTER, sending.CLOSE_NOT_MEETING),
    table.WITH_PARTNERS: (
        table.SIGN,
        table.ANSWER_ESCALATION,
        table.TAKE_BACK,
        sending.RECORD_PANEL_LETTER,
        sending.CLOSE_NOT_MEETING,
    ),
    table.SIGNED: (
        sending.SEND_REVIEW,
        table.TAKE_BACK,
        sending.RECORD_PANEL_LETTER,
        sending.CLOSE_NOT_MEETING,
    ),
    table.SENT: (sending.RECORD_PANEL_ANSWER, sending.CLOSE_NOT_MEETING),
    table.ANSWERED: (sending.RECORD_PANEL_ANSWER, table.REDECIDE, sending.CLOSE_NOT_MEETING),
    ReviewStatus.CLOSED_NOT_MEETING: (sending.RECORD_PANEL_LETTER, *sending.REOPENINGS.values()),
}
ASIDE: dict[str, tuple[Transition, ...]] = {
    "": (
        table.TAKE_BACK,
        sending.RECORD_PANEL_LETTER,
        sending.CLOSE_NOT_MEETING,
        *sending.REOPENINGS.values(),
    ),
    table.ANSWERED: (sending.RECORD_PANEL_ANSWER, sending.CLOSE_NOT_MEETING),
}
"""What can be done besides the step that is next."""
LABELS = {
    table.SIGN.name: "Sign the rapid review",
    table.ANSWER_ESCALATION.name: "Decide on the disagreement",
}


RAPID_REVIEW = "Rapid review"
NOT_TAKEN: dict[str, str] = {
    Outcome.NONE: "the partners decided to hold no review",
    Outcome.OTHER_LEARNING: "the partners decided to learn in another way",
}
CLOSED = "found not to meet the criteria"


def stages(review: RapidReview) -> dict[str, Stage]:
    """The stage itself, and every later one that is not taken, by label."""
    state = "done" if review.status in DONE else "current"
    ended = review.closed_at or review.sent_at
    on = london_day(ended) if ended and state == "done" else None
    own = Stage(RAPID_REVIEW, state, on, reverse("rapid_review", args=[review.case_id]))
    skipped = {label: Stage(label, "skipped", why=why) for label, why in _not_taken(review).items()}
    return {RAPID_REVIEW: own, **skipped}


def _not_taken(review: RapidReview) -> dict[str, str]:
    """Why stages after this one are not taken, by stage; a decision counts once it went to the Panel."""
    if review.status == ReviewStatus.CLOSED_NOT_MEETING:
        return dict.fromkeys(("Review", "Publication", "Improvement"), CLOSED)
    if review.status not in {ReviewStatus.SENT, ReviewStatus.ANSWERED}:
        return {}
    why = NOT_TAKEN.get(outcome_that_stands(review))
    return dict.fromkeys(("Review", "Publication"), why) if why else {}


def steps(review: RapidReview, acting: Membership) -> list[Step]:
    """What belongs to this person at this status; what cannot be done yet says why."""
    found = []
    if review.status == table.GATHERING and can(acting, table.WRITE.permission):
        found.append(Step("Write the rapid review", reverse("rapid_review", args=[review.case_id])))
    for one in AT_STATUS.get(review.status, ()):
        reasons = _refusals(review, one, acting) if can(acting, one.permission) else None
        if reasons is None:
            continue
        found.append(
            Step(
                label=LABELS.get(one.name, one.label),
                href=reverse(PAGES[one], args=[review.case_id]),
                refusals=tuple(reasons),
                secondary=one in ASIDE.get(review.status, ASIDE[""]),
            )
        )
    return found


def _refusals(review: RapidReview, transition: Transition, acting: Membership) -> list[str] | None:
    """Why not yet, on a page of a case they opened; None where the step is not before this person at all."""
    if transition is table.SIGN:
        version = version_to(acting, review.case)
        signed = version is not None and version.own_signature is not None
        return None if signed else sign_refusals(review, acting, opened=version)
    if transition is table.ANSWER_ESCALATION:
        signatories = signatories_escalated(review)
        return None if signatories is None else answer_refusals(review, acting, opened=signatories)
    if transition is sending.RECORD_PANEL_LETTER and review.sent_at is None:
        return None
    reasons = refusals(review, transition, acting)
    not_before_them = transition is table.REDECIDE or transition in sending.REOPENINGS.values()
    return None if not_before_them and reasons else reasons
