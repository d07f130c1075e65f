"""The picture of the timeline: a lane for each agency, a mark for each stretch of time, in the order of the table."""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

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
MARK = '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="3"><title>{}</title></circle>'
LINKED = f'<a href="{{}}" aria-label="{{}}" class="app-picture__mark">{MARK}</a>'


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
class Dot:
    """One mark: how many events an agency tells of in a stretch; it leads to them in the table."""

    x: int
    y: int
    r: int
    href: str
    label: str
    differ: bool

    @property
    def drawn(self) -> tuple[int | str, ...]:
        """What the mark is drawn with."""
        fill, ring = DIFFERS if self.differ else AGREES
        return self.x, self.y, self.r, fill, ring, self.label


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
    def marks(self) -> SafeString:
        """The marks as links, for a page: reached by keyboard in the order of the table."""
        return format_html_join("", LINKED, ((one.href, one.label, *one.drawn) for one in self.dots))

    @property
    def plain_marks(self) -> SafeString:
        """The marks without links, for a file."""
        return format_html_join("", MARK, (one.drawn for one in self.dots))


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
    columns = {day: LEFT + column * n + column // 2 for n, day in enumerate(stretches)}
    shown = [one for one in marks(begins, ends, zoom) if one.begins in columns and one.agency_id in lanes]
    largest = max((one.number for one in shown), default=1)
    kept = address(replace(chosen, agency=None, from_on=None, until_on=None), zoom=zoom)
    dots = [
        dot(
            one,
            lanes[one.agency_id].y,
            columns[one.begins],
            names[one.agency_id],
            kept=kept,
            zoom=zoom,
            largest=largest,
        )
        for one in shown
    ]
    return Picture(
        lanes=list(lanes.values()),
        ticks=[Tick(*tick(day, zoom, n), columns[day]) for n, day in enumerate(stretches)],
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


def dot(mark: Mark, y: int, x: int, name: str, *, kept: str, zoom: Zoom, largest: int) -> Dot:
    """One mark; ``kept`` is the address with the rest of the filter."""
    events = counted(mark.number, "event", "events")
    room = COLUMNS[zoom] // 2 - SMALLEST - 1
    differ = f", {mark.differ} with dates that differ" if mark.differ else ""
    radius = SMALLEST + round(min(9, room) * (mark.number - 1) / max(1, largest - 1))
    label = f"{said(mark.begins, zoom)}, {name}: {events}{differ}"
    ends = end_of(mark.begins, zoom)
    days = f"{boxes('from_on', mark.begins)}{boxes('until_on', ends)}"
    return Dot(x, y, radius, f"{kept}&agency={mark.agency_id}{days}#table", label, bool(mark.differ))


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
