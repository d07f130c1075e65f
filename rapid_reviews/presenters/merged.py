"""The merged chronology, ready to show: each event with all who tell it, gaps, names or what stands for them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import QueryDict

from cspr.govuk.dates import RoughDate, medium_date, typed_date
from rapid_reviews.options.chronology import ChildSeen
from rapid_reviews.presenters.chronology import capital, theme_words, when_words
from rapid_reviews.selectors.merged import Event, Filter, Said

GAP_DAYS = 90
"""From how many days without anything told a gap stands as its own row."""
FROM_REFERRAL = "Referral"
SEEN = dict(ChildSeen.choices)
Hide = Callable[[str], str]


@dataclass(frozen=True)
class Told:
    """What one agency tells of an event."""

    agency: str
    source: str
    when: str
    as_written: str
    event: str
    who: str = ""
    child: str = ""
    response: str = ""
    analysis: str = ""
    themes: str = ""


@dataclass(frozen=True)
class Line:
    """One line: an event with its tellings, or (without any) a gap. ``year`` heads its part of the export."""

    when: str
    tellings: tuple[Told, ...] = ()
    differ: bool = False
    gap: str = ""
    year: str = ""
    first_on: date | None = None

    @property
    def together(self) -> str:
        return f"Told by {len(self.tellings)} agencies" if len(self.tellings) > 1 else ""


def lines(events: Iterable[Event], *, hide: Hide, part: bool = False) -> list[Line]:
    """The lines of one page, with the gap before each where there is one; ``part`` of all that is told, if filtered."""
    found: list[Line] = []
    for event in events:
        before = gap(event.before_on, event.first_on, part=part)
        if before is not None:
            found.append(before)
        found.append(line(event, hide=hide))
    return found


def line(event: Event, *, hide: Hide) -> Line:
    tellings = tuple(told(one, hide=hide) for one in event.said)
    dates = dict.fromkeys(one.when for one in tellings)
    when = sharpest(event.said) if event.agree else " or ".join(dates)
    year = str(event.first_on.year) if event.first_on else "Date not known"
    return Line(capital(when), tellings, differ=not event.agree, year=year, first_on=event.first_on)


def sharpest(said: Iterable[Said]) -> str:
    """Of dates that agree, the one that says most."""
    best = min(said, key=lambda one: (width(one.happened), one.time_of_day is None))
    return when_words(best.happened, best.time_of_day)


def width(happened: RoughDate) -> int:
    if happened.earliest is None or happened.latest is None:
        return 10**6
    return (happened.latest - happened.earliest).days


def told(said: Said, *, hide: Hide) -> Told:
    source = hide(said.source)
    if said.in_referral:
        source = f"{FROM_REFERRAL}: {source}" if source else FROM_REFERRAL
    return Told(
        agency=said.agency,
        source=source,
        when=when_words(said.happened, said.time_of_day),
        as_written=hide(said.as_written) if said.happened_precision != RoughDate.EXACT else "",
        event=hide(said.event),
        who=hide(said.who),
        child="; ".join(filter(None, (SEEN.get(said.child_seen, ""), hide(said.child_said)))),
        response=hide(said.response),
        analysis=hide(said.analysis),
        themes=theme_words(said.themes),
    )


def gap(before: date | None, after: date | None, *, part: bool = False) -> Line | None:
    """A line that says that nothing is told for long."""
    if before is None or after is None or (after - before).days <= GAP_DAYS:
        return None
    first, last = before + timedelta(days=1), after - timedelta(days=1)
    days = (last - first).days + 1
    period = f"{medium_date(first)} to {medium_date(last)}"
    nothing = "Nothing that fits the filter" if part else "Nothing"
    return Line(period, gap=f"{nothing} is told for {how_long(days)}", year=str(after.year), first_on=first)


def how_long(days: int) -> str:
    """Days as far as they say something: "95 days", from three years on "124 years"."""
    return f"{days:,} days" if days < 3 * 365 else f"{round(days / 365.25)} years"


def address(chosen: Filter, **more: str) -> str:
    """The query that keeps this filter: ids, codes and days only."""
    query = QueryDict(mutable=True)
    given = {"agency": chosen.agency, "person": chosen.person, "theme": chosen.theme}
    query.update({name: str(value) for name, value in given.items() if value})
    for name, day in (("from_on", chosen.from_on), ("until_on", chosen.until_on)):
        if day:
            query.update(typed_date(name, day))
    if chosen.differ:
        query["differ"] = "on"
    query.update({name: value for name, value in more.items() if value})
    return f"?{query.urlencode()}" if query else "?"
