"""What waits for somebody, of some kinds only, as the board tells it."""

from datetime import date

from cspr.cases.waiting import Kinds, Within, first_of
from cspr.casework.board_sources import in_words
from cspr.deadlines import calendar
from cspr.govuk.parts import Waiting
from cspr.now import today
from cspr.people.models import Membership
from notifications.presenters import board as notifications
from rapid_reviews.presenters import request_board
from rapid_reviews.selectors import board as rapid_reviews


def board_rows(acting: Membership, *names: str, on: date | None = None) -> list[Waiting]:
    """The rows of these kinds that stand on this person's board today, or on another day."""
    day = on or today()
    stages = (notifications.kinds(acting), rapid_reviews.kinds(acting, day, calendar.current()))
    asked = [
        Kinds([kind for kind in stage.kinds if kind.name in names], stage.shared, stage.given)
        for stage in stages
    ]
    ranked = first_of(acting, asked, Within(day, day))
    return [in_words(one, acting) for rows in ranked.rows.values() for one in rows]


def review_rows(acting: Membership) -> list[Waiting]:
    """The review itself, and the partners' signatures on it."""
    return board_rows(acting, "review", "signatures")


def panel_rows(acting: Membership) -> list[Waiting]:
    """What is between the partnership and the Panel."""
    return board_rows(acting, "panel_question", "decide_again", "panel_answer")


def national_rows(acting: Membership) -> list[Waiting]:
    """What is missing of a national review the Panel holds."""
    return board_rows(acting, "national")


def request_rows(acting: Membership) -> list[Waiting]:
    """The information requests, for the unit and for the agencies."""
    kinds = ("requests_to_ask", "requests_to_issue", "refused", "returns")
    return [*board_rows(acting, *kinds), *request_board.waiting(acting)]


def meeting_rows(acting: Membership) -> list[Waiting]:
    return board_rows(acting, "meeting_to_plan", "meeting", "meeting_to_attend")


def family_rows(acting: Membership, on: date | None = None) -> list[Waiting]:
    return board_rows(acting, "family_again", "family_to_tell", on=on)
