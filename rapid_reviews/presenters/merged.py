"""The merged chronology, ready to show: each event with all who tell it, gaps, names or what stands for them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict

from cspr.govuk.dates import RoughDate, medium_date, typed_date
from rapid_reviews.models import Happening, Telling
from rapid_reviews.options.chronology import ChildSeen
from rapid_reviews.presenters.chronology import capital, theme_words, when_words
from rapid_reviews.selectors.merged import Filter

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

    @property
    def together(self) -> str:
        return f"Told by {len(self.tellings)} agencies" if len(self.tellings) > 1 else ""


def lines(happenings: Iterable[Happening], *, hide: Hide) -> list[Line]:
    """The lines of one page, with the gap before each where there is one."""
    found: list[Line] = []
    for happening in happenings:
        before = gap(getattr(happening, "before_on", None), happening.first_on)
        if before is not None:
            found.append(before)
        found.append(line(happening, hide=hide))
    return found


def line(happening: Happening, *, hide: Hide) -> Line:
    tellings = tuple(told(one, hide=hide) for one in happening.tellings.all())
    dates = list(dict.fromkeys(one.when for one in tellings))
    when = capital(" or ".join(dates)) if not happening.agree else capital(sharpest(happening))
    year = str(happening.first_on.year) if happening.first_on else "Date not known"
    return Line(when, tellings, differ=not happening.agree, year=year)


def sharpest(happening: Happening) -> str:
    """Of dates that agree, the one that says most."""
    known = [said_of(one) for one in happening.tellings.all()]
    happened, at = min(known, key=lambda one: (width(one[0]), one[1] is None))
    return when_words(happened, at)


def width(happened: RoughDate) -> int:
    if happened.earliest is None or happened.latest is None:
        return 10**6
    return (happened.latest - happened.earliest).days


def said_of(telling: Telling) -> tuple[RoughDate, Any]:
    """When an agency says it was."""
    if telling.row is not None:
        return telling.row.happened, telling.row.time_of_day
    assert telling.key_date is not None
    return telling.key_date.happened, None


def told(telling: Telling, *, hide: Hide) -> Told:
    happened, at = said_of(telling)
    when = when_words(happened, at)
    row = telling.row
    if row is None:
        assert telling.key_date is not None
        source = f"{FROM_REFERRAL}: {telling.key_date.source}" if telling.key_date.source else FROM_REFERRAL
        return Told(telling.agency.name, hide(source), when, "", hide(telling.key_date.event))
    child = "; ".join(filter(None, (SEEN.get(row.child_seen, ""), hide(row.child_said))))
    return Told(
        agency=telling.agency.name,
        source=hide(row.source),
        when=when,
        as_written=hide(row.as_written) if row.happened_precision != RoughDate.EXACT else "",
        event=hide(row.event),
        who=hide(row.who),
        child=child,
        response=hide(row.response),
        analysis=hide(row.analysis),
        themes=theme_words(row.themes),
    )


def gap(before: date | None, after: date | None) -> Line | None:
    """A line that says that nothing is told for long."""
    if before is None or after is None or (after - before).days <= GAP_DAYS:
        return None
    first, last = before + timedelta(days=1), after - timedelta(days=1)
    days = (last - first).days + 1
    period = f"{medium_date(first)} to {medium_date(last)}"
    return Line(period, gap=f"Nothing is told for {days:,} days", year=str(after.year))


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
