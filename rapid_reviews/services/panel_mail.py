"""Mail to those who act for the Panel: that something waits there, behind sign-in. It says nothing of the case."""

from django.urls import reverse

from cspr.dispatch import services as dispatch
from cspr.people.models import Membership
from cspr.people.selectors import panel_officers
from rapid_reviews.models import RapidReview


def tell_the_panel(review: RapidReview, *, what: str, by: Membership) -> None:
    """One mail to each of the Panel's officers today, those walled off the case aside. ``what`` is a phrase.

    It is no sending: the Panel is told by what the partnership sends and records (C5, C9).
    """
    link = reverse("panel_review", args=[review.pk])
    for officer in panel_officers():
        dispatch.post(
            to=officer, subject=what, reference=review.case.reference, link=link, by=by, about=review.case
        )
