"""How far the cases of a measured partnership are: one in fifty open, through all stages in turn."""

from dataclasses import dataclass

from cspr.decisions.models import Answer
from cspr.people.models import Partner
from notifications.options.incident import IncidentStatus
from rapid_reviews.options.review import ReviewStatus

ONE_OPEN_IN = 50


@dataclass(frozen=True)
class Stage:
    """How far a case is. ``views`` partners have answered; ``clocks`` run; ``met`` ran and were met in time.

    ``review`` is how far its rapid review is, where it has one.
    """

    status: IncidentStatus
    clocks: tuple[str, ...] = ()
    met: tuple[str, ...] = ()
    aware: bool = True
    views: tuple[Partner, ...] = ()
    outcome: str = ""
    death: bool = False
    review: str = ""


S, R, ALL = IncidentStatus, ReviewStatus, (Partner.LA, Partner.ICB, Partner.POLICE)
BEFORE_REVIEW = (
    Stage(S.VIEWS_REQUESTED, ("C1", "C2", "C4")),
    Stage(S.TRIAGE, ("C4",), aware=False),
    Stage(S.TRIAGE, ("C1", "C2", "C4")),
    Stage(S.VIEWS_REQUESTED, ("C1", "C2", "C4"), views=(Partner.LA, Partner.ICB)),
    Stage(S.NOTIFIABLE, ("C1", "C2"), ("C4",), views=ALL, outcome=Answer.YES),
    Stage(S.NOT_NOTIFIABLE, ("C3",), ("C4",), views=ALL, outcome=Answer.NO, death=True),
)
NOTIFIED = ("C1", "C2", "C4")
OPEN_STAGES = (
    *BEFORE_REVIEW,
    Stage(S.NOTIFIED, ("C5",), NOTIFIED, views=ALL, outcome=Answer.YES, review=R.GATHERING),
    Stage(S.NOTIFIED, ("C5",), NOTIFIED, views=ALL, outcome=Answer.YES, review=R.WITH_PARTNERS),
    Stage(S.NOTIFIED, ("C5",), NOTIFIED, views=ALL, outcome=Answer.YES, review=R.SIGNED),
    Stage(S.NOTIFIED, ("C8",), (*NOTIFIED, "C5"), views=ALL, outcome=Answer.YES, review=R.SENT),
)
ENDED_STAGES = (
    Stage(S.NOTIFIED, (), (*NOTIFIED, "C5", "C8"), views=ALL, outcome=Answer.YES, review=R.ANSWERED),
    Stage(S.NOT_NOTIFIABLE, (), ("C4",), views=ALL, outcome=Answer.NO),
)


def stage_of(number: int) -> Stage:
    """The stage of case ``number``, counted from 1. The first ones show every open stage, however few there are."""
    if number <= len(OPEN_STAGES):
        return OPEN_STAGES[number - 1]
    if number % ONE_OPEN_IN == 0:
        return OPEN_STAGES[number // ONE_OPEN_IN % len(OPEN_STAGES)]
    return ENDED_STAGES[number % len(ENDED_STAGES)]
