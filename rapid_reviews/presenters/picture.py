"""The picture of the timeline: a lane for each agency, a mark for each stretch of time, in the order of the table."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from markupsafe import Markup, escape

from cspr.govuk.dates import medium_date
from cspr.people.models import Agency
from rapid_reviews.options.chronology import Zoom
from rapid_reviews.presenters.merged import address
from rapid_reviews.selectors.merged import Extent, Filter, Mark

LEFT, TOP, LANE, SMALLEST = 260, 48, 34, 5
COLUMNS = {Zoom.YEAR: 44, Zoom.MONTH: 28, Zoom.DAY: 22}
"""How wide a stretch is drawn: all of a window fits on a page without scrolling."""
STRETCHES = {Zoom.YEAR: 15, Zoom.MONTH: 24, Zoom.DAY: 31}
"""How many years, months or days the picture shows at once."""
CALLED = {Zoom.YEAR: "year", Zoom.MONTH: "month", Zoom.DAY: "day"}
LABEL = 38
AGREES, DIFFERS = ("#23384a", "#23384a"), ("#ffffff", "#8a4b14")


@dataclass(frozen=True)
class Lane:
    name: str
    y: int
    line: int


@dataclass(frozen=True)
class Tick:
    """A stretch's name; over it the year or month, where that begins."""

    label: str
    over: str
    x: int


@dataclass(frozen=True)
class Column:
    """Where a stretch is drawn, its name, and the address of the table within it."""

    x: int
    said: str
    href: str


@dataclass(frozen=True)
class Dot:
    """One mark: how many events an agency tells of in a stretch; it leads to them in the table."""

    x: int
    y: int
    r: int
    href: str
    label: str
    differ: bool

    @property
    def drawn(self) -> str:
        """The mark itself, its words escaped."""
        fill, ring = DIFFERS if self.differ else AGREES
        return (
            f'<circle cx="{self.x}" cy="{self.y}" r="{self.r}" fill="{fill}" stroke="{ring}" stroke-width="3">'
            f"<title>{escape(self.label)}</title></circle>"
        )

    @property
    def linked(self) -> str:
        """The mark as a link, its words escaped."""
        href, label = escape(self.href), escape(self.label)
        return f'<a href="{href}" aria-label="{label}" class="app-picture__mark">{self.drawn}</a>'


@dataclass(frozen=True)
class Link:
    text: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Picture:
    """The picture as numbers and words; ``sentence`` says in short what it shows."""

    lanes: list[Lane]
    ticks: list[Tick]
    dots: list[Dot]
    zooms: list[Link]
    before: str
    after: str
    sentence: str
    width: int
    height: int

    @property
    def bottom(self) -> int:
        return self.height - 8

    @property
    def grid(self) -> Markup:
        """The names of the stretches over their lines, the agencies over theirs."""
        ticks = "".join(_tick(one, self.bottom) for one in self.ticks)
        return Markup(ticks + "".join(_lane(one, self.width) for one in self.lanes))  # noqa: S704  escaped there

    @property
    def marks(self) -> Markup:
        """The marks as links, for a page: reached by keyboard in the order of the table."""
        return Markup("".join(one.linked for one in self.dots))  # noqa: S704  escaped in linked

    @property
    def plain_marks(self) -> Markup:
        """The marks without links, for a file."""
        return Markup("".join(one.drawn for one in self.dots))  # noqa: S704  escaped in drawn


def _tick(one: Tick, bottom: int) -> str:
    over = f'<text x="{one.x}" y="16" text-anchor="middle" font-weight="bold">{escape(one.over)}</text>'
    return (
        f'{over if one.over else ""}<text x="{one.x}" y="34" text-anchor="middle">{escape(one.label)}</text>'
        f'<line x1="{one.x}" x2="{one.x}" y1="42" y2="{bottom}" stroke="#e1e4e6"/>'
    )


def _lane(one: Lane, width: int) -> str:
    return (
        f'<text x="4" y="{one.y}" dominant-baseline="middle">{escape(one.name)}</text>'
        f'<line x1="0" x2="{width}" y1="{one.line}" y2="{one.line}" stroke="#c3c9ce"/>'
    )


def picture(
    agencies: Sequence[Agency],
    extent: Extent,
    *,
    marks: Callable[[date, date, str], Sequence[Mark]],
    chosen: Filter,
    zoom: str,
    at: date | None,
) -> Picture | None:
    """The picture of what is looked at; None where nothing has a date. ``marks`` reads those of a stretch of time."""
    first, last = extent.first, extent.last
    if first is None or last is None or not agencies:
        return None
    zoom = Zoom(zoom) if zoom in Zoom.values else fitting(first, last)
    stretches = window(first, last, zoom=zoom, at=at)
    begins, ends = stretches[0], end_of(stretches[-1], zoom)
    lanes = {
        one.pk: Lane(cut(one.name), TOP + LANE * n + LANE // 2, TOP + LANE * (n + 1))
        for n, one in enumerate(agencies)
    }
    names = {one.pk: one.name for one in agencies}
    column = COLUMNS[zoom]
    kept = address(replace(chosen, agency=None, from_on=None, until_on=None), zoom=zoom)
    columns = {
        day: Column(LEFT + column * n + column // 2, said(day, zoom), kept + days_of(day, zoom))
        for n, day in enumerate(stretches)
    }
    shown = [one for one in marks(begins, ends, zoom) if one.begins in columns and one.agency_id in lanes]
    shown.sort(key=lambda one: (one.begins, lanes[one.agency_id].y))
    largest = max((one.number for one in shown), default=1)
    room = min(9, column // 2 - SMALLEST - 1)
    dots = [
        dot(
            one, columns[one.begins], lanes[one.agency_id].y, names[one.agency_id], room=room, largest=largest
        )
        for one in shown
    ]
    return Picture(
        lanes=list(lanes.values()),
        ticks=[Tick(*tick(day, zoom, n), columns[day].x) for n, day in enumerate(stretches)],
        dots=dots,
        zooms=[
            Link(label, address(chosen, zoom=code) + "#picture", code == zoom) for code, label in Zoom.choices
        ],
        before=address(chosen, zoom=zoom, at=moved(stretches, zoom, -1).isoformat())
        if first < begins
        else "",
        after=address(chosen, zoom=zoom, at=moved(stretches, zoom, 1).isoformat()) if last > ends else "",
        sentence=(
            f"{counted(len(dots), 'mark', 'marks')} for {counted(len(agencies), 'agency', 'agencies')}, "
            f"one for each {CALLED[zoom]} with events, from {medium_date(begins)} to {medium_date(ends)}"
        ),
        width=LEFT + column * len(stretches) + 10,
        height=TOP + LANE * len(agencies) + 12,
    )


def dot(mark: Mark, column: Column, y: int, name: str, *, room: int, largest: int) -> Dot:
    """One mark, the larger the more events; ``room`` is by how much the largest may outgrow the smallest."""
    events = counted(mark.number, "event", "events")
    differ = f", {mark.differ} with dates that differ" if mark.differ else ""
    radius = SMALLEST + round(room * (mark.number - 1) / max(1, largest - 1))
    href = f"{column.href}&agency={mark.agency_id}#table"
    return Dot(column.x, y, radius, href, f"{column.said}, {name}: {events}{differ}", bool(mark.differ))


def days_of(begins: date, zoom: Zoom) -> str:
    """A stretch as the filter posts its first and last day."""
    return boxes("from_on", begins) + boxes("until_on", end_of(begins, zoom))


def boxes(name: str, day: date) -> str:
    """A day as the three boxes of the filter post it."""
    return f"&{name}_day={day.day}&{name}_month={day.month}&{name}_year={day.year}"


def fitting(first: date, last: date) -> Zoom:
    """Years, months or days, so that most of it is seen at once."""
    days = (last - first).days
    if days <= STRETCHES[Zoom.DAY]:
        return Zoom.DAY
    return Zoom.MONTH if days <= 31 * STRETCHES[Zoom.MONTH] else Zoom.YEAR


def window(first: date, last: date, *, zoom: Zoom, at: date | None) -> list[date]:
    """The first days of the stretches shown: those that end with the last event, or begin with ``at``."""
    number = STRETCHES[zoom]
    begins = start_of(min(max(at, first), last), zoom) if at else step(start_of(last, zoom), zoom, 1 - number)
    if at is None and begins < first:
        begins = start_of(first, zoom)
    found = [begins]
    while len(found) < number and found[-1] < start_of(last, zoom):
        found.append(step(found[-1], zoom, 1))
    return found


def moved(stretches: Sequence[date], zoom: Zoom, direction: int) -> date:
    """Where the picture begins one window earlier or later."""
    return max(step(stretches[0], zoom, direction * STRETCHES[zoom]), date(1900, 1, 1))


def start_of(day: date, zoom: Zoom) -> date:
    if zoom == Zoom.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if zoom == Zoom.MONTH else day


def end_of(day: date, zoom: Zoom) -> date:
    if zoom == Zoom.YEAR:
        return day.replace(month=12, day=31)
    return day.replace(day=monthrange(day.year, day.month)[1]) if zoom == Zoom.MONTH else day


def step(day: date, zoom: Zoom, number: int) -> date:
    """So many stretches later or earlier."""
    if zoom == Zoom.DAY:
        return day + timedelta(days=number)
    months = (day.year * 12 + day.month - 1) + number * (12 if zoom == Zoom.YEAR else 1)
    return date(max(1900, months // 12), months % 12 + 1, 1)


def tick(day: date, zoom: Zoom, place: int) -> tuple[str, str]:
    """What stands over a stretch: its name, and the year or month where that begins."""
    if zoom == Zoom.YEAR:
        return str(day.year), ""
    if zoom == Zoom.MONTH:
        return f"{day:%b}", str(day.year) if place == 0 or day.month == 1 else ""
    return str(day.day), f"{day:%b} {day.year}" if place == 0 or day.day == 1 else ""


def counted(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def said(day: date, zoom: Zoom) -> str:
    return {Zoom.YEAR: str(day.year), Zoom.MONTH: f"{day:%B} {day.year}", Zoom.DAY: medium_date(day)}[zoom]


def cut(name: str) -> str:
    return name if len(name) <= LABEL else f"{name[: LABEL - 1]}…"
