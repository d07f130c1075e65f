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


def milestones_of(case: Case) -> list[Milestone]:
    """The days of a case by date; none before its C5 has begun."""
    rows = Deadline.objects.filter(case=case, clock="C5", withdrawn_at__isnull=True)
    day_zero = rows.order_by("-started_at").values_list("start_on", flat=True).first()
    if day_zero is None:
        return []
    numbers, in_force = numbers_of(case.partnership), calendar.current()
    found = [
        Milestone(one.name, WORDS[one.name], numbers[one.name], in_force.add(day_zero, numbers[one.name]))
        for one in MILESTONES
    ]
    return sorted(found, key=lambda one: one.number)
