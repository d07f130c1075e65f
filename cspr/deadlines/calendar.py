"""The calendar in force: the bundled one, with days proclaimed or withdrawn since."""

from cspr.deadlines.models import CalendarState, Holiday
from cspr.statute.bank_holidays import known_until
from cspr.statute.england_and_wales import Calendar, england_and_wales

_cached: dict[int, Calendar] = {}


def state() -> CalendarState:
    """The one row that says which version of the calendar is in force and how far it is known."""
    row = CalendarState.objects.first()
    return row or CalendarState.objects.get_or_create(pk=1, defaults={"known_until": known_until()})[0]


def current() -> Calendar:
    """The calendar in force now. One small query says whether the copy held by this process is still the one."""
    version = CalendarState.objects.values_list("version", flat=True).first() or 0
    if version not in _cached:
        _cached.clear()
        _cached[version] = _build()
    return _cached[version]


def _build() -> Calendar:
    standing = Holiday.objects.filter(ended_at__isnull=True)
    return england_and_wales().with_changes(
        proclaimed={one.day: one.title for one in standing if one.is_holiday},
        withdrawn={one.day for one in standing if not one.is_holiday},
    )


def forget() -> None:
    """Drop this process's copy (after a change inside a transaction that may yet be undone)."""
    _cached.clear()
