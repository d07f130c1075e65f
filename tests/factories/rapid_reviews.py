"""Rapid reviews, built through the verbs of the unit and the partners. All of it is invented."""

from typing import Any

from cspr.decisions.models import Answer
from cspr.people.models import Membership
from notifications.models import Notification
from rapid_reviews.models import RapidReview
from rapid_reviews.options.review import Met, Outcome
from rapid_reviews.selectors.review import find_review
from rapid_reviews.services.review import open_review
from rapid_reviews.services.signing import put_to_partners, sign
from rapid_reviews.services.writing import answer_criterion, save_section, write_decision, write_detail
from rapid_reviews.workflow.content import CRITERIA, DETAILS
from rapid_reviews.workflow.sections import SECTIONS
from tests.factories import notifications
from tests.factories.people import World
from tests.kept import kept


def found(notification_or_review: Notification | RapidReview) -> RapidReview:
    """The review as it stands in the database."""
    review = find_review(notification_or_review.case)
    assert review is not None
    return review


@kept
def opened(world: World, **sent_with: Any) -> RapidReview:
    """Open: a notification by route A was just recorded as sent."""
    notification = notifications.sent(world, **sent_with)
    open_review(notification, by=world.officer)
    return found(notification)


@kept
def written(world: World, *, outcome: Outcome = Outcome.NONE, **sent_with: Any) -> RapidReview:
    """Everything is written that the partners need before they sign."""
    return write_all(opened(world, **sent_with), by=world.officer, outcome=outcome)


def write_all(
    review: RapidReview, *, by: Membership, outcome: Outcome = Outcome.NONE, note: str = ""
) -> RapidReview:
    """Write every section, criterion and the decision."""
    for section in SECTIONS:
        text = f"Invented text of {section.key}{note}"
        save_section(review, section=section.key, text=text, revision=None, by=by)
    for criterion in CRITERIA:
        answer_criterion(
            review,
            criterion=criterion.what,
            answer=Met.NOT_MET,
            reason=f"Invented{note}",
            revision=None,
            by=by,
        )
    return propose(review, by=by, outcome=outcome, note=note)


def propose(
    review: RapidReview, *, by: Membership, outcome: Outcome = Outcome.NONE, note: str = ""
) -> RapidReview:
    """Write the decision and what follows from it."""
    write_decision(review, outcome=outcome, rationale=f"Invented rationale{note}", revision=None, by=by)
    texts = {column: f"Invented {column}{note}" for column, _ in DETAILS[outcome]}
    write_detail(review, answers={**texts, "target_on": None}, revision=None, by=by)
    return found(review)


@kept
def with_partners(world: World, **written_with: Any) -> RapidReview:
    """Put to the three partners by the second officer."""
    return found(put_to_partners(written(world, **written_with), by=world.second_officer))


@kept
def signed(world: World, **written_with: Any) -> RapidReview:
    """All three partners agreed."""
    return sign_all(with_partners(world, **written_with), world)


def put(review: RapidReview, *, by: Membership) -> RapidReview:
    """Put to the three partners."""
    return found(put_to_partners(found(review), by=by))


def sign_all(review: RapidReview, world: World) -> RapidReview:
    """All three partners agree to the version before them."""
    for partner in world.partners:
        sign(review, by=partner, answer=Answer.YES, reason="Invented agreement")
    return found(review)


@kept
def escalated(world: World, *, by: Membership | None = None, **written_with: Any) -> RapidReview:
    """The police (or ``by``) disagreed."""
    review = with_partners(world, **written_with)
    sign(review, by=by or world.police, answer=Answer.NO, reason="Invented disagreement")
    return found(review)
