"""Rules R1 and R23 of security.md: nothing missed, nothing doubled, nobody told of what has ended."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cspr.audit.models import Event
from cspr.cases.services import close_case, wall_off
from cspr.deadlines import calendar, recipients
from cspr.deadlines.models import Deadline, Reminder, SweepRun
from cspr.deadlines.selectors import sweep_is_stale
from cspr.deadlines.services import correct, make_round, meet, sweep, tell, withdraw
from cspr.deadlines.state import State, state
from cspr.deadlines.tasks import sweep as sweep_task
from cspr.dispatch.models import Message
from cspr.people.models import Membership
from cspr.permissions import Role
from tests.factories.clocks import THURSDAY, at, make_clock
from tests.factories.people import World, make_member


def told(to: Membership) -> list[str]:
    """The subjects queued to somebody, without the reference."""
    return [one.kind for one in Message.objects.filter(to_membership=to).order_by("queued_at")]


def test_each_threshold_fires_on_its_day_and_once(northvale: World) -> None:
    deadline = make_clock(northvale)
    fired = {day: sweep(at(day)) + sweep(at(day, 15)) for day in range(19, 31)}
    assert {day: count for day, count in fired.items() if count} == {24: 1, 25: 1, 26: 1, 27: 2}
    assert Reminder.objects.filter(deadline=deadline, fired_at__isnull=True).count() == 0


def test_three_missed_nights_leave_every_record_and_one_mail_each(northvale: World) -> None:
    deadline = make_clock(northvale)
    make_round(at(30))
    rows = Reminder.objects.filter(deadline=deadline)
    assert rows.filter(fired_at=at(30), told_at=at(30)).count() == 5
    because = Counter(rows.values_list("told_nobody_because", flat=True))
    assert because == {Reminder.SUPERSEDED: 3, "": 2}
    assert told(northvale.officer) == told(northvale.second_officer) == ["Notify the Panel (overdue)"]
    assert (
        told(northvale.manager) == told(northvale.la_lead) == ["Notify the Panel (overdue, brought to you)"]
    )
    assert told(northvale.police) == []


def test_running_twice_is_running_once(northvale: World) -> None:
    make_clock(northvale)
    assert make_round(at(27)).told == 4
    before = list(Reminder.objects.order_by("pk").values())
    again = make_round(at(27, 10))
    assert (again.fired, again.told, Message.objects.count()) == (0, 0, 4)
    assert list(Reminder.objects.order_by("pk").values()) == before


def test_fired_but_not_told_is_told_by_the_next_run(northvale: World) -> None:
    """The process died between firing and telling."""
    make_clock(northvale)
    sweep(at(24))
    assert Message.objects.count() == 0
    make_round(at(24, 10))
    assert Message.objects.count() == 2


def test_mail_carries_reference_verb_day_and_link_only(northvale: World) -> None:
    deadline = make_clock(northvale)
    make_round(at(26))
    message = Message.objects.get(to_membership=northvale.officer)
    assert message.subject == f"Notify the Panel (due today): {deadline.case.reference}"
    assert "Thursday 26 November 2026" in message.body
    assert f"/cases/{deadline.case_id}/" in message.body
    assert deadline.case.pseudonym not in message.subject + message.body


def test_nobody_is_told_after_the_clock_ended_or_moved(northvale: World) -> None:
    met, withdrawn, moved = (make_clock(northvale) for _ in range(3))
    sweep(at(24))
    meet(met.case, clock="C1", at=at(24, 10), by=northvale.officer)
    withdraw(withdrawn.case, clock="C1", by=northvale.officer, reason="not notifiable")
    correct(moved.case, clock="C1", moment=at(23), by=northvale.manager, reason="call note")
    tell(at(24, 11))
    assert Message.objects.count() == 0
    reasons = {
        one.deadline_id: one.told_nobody_because for one in Reminder.objects.filter(told_at=at(24, 11))
    }
    assert reasons == {met.pk: Reminder.ENDED, withdrawn.pk: Reminder.ENDED, moved.pk: Reminder.MOVED}
    assert sweep(at(30)) == 3  # the moved one, due on 30 November: 2 and 1 days before, and the day


def test_joined_case_tells_nobody(northvale: World) -> None:
    one, other = make_clock(northvale), make_clock(northvale)
    close_case(one.case, by=northvale.officer, reason="same incident", merged_into=other.case)
    make_round(at(24))
    assert set(Message.objects.values_list("case_id", flat=True)) == {other.case_id}


def test_person_walled_off_is_told_nothing(northvale: World) -> None:
    deadline = make_clock(northvale)
    wall_off(deadline.case, user=northvale.officer.user, by=northvale.manager, reason="knows the family")
    make_round(at(24))
    assert told(northvale.officer) == []
    assert told(northvale.second_officer) == ["Notify the Panel"]


def test_without_an_owner_the_manager_is_told(northvale: World) -> None:
    deadline = make_clock(northvale)
    for one in (northvale.officer, northvale.second_officer):
        wall_off(deadline.case, user=one.user, by=northvale.manager, reason="knows the family")
    make_round(at(24))
    assert told(northvale.manager) == ["Notify the Panel"]


def test_without_anybody_the_record_says_so(northvale: World) -> None:
    deadline = make_clock(northvale)
    for one in (northvale.officer, northvale.second_officer, northvale.manager):
        wall_off(deadline.case, user=one.user, by=northvale.la, reason="knows the family")
    make_round(at(24))
    assert Reminder.objects.get(fired_at=at(24)).told_nobody_because == Reminder.NOBODY


def test_decision_on_a_referral_is_the_local_authoritys(northvale: World) -> None:
    """Rule 4.3."""
    make_clock(northvale, clock="C4", moment=at(23))
    make_round(at(24))
    assert told(northvale.la) == ["Decide whether the incident is notifiable (due today)"]
    assert told(northvale.police) == told(northvale.officer) == []


def test_one_person_in_two_roles_gets_one_mail(northvale: World) -> None:
    """An officer who is a manager as well hears once, as the one it is brought to."""
    make_member(Role.MANAGER, user=northvale.officer.user, partnership=northvale.partnership)
    make_clock(northvale)
    make_round(at(30))
    kinds = Message.objects.filter(to_email=northvale.officer.user.email).values_list("kind", flat=True)
    assert list(kinds) == ["Notify the Panel (overdue, brought to you)"]


def test_other_partnership_is_told_nothing(northvale: World, southmere: World) -> None:
    make_clock(northvale)
    make_round(at(30))
    everybody = [one.pk for one in southmere.everybody().values()]
    assert not Message.objects.filter(to_membership__in=everybody).exists()


def test_escalation_is_on_record_once(northvale: World) -> None:
    deadline = make_clock(northvale)
    for day in (26, 27, 28, 30):
        make_round(at(day))
    event = Event.objects.get(case_id=deadline.case_id, kind="deadline.escalated")
    assert event.detail["to"] == "the business unit manager and the lead safeguarding partner"


def test_poison_row_blocks_no_other(northvale: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deadline whose rule no longer exists cannot be told; the others are, and it is counted."""
    deadlines = sorted((make_clock(northvale) for _ in range(5)), key=lambda one: one.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE deadlines_deadline SET clock = 'C99' WHERE id = %s", [deadlines[0].pk])
    done = make_round(at(24))
    assert (done.fired, done.failed) == (5, 1)
    assert set(Message.objects.values_list("case_id", flat=True)) == {one.case_id for one in deadlines[1:]}
    assert SweepRun.objects.get().failed == 1
    assert make_round(at(24, 10)).failed == 1


def test_small_batches_come_to_the_same(northvale: World) -> None:
    for _ in range(7):
        make_clock(northvale)
    assert sweep(at(24), batch=3) == 7
    assert tell(at(24), batch=2).told == 14


def test_clock_that_jumps_ahead_and_back_doubles_nothing(northvale: World) -> None:
    """R1: the machine's clock goes 10 days ahead, then back by 2."""
    deadline = make_clock(northvale)
    for moment in (at(24), at(24) + timedelta(days=10), at(24) + timedelta(days=8), at(24), at(27)):
        make_round(moment)
    assert Reminder.objects.filter(deadline=deadline).count() == 5
    assert Message.objects.filter(to_membership=northvale.officer).count() == 2  # -2, then overdue at once


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_nights_when_clocks_change_fire_by_the_london_day(
    northvale: World, moment: datetime, day: date
) -> None:
    deadline = make_clock(northvale, moment=moment - timedelta(days=30))
    Reminder.objects.filter(deadline=deadline).delete()
    for offset, fires in ((0, day), (1, day + timedelta(days=1))):
        Reminder.objects.create(deadline=deadline, due_on=deadline.due_on, offset=offset, fires_on=fires)
    assert sweep(moment) == 1


def test_page_knows_overdue_though_no_job_ever_ran(northvale: World) -> None:
    deadline = make_clock(northvale)
    assert state(deadline, date(2026, 11, 26), calendar.current()) == State.DUE_TODAY
    assert state(deadline, date(2026, 11, 27), calendar.current()) == State.OVERDUE


def test_sweep_is_stale_after_an_hour_or_when_heard_from_the_future(northvale: World) -> None:
    assert sweep_is_stale(at(24))
    make_round(at(24))
    assert not sweep_is_stale(at(24) + timedelta(minutes=59))
    assert sweep_is_stale(at(24) + timedelta(minutes=61))
    assert sweep_is_stale(at(23))


def test_command_and_task_make_the_same_round(northvale: World, capsys: pytest.CaptureFixture[str]) -> None:
    make_clock(northvale)
    call_command("sweep_deadlines", "--once", "--at", at(24).isoformat())
    assert capsys.readouterr().out == "1 reminders fired, 2 mails queued, 0 failed\n"
    assert isinstance(sweep_task(), int)


@pytest.mark.parametrize("text", ["soon", "2026-11-24T09:00:00"])
def test_command_refuses_a_moment_it_cannot_place(db: None, text: str) -> None:
    with pytest.raises(CommandError, match="--at"):
        call_command("sweep_deadlines", "--once", "--at", text)


def test_recipients_of_a_batch_take_the_same_queries_at_1_and_at_20(northvale: World) -> None:
    def queries(cases: list[Deadline]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            recipients.Audience.of((one.case for one in cases), on=date(2026, 11, 24))
        return len(seen)

    made = [make_clock(northvale, moment=THURSDAY) for _ in range(20)]
    assert queries(made[:1]) == queries(made) == 3
