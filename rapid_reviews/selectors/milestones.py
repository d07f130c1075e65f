"""The rapid review's own days: counted from the day 0 of C5 by the partnership's numbers, and moving with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

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
    return milestones_by_case([case])[case.pk]


def milestones_by_case(cases: Iterable[Case]) -> dict[UUID, list[Milestone]]:
    """The days of several cases, in one query; their partnerships are read with them."""
    wanted = list(cases)
    rows = Deadline.objects.filter(case__in=wanted, clock="C5", withdrawn_at__isnull=True)
    begun = {one.case_id: one.start_on for one in rows.order_by("started_at")}
    return {one.pk: _counted(one, begun[one.pk]) if one.pk in begun else [] for one in wanted}


def _counted(case: Case, day_zero: date) -> list[Milestone]:
    numbers, in_force = numbers_of(case.partnership), calendar.current()
    found = [
        Milestone(one.name, WORDS[one.name], numbers[one.name], in_force.add(day_zero, numbers[one.name]))
        for one in MILESTONES
    ]
    return sorted(found, key=lambda one: one.number)
