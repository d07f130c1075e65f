"""What surrounds every page of a case: its stages in order, its parts, what can be done next, the clocks running."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from cspr.cases.models import Case
from cspr.deadlines import calendar
from cspr.deadlines.models import Deadline
from cspr.deadlines.presenters import clock_strip, told_of
from cspr.deadlines.selectors import deadlines_by_due_date
from cspr.deadlines.services import rule_of
from cspr.deadlines.state import State, state
from cspr.govuk.parts import Stage, Step, Strip
from cspr.now import today
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.statute.england_and_wales import Calendar
from notifications.presenters.stage import case_stages, case_steps
from rapid_reviews.presenters import stage as rapid_review

TABS = (
    ("Overview", "case", Permission.SEE_CASES),
    ("People", "case_people", Permission.SEE_CASES),
    ("Chronology", "case_chronology", Permission.SEE_CASES),
    ("Documents", "case_documents", Permission.SEE_CASES),
    ("Decisions", "case_decisions", Permission.SEE_CASES),
    ("Told", "case_told", Permission.SEE_CASES),
    ("Other areas", "case_areas", Permission.SEE_CASES),
    ("Proceedings", "case_proceedings", Permission.SEE_CASES),
    ("Timeline", "case_timeline", Permission.SEE_CASES),
    ("Who has looked", "case_looked", Permission.SEE_WHO_LOOKED),
)
ACCESS = (
    ("Declare a conflict of interest", "declare_conflict", Permission.DECLARE_CONFLICT),
    ("Wall a person off this case", "wall_off", Permission.WALL_OFF),
    ("Open this case to a person for four hours", "open_to", Permission.WALL_OFF),
    ("See who broke the glass", "broken_glass", Permission.REVIEW_GLASS),
)
LATER_STAGES = ("Rapid review", "Review", "Publication", "Improvement")


@dataclass(frozen=True)
class RunningClock:
    """A line of "Clocks running": the act, when it is due in days and in count, and the page of its arithmetic."""

    name: str
    href: str
    told: str
    late: bool


def running_clocks(deadlines: Iterable[Deadline], on: date, in_force: Calendar) -> list[RunningClock]:
    """Clocks as lines, in the order given; those that would read alike are one line with their number."""
    alike: dict[tuple[str, str], list[RunningClock]] = {}
    for one in deadlines:
        line = RunningClock(
            name=rule_of(one).verb_title,
            href=reverse("case_clock", args=[one.case_id, one.pk]),
            told=told_of(one, on, in_force),
            late=state(one, on, in_force) == State.OVERDUE and rule_of(one).breach,
        )
        alike.setdefault((line.name, line.told), []).append(line)
    return [replace(lines[0], name=counted(lines[0].name, len(lines))) for lines in alike.values()]


def counted(name: str, number: int) -> str:
    """ "Return the agency's information (3)"."""
    return name if number == 1 else f"{name} ({number})"


@dataclass(frozen=True)
class ShownClock:
    """A running clock's strip with the page that shows it whole."""

    href: str
    strip: Strip


def _shown(deadline: Deadline, number: int, on: date, in_force: Calendar) -> ShownClock:
    strip = clock_strip(deadline, on, in_force)
    href = reverse("case_clock", args=[deadline.case_id, deadline.pk])
    return ShownClock(href, replace(strip, name=counted(strip.name, number)))


@dataclass(frozen=True)
class Clocks:
    """Every clock of a case by due date, read once, with the day and the calendar by which the page tells of them."""

    deadlines: list[Deadline]
    on: date
    in_force: Calendar

    def running(self) -> list[RunningClock]:
        """The running clocks as lines, the most urgent first."""
        return running_clocks((one for one in self.deadlines if one.is_open), self.on, self.in_force)

    def strips(self) -> list[ShownClock]:
        """The running clocks day by day, the most urgent first; alike ones stand once, with their number."""
        alike: dict[tuple[Any, ...], list[Deadline]] = {}
        for one in self.deadlines:
            if one.is_open:
                alike.setdefault((one.clock, one.start_on, one.due_on), []).append(one)
        return [_shown(same[0], len(same), self.on, self.in_force) for same in alike.values()]

    def ended(self) -> list[RunningClock]:
        """The ended clocks as lines, the latest first."""
        ended = (one for one in reversed(self.deadlines) if not one.is_open)
        return running_clocks(ended, self.on, self.in_force)


def clocks_of(case: Case) -> Clocks:
    """The case's clocks in two statements, whatever the page shows of them."""
    return Clocks(deadlines_by_due_date(case), today(), calendar.current())


def tabs(case: Case, acting: Membership, path: str, **elsewhere: str) -> list[dict[str, Any]]:
    """The parts of the case this person may see, the one at ``path`` marked; ``elsewhere`` those a stage took over."""
    ways = _reached(TABS, case, acting, **elsewhere)
    return [{**way, "current": way["url"] == path} for way in ways]


def _reached(
    ways: Iterable[tuple[str, str, Permission]], case: Case, acting: Membership, **elsewhere: str
) -> list[dict[str, str]]:
    """Pages of the case that this person may open, as links; ``elsewhere`` gives another address by a page's name."""
    return [
        {"label": label, "url": elsewhere.get(name) or reverse(name, args=[case.pk])}
        for label, name, permission in ways
        if can(acting, permission)
    ]


class Frame:
    """What ``layouts/case.html`` puts around the page; a part that a page does not show is not asked for."""

    def __init__(self, case: Case, acting: Membership, path: str) -> None:
        self._case, self._acting, self._path = case, acting, path

    @cached_property
    def stages(self) -> list[Stage]:
        """The stages in the case's own order."""
        review = rapid_review.stages(self._case)
        ordered = case_stages(self._case, self._acting, LATER_STAGES)
        return [review.get(one.label, one) for one in ordered]

    @cached_property
    def tabs(self) -> list[dict[str, Any]]:
        """The parts of the case."""
        chronology = rapid_review.chronology(self._case)
        return tabs(self._case, self._acting, self._path, case_chronology=chronology)

    @cached_property
    def pages(self) -> list[dict[str, Any]]:
        """The pages of the stage this one belongs to."""
        return rapid_review.pages(self._case, self._path, self._acting)

    @cached_property
    def steps(self) -> list[Step]:
        """What this person can do next."""
        found = [*case_steps(self._case, self._acting), *rapid_review.steps(self._case, self._acting)]
        return [step for step in found if step.href != self._path]

    @cached_property
    def every_clock(self) -> Clocks:
        return clocks_of(self._case)

    @cached_property
    def clocks(self) -> list[RunningClock]:
        """The clocks running, the most urgent first."""
        return self.every_clock.running()

    @cached_property
    def access(self) -> list[dict[str, str]]:
        """Pages on who may open the case."""
        return _reached(ACCESS, self._case, self._acting)
