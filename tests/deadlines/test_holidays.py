"""A day proclaimed or withdrawn: what moves is shown first; then only open clocks move, both ways."""

from datetime import date

import pytest
import time_machine

from cspr.audit.models import Event
from cspr.cases.services import wall_off
from cspr.deadlines import calendar
from cspr.deadlines.models import Deadline, DueDate, Holiday, Reminder
from cspr.deadlines.selectors import calendar_running_out
from cspr.deadlines.services import Change, Preview, apply_change, meet, preview_change, start, sweep
from cspr.models import Changed
from cspr.workflow import Refused
from tests.factories.clocks import THURSDAY, at, make_clock
from tests.factories.people import World

WEDNESDAY = date(2026, 11, 25)
TITLE = "Day of mourning"


def proclaim(world: World, day: date = WEDNESDAY, **given: str) -> Preview:
    return apply_change(day, title=TITLE, change=Change.PROCLAIM, by=world.manager, **given)


def due(deadline: Deadline) -> date:
    deadline.refresh_from_db()
    return deadline.due_on


def test_day_proclaimed_tomorrow_moves_open_clocks_counted_forward(northvale: World) -> None:
    deadline = make_clock(northvale)
    shown = preview_change(WEDNESDAY, title=TITLE, change=Change.PROCLAIM)
    assert [(one.deadline, one.before, one.after) for one in shown.moves] == [
        (deadline, date(2026, 11, 26), date(2026, 11, 27))
    ]
    assert due(deadline) == date(2026, 11, 26), "a preview changes nothing"
    proclaim(northvale, seen=shown.seen)
    assert due(deadline) == date(2026, 11, 27)
    assert deadline.first_due_on == date(2026, 11, 26)
    beside = DueDate.objects.get(deadline=deadline)
    assert (beside.before, beside.due_on, beside.set_by) == (
        date(2026, 11, 26),
        date(2026, 11, 27),
        northvale.manager,
    )
    assert beside.why == f"Wednesday 25 November 2026 became a bank holiday: {TITLE}"


def test_clock_counted_back_moves_earlier(northvale: World) -> None:
    """C11: 7 working days before Friday 4 December is Wednesday 25 November; with that a holiday, the Tuesday."""
    with time_machine.travel(at(20), tick=False):
        case = make_clock(northvale, clock="C4", moment=at(16)).case
        deadline = start(case, clock="C11", moment=at(4, month=12), by=northvale.officer)
    assert deadline.due_on == WEDNESDAY
    proclaim(northvale)
    assert due(deadline) == date(2026, 11, 24)


def test_met_withdrawn_and_monthly_clocks_and_dates_set_by_hand_stay(northvale: World) -> None:
    met = make_clock(northvale)
    meet(met.case, clock="C1", at=at(24), by=northvale.officer)
    monthly = make_clock(northvale, clock="C10", moment=at(25, month=5))
    named = start(met.case, clock="C9", moment=THURSDAY, by=northvale.officer, due_on=WEDNESDAY)
    assert proclaim(northvale).moves == ()
    assert [due(one) for one in (met, monthly, named)] == [date(2026, 11, 26), WEDNESDAY, WEDNESDAY]


def test_reminders_follow_and_nothing_fires_for_the_old_date(northvale: World) -> None:
    deadline = make_clock(northvale)
    sweep(at(24))
    proclaim(northvale)
    waiting = Reminder.objects.filter(deadline=deadline, fired_at__isnull=True).order_by(
        "fires_on", "escalates"
    )
    assert {one.due_on for one in waiting} == {date(2026, 11, 27)}
    assert [(one.offset, one.fires_on.day) for one in waiting] == [
        (-2, 24),
        (-1, 26),
        (0, 27),
        (1, 30),
        (1, 30),
    ]


def test_threshold_across_the_day_moves_though_the_due_date_stays(northvale: World) -> None:
    """Due Thursday 26 November, escalated on the Friday: with that a holiday, on the Monday."""
    deadline = make_clock(northvale)
    proclaim(northvale, date(2026, 11, 27))
    assert due(deadline) == date(2026, 11, 26)
    assert Reminder.objects.get(deadline=deadline, escalates=True).fires_on == date(2026, 11, 30)


def test_withdrawing_gives_the_day_back(northvale: World) -> None:
    deadline = make_clock(northvale)
    proclaim(northvale)
    apply_change(WEDNESDAY, title="", change=Change.WITHDRAW, by=northvale.manager)
    assert due(deadline) == date(2026, 11, 26)
    assert [one.due_on.day for one in deadline.due_dates.all()] == [27, 26]
    assert calendar.current().is_working(WEDNESDAY)
    assert not Holiday.objects.filter(ended_at__isnull=True).exists()


def test_bundled_day_can_be_withdrawn_and_proclaimed_again(northvale: World) -> None:
    boxing_day = date(2026, 12, 28)
    deadline = make_clock(northvale, clock="C5", moment=at(10, month=12))
    before = deadline.due_on
    apply_change(boxing_day, title="", change=Change.WITHDRAW, by=northvale.manager)
    assert due(deadline) < before
    apply_change(boxing_day, title="Boxing Day", change=Change.PROCLAIM, by=northvale.manager)
    assert due(deadline) == before


def test_clock_started_afterwards_counts_the_new_day(northvale: World) -> None:
    proclaim(northvale)
    assert make_clock(northvale).due_on == date(2026, 11, 27)


def test_every_partnership_moves(northvale: World, southmere: World) -> None:
    own, other = make_clock(northvale), make_clock(southmere)
    assert len(proclaim(northvale).moves) == 2
    assert due(own) == due(other) == date(2026, 11, 27)


def test_stale_preview_is_refused(northvale: World) -> None:
    seen = preview_change(WEDNESDAY, title=TITLE, change=Change.PROCLAIM).seen
    deadline = make_clock(northvale)
    with pytest.raises(Changed):
        proclaim(northvale, seen=seen)
    assert due(deadline) == date(2026, 11, 26)
    assert not Holiday.objects.exists()


@pytest.mark.parametrize(
    ("day", "title", "change", "field"),
    [
        (date(2026, 11, 28), TITLE, Change.PROCLAIM, "day"),
        (date(2026, 12, 25), TITLE, Change.PROCLAIM, "day"),
        (date(2026, 11, 25), "", Change.WITHDRAW, "day"),
        (date(2026, 11, 28), "", Change.WITHDRAW, "day"),
        (date(2025, 1, 6), TITLE, Change.PROCLAIM, "day"),
        (date(2056, 1, 6), TITLE, Change.PROCLAIM, "day"),
        (WEDNESDAY, "  ", Change.PROCLAIM, "title"),
        (WEDNESDAY, "x" * 121, Change.PROCLAIM, "title"),
    ],
)
def test_impossible_changes_are_refused(
    northvale: World, day: date, title: str, change: Change, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        apply_change(day, title=title, change=change, by=northvale.manager)
    assert list(refused.value.fields) == [field]


def test_day_in_the_past_needs_a_note(northvale: World) -> None:
    monday = date(2026, 11, 23)
    with pytest.raises(Refused):
        proclaim(northvale, monday)
    proclaim(northvale, monday, note="Proclaimed on Sunday evening")
    assert not calendar.current().is_working(monday)


def test_same_day_cannot_be_proclaimed_twice(northvale: World) -> None:
    proclaim(northvale)
    with pytest.raises(Refused, match="already"):
        proclaim(northvale)


def test_only_the_manager_changes_the_calendar(northvale: World) -> None:
    with pytest.raises(Refused):
        apply_change(WEDNESDAY, title=TITLE, change=Change.PROCLAIM, by=northvale.officer)


def test_change_and_moves_are_on_record(northvale: World) -> None:
    deadline = make_clock(northvale)
    proclaim(northvale)
    assert Event.objects.filter(kind="holiday.proclaimed", stream="installation").count() == 1
    assert (
        Event.objects.get(kind="deadline.moved", case_id=deadline.case_id).actor_name == "Northvale Manager"
    )


def test_walled_case_moves_like_any_other(northvale: World) -> None:
    deadline = make_clock(northvale)
    wall_off(deadline.case, user=northvale.manager.user, by=northvale.la, reason="knows the family")
    proclaim(northvale)
    assert due(deadline) == date(2026, 11, 27)


def test_calendar_says_when_its_known_range_runs_out(db: None) -> None:
    assert calendar_running_out(date(2027, 12, 30)) == ""
    assert "Sunday 31 December 2028" in calendar_running_out(date(2028, 1, 2))
    assert calendar_running_out(date(2028, 2, 29))
