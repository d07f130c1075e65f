"""The review's rows of the board: what waits for the unit, for a partner, for a lead partner; whom one waits for."""

from typing import Any

from django.urls import reverse

from cspr.decisions.models import Decision
from cspr.govuk.parts import Waiting
from cspr.people.models import Membership, Partner
from cspr.permissions import Permission, can
from rapid_reviews.models import Escalation
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.selectors import review_board as selectors


def waiting(acting: Membership) -> list[Waiting]:
    """What the rapid reviews of one's cases wait for."""
    if not can(acting, Permission.SEE_CASES):
        return []
    found = list(selectors.waiting_reviews(acting))
    versions, escalations = selectors.open_versions(found), selectors.open_escalations(found)
    rows = (_row(one, versions.get(one.case_id), escalations.get(one.case_id), acting) for one in found)
    return [row for row in rows if row is not None]


def _row(
    review: Any, version: Decision | None, escalation: Escalation | None, acting: Membership
) -> Waiting | None:
    if review.status == ReviewStatus.WITH_PARTNERS and version is not None:
        return _with_partners(review, version, escalation, acting)
    titles = {
        ReviewStatus.GATHERING: "Prepare the rapid review",
        ReviewStatus.SIGNED: "Send the rapid review to the Panel",
    }
    title = titles.get(review.status)
    if title is None:
        return None
    if acting.is_unit:
        return _waits(review, title, "rapid_review")
    if can(acting, Permission.SIGN_REVIEW):
        return _waits(review, title, "rapid_review", told="Waiting for the business unit", for_others=True)
    return None


def _with_partners(
    review: Any, version: Decision, escalation: Escalation | None, acting: Membership
) -> Waiting | None:
    signed = {one.partner for one in version.sign_offs.all()}
    asked = f"asked by {version.asked_by.user.full_name}"
    own = can(acting, Permission.SIGN_REVIEW) and version.asked_by.user_id != acting.user_id
    if own and acting.partner not in signed:
        return _waits(review, "Sign the rapid review", "rapid_review_sign", told=asked)
    if escalation is not None:
        answered = {one.partner for one in escalation.answers.all()}
        if can(acting, Permission.DECIDE_ESCALATION) and acting.partner not in answered:
            return _waits(
                review, "Decide on the disagreement", "rapid_review_escalation", told=escalation.why
            )
        told = "Waiting for the lead safeguarding partners"
        return _waits(
            review, "A disagreement on the rapid review", "rapid_review", told=told, for_others=True
        )
    missing = " and the ".join(one.label for one in Partner if one not in signed)
    told = f"Waiting for the {missing}"
    return _waits(review, "The signatures on the rapid review", "rapid_review", told=told, for_others=True)


def _waits(review: Any, title: str, page: str, *, told: str = "", for_others: bool = False) -> Waiting:
    return Waiting(
        title=title,
        href=reverse(page, args=[review.case_id]),
        reference=review.case.reference,
        pseudonym=review.case.pseudonym,
        due_on=review.due_on,
        told=told,
        for_others=for_others,
    )
