"""What presenters give to the tags: plain rows of a page, ready to show. Texts are escaped unless marked safe."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Row:
    """One line of a summary list; with `href`, a link says `action` and, for a screen reader, `about`."""

    key: str
    value: Any
    href: str = ""
    action: str = "Change"
    about: str = ""


@dataclass(frozen=True)
class Tag:
    """A status. Colours: grey, blue, light-blue, turquoise, purple, yellow, orange; red for overdue only."""

    text: str
    colour: str = "grey"


NOT_STARTED = Tag("Not started", "blue")
IN_PROGRESS = Tag("In progress", "light-blue")
CANNOT_START = Tag("Cannot start yet", "grey")
COMPLETED = Tag("Completed", "")


@dataclass(frozen=True)
class Task:
    """One line of a task list. Without `href` it cannot be started."""

    title: str
    href: str = ""
    status: Tag = NOT_STARTED
    hint: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of cells. `numeric` counts columns from 0. What is still too wide scrolls inside its own region."""

    caption: str
    head: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    numeric: frozenset[int] = frozenset()
    row_headers: bool = True
    show_caption: bool = False
    empty: str = "Nothing here yet"


@dataclass(frozen=True)
class StripDay:
    """One day of a clock: kind is zero, counted, skipped or due; note is "1", "day 0", "weekend", "5 due"."""

    on: date
    kind: str
    note: str


@dataclass(frozen=True)
class Strip:
    """A clock laid out as days, and the same as one sentence for a letter."""

    name: str
    sentence: str
    days: list[StripDay]
    today: date | None = None


@dataclass(frozen=True)
class Stage:
    """A stage of a case: state is done, current, ahead or skipped; `why` says why it was skipped."""

    label: str
    state: str
    on: date | None = None
    href: str = ""
    why: str = ""


@dataclass(frozen=True)
class Signature:
    """One partner's answer. Without `at` it is awaited."""

    partner: str
    person: str = ""
    capacity: str = ""
    answer: str = ""
    reason: str = ""
    at: datetime | None = None
    href: str = ""
    awaiting: str = "Not yet given"
    taken_back: str = ""


@dataclass(frozen=True)
class Happening:
    """One entry of a timeline. ``proof`` is small print: a line for each hash of what it froze or sent."""

    title: str
    at: datetime | None
    by: str = ""
    text: str = ""
    href: str = ""
    proof: str = ""


@dataclass(frozen=True)
class Waiting:
    """One act that waits: verb first, on which case, until when.

    ``for_others`` is what one waits for others to do; ``offer`` is what can be done about it: words and an address.
    """

    title: str
    href: str
    reference: str
    pseudonym: str = ""
    due_on: date | None = None
    told: str = ""
    for_others: bool = False
    offer: tuple[str, str] | None = None


@dataclass(frozen=True)
class Act:
    """One row of the board: one act, verb first."""

    title: str
    href: str
    reference: str = ""
    pseudonym: str = ""
    told: str = ""
    late: str = ""
    offer: tuple[str, str] | None = None


@dataclass(frozen=True)
class Group:
    """Acts under one heading; `empty` says what would stand here.

    Where not all of them are shown, `total` is how many there are and `href` the page of all.
    """

    heading: str
    acts: list[Act] = field(default_factory=list)
    empty: str = ""
    anchor: str = ""
    urgent: bool = False
    total: int = 0
    href: str = ""

    @property
    def count(self) -> int:
        """How many acts there are, shown here or not."""
        return max(self.total, len(self.acts))

    @property
    def number(self) -> str:
        """The same as it is written. A template's own way of writing a number costs as much as three lines."""
        return f"{self.count:,}"

    @property
    def shown(self) -> str:
        """How many are shown here where that is not all of them."""
        return f"{len(self.acts):,}" if self.count > len(self.acts) else ""


@dataclass(frozen=True)
class Step:
    """A button of "What next": `refusals` say why it cannot be pressed yet."""

    label: str
    href: str
    refusals: tuple[str, ...] = ()
    secondary: bool = False
