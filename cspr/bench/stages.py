"""How far the cases of a measured partnership are: one in fifty open, through all stages in turn."""

from dataclasses import dataclass

from cspr.decisions.models import Answer
from cspr.people.models import Partner
from notifications.options.incident import IncidentStatus

ONE_OPEN_IN = 50


@dataclass(frozen=True)
class Stage:
    """How far a case is. ``views`` partners have answered; ``clocks`` run; ``met`` ran and were met in time."""

    status: IncidentStatus
    clocks: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    aware: bool = True
    views: tuple[Partner, ...] = ()
    outcome: str = ""
    death: bool = False


S, ALL = IncidentStatus, (Partner.LA, Partner.ICB, Partner.POLICE)
OPEN_STAGES = (
    Stage(S.VIEWS_REQUESTED, ("C1", "C2", "C4")),
    Stage(S.TRIAGE, ("C4",), aware=False),
    Stage(S.TRIAGE, ("C1", "C2", "C4")),
    Stage(S.VIEWS_REQUESTED, ("C1", "C2", "C4"), views=(Partner.LA, Partner.ICB)),
    Stage(S.NOTIFIABLE, ("C1", "C2"), ("C4",), views=ALL, outcome=Answer.YES),
    Stage(S.NOT_NOTIFIABLE, ("C3",), ("C4",), views=ALL, outcome=Answer.NO, death=True),
)
ENDED_STAGES = (
    Stage(S.NOTIFIED, (), ("C1", "C2", "C4"), views=ALL, outcome=Answer.YES),
    Stage(S.NOT_NOTIFIABLE, (), ("C4",), views=ALL, outcome=Answer.NO),
)


def stage_of(number: int) -> Stage:
    """The stage of case ``number``, counted from 1. The first ones show every open stage, however few there are."""
    if number <= len(OPEN_STAGES):
        return OPEN_STAGES[number - 1]
    if number % ONE_OPEN_IN == 0:
        return OPEN_STAGES[number // ONE_OPEN_IN % len(OPEN_STAGES)]
    return ENDED_STAGES[number % len(ENDED_STAGES)]
