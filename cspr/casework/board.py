"""What waits for a person, most urgent first: derived from state, never from a list of tasks that could drift."""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum

from cspr.deadlines import calendar
from cspr.govuk.dates import long_date, short_date
from cspr.govuk.parts import Act, Group, Waiting
from cspr.people.models import Membership
from cspr.statute.england_and_wales import Calendar

MOST_ROWS = 100
NEXT_DAYS = 5


class When(StrEnum):
    """Where on the board a row stands."""

    OVERDUE = "overdue"
    TODAY = "today"
    NEXT = "next"
    LATER = "later"
    OTHERS = "others"


HEADINGS = {
    When.OVERDUE: ("Overdue", "Nothing is overdue."),
    When.TODAY: ("Due today", "Nothing is due today."),
    When.NEXT: ("Next 5 working days", "Nothing is due in the next 5 working days."),
    When.LATER: ("Later, or without a date", "Nothing else waits for you."),
    When.OTHERS: ("Waiting for others", "You are waiting for nobody."),
}


Source = Callable[[Membership], Iterable[Waiting]]


def when(one: Waiting, on: date, in_force: Calendar) -> When:
    """Due today is not overdue."""
    if one.for_others:
        return When.OTHERS
    if one.due_on is None:
        return When.LATER
    if one.due_on < on:
        return When.OVERDUE
    if one.due_on == on:
        return When.TODAY
    return When.NEXT if in_force.between(on, one.due_on) <= NEXT_DAYS else When.LATER


def groups(rows: Iterable[Waiting], on: date) -> list[Group]:
    """The rows under their headings, the earliest due first."""
    in_force = calendar.current()
    placed: dict[When, list[Waiting]] = {place: [] for place in When}
    for row in rows:
        placed[when(row, on, in_force)].append(row)
    return [
        Group(
            heading=HEADINGS[place][0],
            empty=HEADINGS[place][1],
            anchor=place.value,
            urgent=place == When.OVERDUE,
            acts=[_act(one, on, in_force) for one in sorted(placed[place], key=_urgency)[:MOST_ROWS]],
        )
        for place in When
    ]


def _urgency(one: Waiting) -> tuple[date, str]:
    return (one.due_on or date.max, one.reference)


def _act(one: Waiting, on: date, in_force: Calendar) -> Act:
    told = one.told
    late = ""
    if one.due_on is not None:
        told = f"{one.told}, due {short_date(one.due_on)}" if one.told else f"due {long_date(one.due_on)}"
        if one.due_on < on:
            days = in_force.between(one.due_on, on)
            late = f"{days} working day{'' if days == 1 else 's'} late" if days else "late"
    return Act(
        title=one.title,
        href=one.href,
        reference=one.reference,
        pseudonym=one.pseudonym,
        told=told,
        late=late,
        offer=one.offer,
    )
