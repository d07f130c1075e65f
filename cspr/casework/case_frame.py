"""What surrounds every page of a case: its stages in order, its parts, what can be done next, the clocks running."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from cspr.cases.models import Case
from cspr.deadlines import calendar
from cspr.deadlines.models import OPEN, Deadline
from cspr.deadlines.presenters import clock_strip, told_of
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
    ("Proceedings", "case_proceedings", Permission.SEE_CASES),
    ("Timeline", "case_timeline", Permission.SEE_CASES),
    ("Who has looked", "case_looked", Permission.SEE_WHO_LOOKED),
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
    """Clocks as lines, in the order given."""
    return [
        RunningClock(
            name=rule_of(one).verb_title,
            href=reverse("case_clock", args=[one.case_id, one.pk]),
            told=told_of(one, on, in_force),
            late=state(one, on, in_force) == State.OVERDUE and rule_of(one).breach,
        )
        for one in deadlines
    ]


@dataclass(frozen=True)
class ShownClock:
    """A running clock's strip with the page that shows it whole."""

    href: str
    strip: Strip


def shown_clocks(case: Case) -> dict[str, Any]:
    """The strips of the running clocks, the most urgent first; the ended ones as lines, the latest first."""
    on, in_force = today(), calendar.current()
    deadlines = list(case.deadlines.order_by("due_on", "clock"))
    ended = [one for one in reversed(deadlines) if not one.is_open]
    return {
        "strips": [
            ShownClock(reverse("case_clock", args=[one.case_id, one.pk]), clock_strip(one, on, in_force))
            for one in deadlines
            if one.is_open
        ],
        "ended": running_clocks(ended, on, in_force),
    }


def open_deadlines(case: Case) -> list[Deadline]:
    """The case's running clocks by due date."""
    return list(case.deadlines.filter(OPEN).order_by("due_on", "clock"))


def tabs(case: Case, acting: Membership, path: str) -> list[dict[str, Any]]:
    """The parts of the case this person may see; the one at ``path`` is marked."""
    seen = [
        (label, reverse(name, args=[case.pk])) for label, name, permission in TABS if can(acting, permission)
    ]
    return [{"label": label, "url": url, "current": url == path} for label, url in seen]


def stages(case: Case) -> list[Stage]:
    """Every stage in the case's own order: done, under way, ahead or not taken."""
    known = rapid_review.stages(case)
    return [known.get(one.label, one) for one in case_stages(case, LATER_STAGES)]


@dataclass(frozen=True)
class Frame:
    """What ``layouts/case.html`` puts around the page."""

    stages: list[Stage]
    tabs: list[dict[str, Any]]
    pages: list[dict[str, Any]]
    steps: list[Step]
    clocks: list[RunningClock]


def frame(case: Case, acting: Membership, path: str) -> Frame:
    """The stages in the case's own order, the parts of the case, what this person can do next, the clocks running."""
    steps = [*case_steps(case, acting), *rapid_review.case_steps(case, acting)]
    return Frame(
        stages=stages(case),
        tabs=tabs(case, acting, path),
        pages=rapid_review.pages(case, path)
        if path.startswith(reverse("rapid_review", args=[case.pk]))
        else [],
        steps=[step for step in steps if step.href != path],
        clocks=running_clocks(open_deadlines(case), today(), calendar.current()),
    )
