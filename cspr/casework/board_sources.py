"""Where the board's rows come from: one source a stage, each a fixed number of queries."""

from cspr.casework.board import Source, Waiting
from cspr.people.models import Membership

SOURCES: tuple[Source, ...] = ()


def waiting_for(acting: Membership) -> list[Waiting]:
    """All that waits for this capacity."""
    return [row for source in SOURCES for row in source(acting)]
