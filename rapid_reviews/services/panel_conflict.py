"""Somebody who acts for the Panel steps back from a case of which something was sent to it (roles.md)."""

from cspr.audit.recording import recorded
from cspr.cases import services as cases
from cspr.cases.models import Wall
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.people.models import Membership
from cspr.workflow import Refused
from rapid_reviews.models import RapidReview
from rapid_reviews.selectors import review as reviews


@recorded
def declare_conflict_of_the_panel(review: RapidReview, *, by: Membership, reason: str) -> Wall:
    """Wall oneself off the case: from now on nothing that was sent to the Panel of it is found anywhere."""
    if not by.is_panel or not reviews.comes_to(review, by):
        raise Refused(NOT_OPEN_TO_YOU)
    if not reason.strip():
        raise Refused(fields={"reason": "Enter what the conflict of interest is"})
    return cases.wall_off_outside(review.case, user=by.user, by=by, reason=reason)
