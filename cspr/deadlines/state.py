"""What a deadline's state is on a day: a pure function of stored facts, whatever job did or did not run."""

from datetime import date
from enum import StrEnum

from cspr.deadlines.models import Deadline
from cspr.statute.england_and_wales import Calendar

SOON = 2


class State(StrEnum):
    RUNNING = "running"
    DUE_SOON = "due soon"
    DUE_TODAY = "due today"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met late"
    WITHDRAWN = "withdrawn"


def state(deadline: Deadline, on: date, calendar: Calendar) -> State:
    """The state on a London day. Due today is not overdue; due soon is within two working days."""
    if deadline.withdrawn_at is not None:
        return State.WITHDRAWN
    if deadline.met_on is not None:
        return State.MET_LATE if deadline.met_on > deadline.due_on else State.MET
    if on > deadline.due_on:
        return State.OVERDUE
    if on == deadline.due_on:
        return State.DUE_TODAY
    return State.DUE_SOON if calendar.between(on, deadline.due_on) <= SOON else State.RUNNING
