"""The first question of the verbs that keep what happens around a review: may this person, on this case, now."""

from cspr.cases.models import Case
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import Refused
from rapid_reviews.selectors.review import reaches


def require(case: Case, permission: Permission, *, by: Membership) -> None:
    """Raises Refused for another role, another partnership, or somebody a wall was raised against since."""
    if not can(by, permission):
        raise Refused(f"This is not yours to do: it needs {permission.whose}.")
    if by.partnership_id != case.partnership_id or not reaches(case, by):
        raise Refused(NOT_OPEN_TO_YOU)
