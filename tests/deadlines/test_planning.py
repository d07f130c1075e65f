"""Which reminders a due date owes (clocks.py, the column of reminders)."""

from datetime import date

import time_machine

from cspr.deadlines.models import Deadline, Reminder
from cspr.deadlines.services import correct, make_round, meet, start, withdraw
from cspr.dispatch.models import Message
from tests.factories.clocks import THURSDAY, at, make_clock
from tests.factories.people import World


def thresholds(deadline: Deadline, **filters: object) -> list[tuple[int, bool, date]]:
    rows = Reminder.objects.filter(deadline=deadline, **filters).order_by("fires_on", "offset", "escalates")
    return [(one.offset, one.escalates, one.fires_on) for one in rows]


def test_reminders_are_planned_with_the_due_date(northvale: World) -> None:
    assert thresholds(make_clock(northvale), fired_at__isnull=True) == [
        (-2, False, date(2026, 11, 24)),
        (-1, False, date(2026, 11, 25)),
        (0, False, date(2026, 11, 26)),
        (1, False, date(2026, 11, 27)),
        (1, True, date(2026, 11, 27)),
    ]


def test_reminders_of_a_clock_recorded_late_start_today(northvale: World) -> None:
    with time_machine.travel(at(25), tick=False):
        case = make_clock(northvale, clock="C4", moment=at(24)).case
        late = start(case, clock="C1", moment=THURSDAY, by=northvale.officer)
    assert [offset for offset, _, _ in thresholds(late, fired_at__isnull=True)] == [-1, 0, 1, 1]
    passed = Reminder.objects.get(deadline=late, fired_at__isnull=False)
    assert (passed.offset, passed.told_nobody_because) == (-2, Reminder.PASSED)


def test_clock_started_overdue_leaves_one_reminder_to_fire(northvale: World) -> None:
    case = make_clock(northvale, clock="C8").case
    with time_machine.travel(at(30), tick=False):
        late = start(case, clock="C1", moment=THURSDAY, by=northvale.officer)
        assert thresholds(late, fired_at__isnull=True) == [
            (1, False, date(2026, 11, 27)),
            (1, True, date(2026, 11, 27)),
        ]
        make_round(at(30))
    addresses = list(Message.objects.filter(case=case).values_list("to_email", flat=True))
    assert len(addresses) == len(set(addresses)) == 4
    assert len(thresholds(late)) == 5


def test_overdue_on_a_weekend_tells_at_once(northvale: World) -> None:
    """Due Thursday 26 November, recorded on the Friday's eve of a weekend: Saturday 28 November."""
    case = make_clock(northvale, clock="C8").case
    with time_machine.travel(at(28), tick=False):
        late = start(case, clock="C4", moment=at(26), by=northvale.officer)
    assert late.due_on == date(2026, 11, 27)
    assert [one[0] for one in thresholds(late, fired_at__isnull=True)] == [0, 1, 1]


def test_meeting_and_withdrawing_forget_what_has_not_fired(northvale: World) -> None:
    met, withdrawn = make_clock(northvale), make_clock(northvale)
    make_round(at(24))
    meet(met.case, clock="C1", at=at(24, 10), by=northvale.officer)
    withdraw(withdrawn.case, clock="C1", by=northvale.officer, reason="not notifiable")
    assert [one[0] for one in thresholds(met)] == [-2]
    assert [one[0] for one in thresholds(withdrawn)] == [-2]


def test_moving_there_and_back_plans_each_threshold_once(northvale: World) -> None:
    deadline = make_clock(northvale)
    make_round(at(24))
    with time_machine.travel(at(24, 10), tick=False):
        for moment in (at(20), THURSDAY):
            correct(deadline.case, clock="C1", moment=moment, by=northvale.manager, reason="call note")
    deadline.refresh_from_db()
    assert deadline.due_on == deadline.first_due_on == date(2026, 11, 26)
    assert [one[0] for one in thresholds(deadline, fired_at__isnull=True)] == [-1, 0, 1, 1]
    assert Reminder.objects.filter(deadline=deadline, due_on="2026-11-26", offset=-2).count() == 1
