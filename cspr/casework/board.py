"""What waits for a person, most urgent first: derived from state, never from a list of tasks that could drift."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from cspr.cases.waiting import Within
from cspr.deadlines import calendar
from cspr.govuk.dates import long_date, short_date
from cspr.govuk.parts import Act, Group, Waiting
from cspr.people.models import Membership
from cspr.statute.england_and_wales import Calendar
from notifications.selectors.board import EVERYTHING, Narrowed

FIRST_ROWS = 25
A_PAGE = 100
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


@dataclass(frozen=True)
class Found:
    """Rows of a source, and how many more there are at each place than it gives."""

    rows: list[Waiting]
    hidden: Mapping[When, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Waiting]:
        return iter(self.rows)


@dataclass(frozen=True)
class Wanted:
    """What of the board is asked for: the first rows of every place or a page of one, of which cases, on which day."""

    on: date
    in_force: Calendar
    place: When | None = None
    page: int = 1
    narrowed: Narrowed = EVERYTHING

    @property
    def most(self) -> int:
        """So many rows of a place are needed, whichever source they come from."""
        return A_PAGE * self.page if self.place else FIRST_ROWS

    @property
    def rows(self) -> slice:
        """Which of the rows of a place are shown."""
        return slice(self.most - A_PAGE, self.most) if self.place else slice(FIRST_ROWS)

    @property
    def within(self) -> Within:
        """For a source that chooses its rows in the database. The next days end before the sixth working day."""
        until = self.in_force.add(self.on, NEXT_DAYS + 1) - timedelta(days=1)
        return Within(self.on, until, self.most, self.place or "")


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


def groups(
    rows: Iterable[Waiting],
    on: date,
    *,
    hidden: Mapping[When, int] | None = None,
    wanted: Wanted | None = None,
    address: Callable[[When], str] = lambda place: "",
) -> list[Group]:
    """The rows under their headings, the earliest due first; of those ``wanted``, of which ``address`` shows all.

    ``hidden``: how many more there are at a place than the rows given.
    """
    in_force = wanted.in_force if wanted else calendar.current()
    placed: dict[When, list[Waiting]] = {place: [] for place in When}
    for row in rows:
        placed[when(row, on, in_force)].append(row)
    more = hidden or {}
    return [
        _group(place, placed[place], len(placed[place]) + more.get(place, 0), wanted, in_force, on, address)
        for place in When
        if wanted is None or wanted.place in {None, place}
    ]


def _group(
    place: When,
    rows: list[Waiting],
    total: int,
    wanted: Wanted | None,
    in_force: Calendar,
    on: date,
    address: Callable[[When], str],
) -> Group:
    heading, empty = HEADINGS[place]
    shown = sorted(rows, key=_urgency)[wanted.rows if wanted else slice(None)]
    return Group(
        heading=heading,
        empty=empty,
        anchor=place.value,
        urgent=place == When.OVERDUE,
        acts=[_act(one, on, in_force) for one in shown],
        total=total,
        href=address(place),
    )


def _urgency(one: Waiting) -> date:
    """Rows of one day stay in the order of their source, so that no page repeats or loses one."""
    return one.due_on or date.max


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
