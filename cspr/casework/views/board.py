"""The board: what waits for me."""

from typing import Any

from cspr.casework.alarms import alarms
from cspr.casework.board import groups
from cspr.casework.board_sources import waiting_for
from cspr.govuk.dates import long_date
from cspr.now import today
from cspr.permissions import Permission
from cspr.views import Page


class Board(Page):
    """Every act that waits for this person in this capacity, overdue and due today on top, and how many."""

    permission = Permission.SEE_BOARD
    template_name = "casework/board.html"
    title = "Your board"

    def context(self) -> dict[str, Any]:
        on = today()
        return {
            "groups": groups(waiting_for(self.acting), on),
            "on": long_date(on),
            "alarms": alarms(self.acting),
        }
