"""What may happen to a proceeding beside the case, as data. Rule 7.3."""

from typing import Any

from cspr.cases.kinds import ProceedingStatus
from cspr.cases.models import Proceeding
from cspr.permissions import Permission
from cspr.statute.sources import CHAPTER_7
from cspr.workflow import Table, Transition

RUNNING, ENDED = ProceedingStatus.RUNNING, ProceedingStatus.ENDED


def of_this_partnership(proceeding: Proceeding, by: Any) -> str | None:
    own = by.partnership_id == proceeding.case.partnership_id
    return None if own else "This case belongs to another partnership."


def holds_nothing_up(proceeding: Proceeding, by: Any) -> str | None:
    """A hold is lifted by a person with a reason, never because its proceeding ended."""
    standing = [one.get_on_display().lower() for one in proceeding.holds.all() if one.lifted_at is None]
    return f"Lift the hold on {' and on '.join(standing)} first." if standing else None


OWN = (of_this_partnership,)
CHANGE = Transition(
    "change", "Save", frozenset({RUNNING}), RUNNING, Permission.KEEP_PROCEEDINGS, CHAPTER_7, guards=OWN
)
"""Never applied: it says who may change a proceeding and place holds, and when."""
END = Transition(
    "end", "Record that it ended", frozenset({RUNNING}), ENDED, Permission.KEEP_PROCEEDINGS, CHAPTER_7,
    guards=(of_this_partnership, holds_nothing_up), past="ended",
)  # fmt: skip
REOPEN = Transition(
    "reopen", "Record that it runs again", frozenset({ENDED}), RUNNING, Permission.KEEP_PROCEEDINGS, CHAPTER_7,
    guards=OWN, needs_reason=True,
)  # fmt: skip
TRANSITIONS = Table((END, REOPEN))
