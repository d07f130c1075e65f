"""A clock says both the day and the count, and its letter text says how the day was reached (pages.md)."""

from datetime import date

import pytest

from cspr.deadlines import calendar
from cspr.deadlines.models import Deadline
from cspr.deadlines.presenters import clock_strip, told_of
from cspr.deadlines.services import meet, move, start, withdraw
from cspr.people.models import Partnership
from cspr.statute.clocks import SETTINGS
from tests.factories.clocks import THURSDAY, at, make_clock
from tests.factories.people import World


def told(deadline: Deadline, on: date) -> str:
    return told_of(deadline, on, calendar.current())


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 11, 19), "due Thursday 26 November 2026, day 0 of 5 working days"),
        (date(2026, 11, 22), "due Thursday 26 November 2026, working day 1 of 5"),
        (date(2026, 11, 25), "due Thursday 26 November 2026, working day 4 of 5"),
        (date(2026, 11, 26), "due Thursday 26 November 2026, working day 5 of 5"),
        (date(2026, 11, 27), "due Thursday 26 November 2026, 1 working day late"),
        (date(2026, 11, 28), "due Thursday 26 November 2026, 1 working day late"),
        (date(2026, 12, 2), "due Thursday 26 November 2026, 4 working days late"),
    ],
)
def test_running_clock_says_day_and_count(northvale: World, on: date, words: str) -> None:
    assert told(make_clock(northvale), on) == words


def test_other_clocks_say_what_is_left(northvale: World) -> None:
    case = make_clock(northvale).case
    monthly = start(case, clock="C10", moment=THURSDAY, by=northvale.officer)
    back = start(case, clock="C11", moment=at(18, month=12), by=northvale.officer)
    chase = start(case, clock="C8", moment=at(2), by=northvale.officer)
    on = date(2026, 11, 25)
    assert told(monthly, on) == "due Wednesday 19 May 2027, 119 working days left"
    assert told(back, on) == "due Wednesday 9 December 2026, 10 working days left"
    assert told(chase, on) == "due Monday 23 November 2026, 2 working days ago"
    assert told(monthly, monthly.due_on) == "due Wednesday 19 May 2027, today"


def test_ended_clocks_say_so(northvale: World) -> None:
    met, late, withdrawn = make_clock(northvale), make_clock(northvale), make_clock(northvale)
    met = meet(met.case, clock="C1", at=at(25), by=northvale.officer) or met
    late = meet(late.case, clock="C1", at=at(30), by=northvale.officer) or late
    withdrawn = (
        withdraw(withdrawn.case, clock="C1", by=northvale.officer, reason="not notifiable") or withdrawn
    )
    on = date(2026, 12, 1)
    assert told(met, on) == "met on Wednesday 25 November 2026"
    assert told(late, on) == "met on Monday 30 November 2026, 2 working days late"
    assert told(withdrawn, on) == "withdrawn"


def test_strip_shows_each_day_counted_or_skipped_and_why(northvale: World) -> None:
    strip = clock_strip(make_clock(northvale), date(2026, 11, 25))
    assert [(day.on.day, day.kind, day.note) for day in strip.days] == [
        (19, "zero", "day 0"),
        (20, "counted", "1"),
        (21, "skipped", "weekend"),
        (22, "skipped", "weekend"),
        (23, "counted", "2"),
        (24, "counted", "3"),
        (25, "counted", "4"),
        (26, "due", "5 due"),
    ]
    assert strip.today == date(2026, 11, 25)
    assert strip.sentence.startswith(
        "Day 0 is Thursday 19 November 2026, when the local authority became aware of the incident."
    )
    assert strip.sentence.endswith("Notify the Panel by Thursday 26 November 2026.")


def test_strip_counted_back_runs_in_date_order(northvale: World) -> None:
    case = make_clock(northvale).case
    strip = clock_strip(
        start(case, clock="C11", moment=at(18, month=12), by=northvale.officer), date(2026, 11, 25)
    )
    assert (strip.days[0].kind, strip.days[-1].kind) == ("due", "zero")


def test_strip_of_a_date_that_was_set_says_so(northvale: World) -> None:
    deadline = move(make_clock(northvale), to=date(2026, 12, 7), by=northvale.manager, why="agreed delay")
    strip = clock_strip(deadline, date(2026, 11, 25))
    assert [(day.on.day, day.kind) for day in strip.days] == [(19, "zero"), (7, "due")]
    assert "The due date was set to Monday 7 December 2026." in strip.sentence


def test_every_setting_of_the_table_is_a_column_with_its_default(db: None) -> None:
    fresh = Partnership()
    assert {one.name: getattr(fresh, one.name) for one in SETTINGS} == {
        one.name: one.default for one in SETTINGS
    }
    for one in SETTINGS:
        limits = {
            type(rule).__name__: rule.limit_value for rule in fresh._meta.get_field(one.name).validators
        }
        assert (limits["MinValueValidator"], limits["MaxValueValidator"]) >= (one.least, one.most)


def test_clock_takes_the_partnerships_number(northvale: World) -> None:
    northvale.partnership.tell_at_once_days = 3
    northvale.partnership.save()
    deadline = make_clock(northvale, clock="C7")
    assert (deadline.chosen, deadline.due_on) == (3, date(2026, 11, 24))
