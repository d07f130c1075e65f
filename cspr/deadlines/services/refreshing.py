"""Keeping the calendar as GOV.UK announces it. A list is used whole or not at all."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.conf import settings

from cspr.audit.recording import recorded
from cspr.deadlines import bank_holiday_list as lists
from cspr.deadlines import calendar
from cspr.deadlines.models import CalendarState, Holiday, HolidaySource
from cspr.deadlines.services.holidays import BACK, Change, apply_change
from cspr.now import london_day

MOST_CHANGES = 5
log = logging.getLogger(__name__)
Fetch = Callable[[str], bytes]


@dataclass(frozen=True)
class Refreshed:
    """What one refresh did; ``problem`` says why GOV.UK's own list was not used."""

    added: tuple[date, ...] = ()
    withdrawn: tuple[date, ...] = ()
    known_until: date | None = None
    problem: str = ""


def refresh_bank_holidays(at: datetime, *, fetch: Fetch = lists.download) -> Refreshed:
    """Read GOV.UK's list where the network allows, else the bundled one, and apply what is new, as of ``at``.

    GOV.UK's list may withdraw a coming day again. The bundled one, which may be older than what was read before, only
    adds days about which nothing was ever decided.
    """
    on = london_day(at)
    address = settings.GOV_UK_BANK_HOLIDAYS_URL
    try:
        if not address:
            raise lists.Unusable("no address of the list is set")
        announced = lists.read_list(fetch(address), on=on)
        return _apply(announced, at=at, live=True, problem="")
    except lists.Unusable as problem:
        log.warning("bank holidays: %s; the bundled list is used", problem)
        why = str(problem)
    try:
        return _apply(lists.read_list(lists.bundled(), on=on), at=at, live=False, problem=why)
    except lists.Unusable as problem:
        return Refreshed(problem=f"{why}; bundled: {problem}")


@recorded
def _apply(announced: Mapping[date, str], *, at: datetime, live: bool, problem: str) -> Refreshed:
    on = london_day(at)
    added, withdrawn = _differences(announced, on, live=live)
    if len(added) + len(withdrawn) > MOST_CHANGES:
        raise lists.Unusable(
            f"the list differs in {len(added) + len(withdrawn)} days, which is not plausible"
        )
    for change, days in ((Change.PROCLAIM, added), (Change.WITHDRAW, withdrawn)):
        for day in days:
            title = announced.get(day, "")
            apply_change(day, title=title, change=change, by=None, source=HolidaySource.GOV_UK)
    row = CalendarState.objects.select_for_update().get(pk=calendar.state().pk)
    until = date(max(announced).year, 12, 31)
    if until > row.known_until:
        row.known_until, row.version, row.stamp = until, row.version + 1, uuid4()
    row.refreshed_at = at if live else row.refreshed_at
    row.save()
    return Refreshed(tuple(added), tuple(withdrawn), row.known_until, problem)


def _differences(announced: Mapping[date, str], on: date, *, live: bool) -> tuple[list[date], list[date]]:
    """Days to add and to withdraw. What a manager decided about a day stands until a manager decides otherwise."""
    in_force = calendar.current()
    ever, by_hand = _decided()
    added = [
        day
        for day in sorted(announced)
        if day >= on - BACK and in_force.is_working(day) and day not in (by_hand if live else ever)
    ]
    if not live:
        return added, []
    last = date(max(announced).year, 12, 31)
    coming = (date.fromordinal(n) for n in range(on.toordinal() + 1, last.toordinal() + 1))
    vanished = [
        day
        for day in coming
        if in_force.why_not(day) not in (None, "weekend") and day not in announced and day not in by_hand
    ]
    return added, vanished


def _decided() -> tuple[set[date], set[date]]:
    """Days about which anything was ever decided, and those on which a manager's decision stands."""
    rows = Holiday.objects.values_list("day", "source", "ended_at")
    standing = {day for day, source, ended in rows if source == HolidaySource.PROCLAIMED and ended is None}
    return {day for day, _, _ in rows}, standing
