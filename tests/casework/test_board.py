"""The board: what stands where, and who sees it."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from cspr.casework.board import Waiting, groups
from cspr.people.models import Membership
from tests.factories.people import World

TODAY = date(2026, 11, 26)


def test_rows_stand_by_urgency(db: None) -> None:
    rows = [
        Waiting("Late", "/", "A", due_on=date(2026, 11, 25)),
        Waiting("Today", "/", "B", due_on=TODAY),
        Waiting("Soon", "/", "C", due_on=date(2026, 12, 3)),
        Waiting("Later", "/", "D", due_on=date(2026, 12, 4)),
        Waiting("Undated", "/", "E"),
        Waiting("Theirs", "/", "F", due_on=TODAY, for_others=True),
    ]
    shown = {group.heading: [act.title for act in group.acts] for group in groups(rows, TODAY)}
    assert list(shown.values()) == [["Late"], ["Today"], ["Soon"], ["Later", "Undated"], ["Theirs"]]


def test_lateness_is_counted_in_working_days(db: None) -> None:
    friday = Waiting("Late", "/", "A", due_on=date(2026, 11, 27))
    overdue = groups([friday], date(2026, 11, 30))[0].acts[0]
    assert overdue.late == "1 working day late"


def test_board_greets_every_role(northvale: World, browser: Callable[[Membership], Client]) -> None:
    for name, member in northvale.everybody().items():
        response = browser(member).get("/")
        assert response.status_code == 200, name
        assert member.user.full_name in response.content.decode()


def test_board_needs_sign_in(db: None) -> None:
    response = Client().get("/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/account/login/")
