"""The calendar in force: the bundled one, with days proclaimed or withdrawn since."""

import uuid

from django.db import connection

from cspr.deadlines.models import CalendarState, Holiday
from cspr.statute.bank_holidays import known_until
from cspr.statute.england_and_wales import Calendar, england_and_wales

_cached: dict[uuid.UUID, Calendar] = {}
STAMP = "SELECT stamp FROM deadlines_calendarstate ORDER BY id LIMIT 1"
HOLD = "SELECT id FROM deadlines_calendarstate ORDER BY id LIMIT 1 FOR KEY SHARE"


def state() -> CalendarState:
    """The one row that says which version of the calendar is in force and how far it is known."""
    row = CalendarState.objects.first()
    return row or CalendarState.objects.get_or_create(pk=1, defaults={"known_until": known_until()})[0]


def current() -> Calendar:
    """The calendar in force now. One small query says whether the copy held by this process is still the one."""
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        found = cursor.fetchone()
    if found is not None and found[0] in _cached:
        return _cached[found[0]]
    row = state()
    _cached.clear()
    _cached[row.stamp] = as_changed(row)
    return _cached[row.stamp]


def held() -> Calendar:
    """The calendar in force, which then stays in force until this transaction ends.

    A verb that computes a due date holds it, so that a day proclaimed at the same moment either is counted already or
    finds the deadline and moves it. Take it before locking a deadline: the change of the calendar locks in that order.
    """
    state()
    with connection.cursor() as cursor:
        cursor.execute(HOLD)
    return current()


def as_changed(row: CalendarState) -> Calendar:
    """The calendar built from what stands in the database now."""
    standing = list(Holiday.objects.filter(ended_at__isnull=True))
    bundled = england_and_wales()
    return bundled.with_changes(
        proclaimed={one.day: one.title for one in standing if one.is_holiday},
        withdrawn={one.day for one in standing if not one.is_holiday},
        known_until=max(row.known_until, bundled.known_until),
    )
