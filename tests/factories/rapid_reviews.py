"""Rapid reviews, built through the verbs of the unit and the partners. All of it is invented."""

from typing import Any

from notifications.models import Notification
from rapid_reviews.models import RapidReview
from rapid_reviews.selectors.review import find_review
from rapid_reviews.services.review import open_review
from tests.factories import notifications
from tests.factories.people import World


def found(notification_or_review: Notification | RapidReview) -> RapidReview:
    """The review as it stands in the database."""
    review = find_review(notification_or_review.case)
    assert review is not None
    return review


def opened(world: World, **sent_with: Any) -> RapidReview:
    """Open: a notification by route A was just recorded as sent."""
    notification = notifications.sent(world, **sent_with)
    open_review(notification, by=world.officer)
    return found(notification)
