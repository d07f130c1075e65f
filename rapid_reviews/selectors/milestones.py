"""The rapid review's own days: counted from the day 0 of C5 by the partnership's numbers, and moving with it."""

from dataclasses import dataclass
from datetime import date

from cspr.cases.models import Case
from cspr.deadlines import calendar
from cspr.deadlines.models import Deadline
from cspr.deadlines.services import numbers_of
from cspr.statute.clocks import LETTERS, MEETING, MILESTONES, RETURN

WORDS = {
    LETTERS.name: "Information requests go out",
    RETURN.name: "Returns are due",
    MEETING.name: "The meeting is held",
}


@dataclass(frozen=True)
class Milestone:
    """One day of the partnership's template. ``number`` is the working day of the rapid review."""

    key: str
    title: str
    number: int
    due_on: date


def rapid_review_clock(case: Case) -> Deadline | None:
    """C5 of the case: what everything in the rapid review is counted from."""
    rows = Deadline.objects.filter(case=case, clock="C5", withdrawn_at__isnull=True)
    return rows.order_by("-started_at").first()


def milestones_of(case: Case) -> list[Milestone]:
    """The days of a case by date; none before its C5 has begun."""
    clock = rapid_review_clock(case)
    if clock is None:
        return []
    numbers, in_force = numbers_of(case.partnership), calendar.current()
    return [
        Milestone(
            one.name,
            WORDS[one.name],
            numbers[one.name],
            in_force.add(clock.start_on, numbers[one.name]),
        )
        for one in sorted(MILESTONES, key=lambda one: numbers[one.name])
    ]
