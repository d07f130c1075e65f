"""A rapid review opens by its notification, once, and never without one. Rules 4.4, 5.1, 6.2."""

import pytest

from cspr.workflow import Refused
from rapid_reviews.models import RapidReview
from rapid_reviews.services.review import open_review
from rapid_reviews.workflow.content import CRITERIA
from rapid_reviews.workflow.sections import BY_KEY, PARTS, SECTIONS
from tests.factories import incidents, notifications
from tests.factories import rapid_reviews as make
from tests.factories.people import World


def test_review_opens_with_every_section_and_criterion(northvale: World) -> None:
    review = make.opened(northvale)
    assert review.status == "gathering"
    assert {one.key for one in review.sections.all()} == set(BY_KEY)
    assert {one.key for one in review.criteria.all()} == {one.what for one in CRITERIA}
    assert [one.version for one in review.proposals.all()] == [1]


def test_review_opened_twice_is_one(northvale: World) -> None:
    review = make.opened(northvale)
    assert open_review(review.notification, by=northvale.second_officer) == review
    assert RapidReview.objects.count() == 1


def test_no_review_without_a_notification_sent(northvale: World) -> None:
    pack = notifications.pack(northvale)
    with pytest.raises(Refused, match="no rapid review without a notification"):
        open_review(pack, by=northvale.officer)


def test_no_review_on_a_route_without_one(northvale: World) -> None:
    sent = notifications.sent(northvale, route="B", answers=incidents.LOOKED_AFTER_WITHOUT_ABUSE)
    with pytest.raises(Refused, match="Route B has no rapid review"):
        open_review(sent, by=northvale.officer)


def test_review_is_opened_by_who_records_the_sending(northvale: World) -> None:
    sent = notifications.sent(northvale)
    with pytest.raises(Refused, match="business unit"):
        open_review(sent, by=northvale.icb)


def test_every_section_stands_under_one_heading() -> None:
    assert sorted(key for _, keys in PARTS for key in keys) == sorted(one.key for one in SECTIONS)


def test_equality_section_is_required() -> None:
    assert BY_KEY["equality"].required
