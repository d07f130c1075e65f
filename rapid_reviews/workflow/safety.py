"""What may happen to an immediate safety action, as data, whatever the state of the review. Rule 6.1."""

from typing import Any

from cspr.permissions import Permission
from cspr.statute.sources import CHAPTER_6
from cspr.workflow import Table, Transition
from rapid_reviews.models import SafetyAction
from rapid_reviews.options.safety import ActionStatus

TO_DO, DONE, DROPPED = ActionStatus.TO_DO, ActionStatus.DONE, ActionStatus.DROPPED


def of_this_partnership(action: SafetyAction, by: Any) -> str | None:
    own = by.partnership_id == action.review.case.partnership_id
    return None if own else "This case belongs to another partnership."


P = Permission.KEEP_SAFETY_ACTIONS
OWN = (of_this_partnership,)
CHANGE = Transition("change", "Save", frozenset({TO_DO}), TO_DO, P, CHAPTER_6, guards=OWN)
"""Never applied: it says who may change an action, and when."""
COMPLETE = Transition(
    "complete", "Record as done", frozenset({TO_DO}), DONE, P, CHAPTER_6, guards=OWN, past="done"
)
DROP = Transition(
    "drop", "Record that it is no longer needed", frozenset({TO_DO}), DROPPED, P, CHAPTER_6, guards=OWN,
    needs_reason=True, past="dropped",
)  # fmt: skip
REOPEN = Transition(
    "reopen",
    "Put back to be done",
    frozenset({DONE, DROPPED}),
    TO_DO,
    P,
    CHAPTER_6,
    guards=OWN,
    needs_reason=True,
)
TRANSITIONS = Table((COMPLETE, DROP, REOPEN))
