"""What surrounds every page of a case: its stages in order, its parts, what can be done next, the clocks running."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cspr.cases.models import Case
from cspr.deadlines import calendar
from cspr.deadlines.models import Deadline
from cspr.deadlines.presenters import clock_strip, told_of
from cspr.deadlines.services import rule_of
from cspr.deadlines.state import State, state
from cspr.govuk.parts import Stage, Step, Strip
from cspr.now import today
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from notifications.presenters.stage import case_stages, case_steps

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


def running_clocks(deadlines: Iterable[Deadline]) -> list[RunningClock]:
    """The open clocks of a case, the most urgent first."""
    on, in_force = today(), calendar.current()
    return [
        RunningClock(
            name=rule_of(one).verb_title,
            href=reverse("case_clock", args=[one.case_id, one.pk]),
            told=told_of(one, on, in_force),
            late=state(one, on, in_force) == State.OVERDUE,
        )
        for one in deadlines
    ]


@dataclass(frozen=True)
class ShownClock:
    """A running clock's strip with the page that shows it whole."""

    href: str
    strip: Strip


def shown_clocks(deadlines: Iterable[Deadline]) -> list[ShownClock]:
    """The strips of the running clocks, the most urgent first."""
    on = today()
    return [
        ShownClock(reverse("case_clock", args=[one.case_id, one.pk]), clock_strip(one, on)) for one in deadlines
    ]


def ended_clocks(case: Case) -> list[RunningClock]:
    """The clocks of a case that were met or withdrawn, the latest first."""
    ended = case.deadlines.exclude(met_at__isnull=True, withdrawn_at__isnull=True).order_by("-due_on", "clock")
    return running_clocks(ended)


def open_deadlines(case: Case) -> list[Deadline]:
    """The case's running clocks by due date."""
    return list(
        case.deadlines.filter(met_at__isnull=True, withdrawn_at__isnull=True).order_by("due_on", "clock")
    )


def tabs(case: Case, acting: Membership, current: str) -> list[dict[str, Any]]:
    """The parts of the case this person may see."""
    return [
        {"label": label, "url": reverse(name, args=[case.pk]), "current": name == current}
        for label, name, permission in TABS
        if can(acting, permission)
    ]


def stages(case: Case) -> list[Stage]:
    """The stages in the case's own order: those reached say when, those skipped say why, the rest lie ahead."""
    return case_stages(case, LATER_STAGES)


def steps(case: Case, acting: Membership) -> list[Step]:
    """What this person can do next, and what they cannot yet, with the reason."""
    return case_steps(case, acting)


def frame(case: Case, acting: Membership, current: str) -> dict[str, Any]:
    """Context of ``layouts/case.html``."""
    return {
        "tabs": tabs(case, acting, current),
        "stages": stages(case),
        "steps": steps(case, acting),
        "clocks": running_clocks(open_deadlines(case)),
        "breadcrumbs": [("Cases", reverse("cases")), (case.reference, "")],
    }
