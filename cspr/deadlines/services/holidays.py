"""A bank holiday proclaimed or withdrawn: what it would move, shown first; then applied, to open deadlines only.

The calendar is one for the installation, as it is for the country, so a change moves the deadlines of every
partnership. Met and withdrawn clocks never move; the first due date stays beside the new one; a due date that was set
rather than counted stays as it was set.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import uuid4

from django.db.models import F, Q

from cspr.audit.recording import record, recorded
from cspr.deadlines import calendar
from cspr.deadlines.models import OPEN, CalendarState, Deadline, Holiday, HolidaySource, Reminder
from cspr.deadlines.rules import computed_due
from cspr.deadlines.services.clocks import move
from cspr.deadlines.services.reminders import fires_on
from cspr.models import Changed
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.statute.england_and_wales import Calendar, england_and_wales
from cspr.statute.working_days import in_words
from cspr.workflow import Refused

LONGEST_TITLE = 120
BACK, AHEAD = timedelta(days=366), timedelta(days=3653)


class Change(StrEnum):
    """What happens to a day."""

    PROCLAIM = "proclaim"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Move:
    """An open deadline and where the change takes it."""

    deadline: Deadline
    before: date
    after: date


@dataclass(frozen=True)
class Preview:
    """What a change would do. ``seen`` stands for exactly this; another preview has another."""

    day: date
    title: str
    change: Change
    moves: tuple[Move, ...]
    seen: str


def preview_change(day: date, *, title: str, change: Change) -> Preview:
    """What a change of the calendar would move, in every partnership. Raises Refused for a day that cannot change."""
    row = calendar.state()
    in_force = calendar.as_changed(row)
    refuse_impossible(day, title=title, change=change, in_force=in_force)
    moves = _moves(day, in_force, _with(in_force, day, title, change))
    told = [str(row.stamp), *(f"{one.deadline.pk} {one.before} {one.after}" for one in moves)]
    seen = hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]
    return Preview(day, title, change, moves, seen)


def refuse_impossible(day: date, *, title: str, change: Change, in_force: Calendar) -> None:
    """Raise Refused where this day cannot change, beside the field at fault."""
    if not today() - BACK <= day <= today() + AHEAD:
        raise Refused(fields={"day": "The day must be within the last 12 months or the next 10 years"})
    reason = in_force.why_not(day)
    if reason == "weekend":
        raise Refused(fields={"day": f"{in_words(day)} is at a weekend, so it is not a working day already"})
    if change == Change.PROCLAIM and reason:
        raise Refused(fields={"day": f"{in_words(day)} is a bank holiday already: {reason}"})
    if change == Change.WITHDRAW and not reason:
        raise Refused(fields={"day": f"{in_words(day)} is not a bank holiday"})
    if change == Change.PROCLAIM and not title.strip():
        raise Refused(fields={"title": "Enter the name of the bank holiday"})
    if len(title) > LONGEST_TITLE:
        raise Refused(fields={"title": f"The name must be {LONGEST_TITLE} characters or fewer"})


@recorded
def apply_change(
    day: date,
    *,
    title: str,
    change: Change,
    by: Membership | None,
    seen: str = "",
    note: str = "",
    source: HolidaySource = HolidaySource.PROCLAIMED,
) -> Preview:
    """Change the calendar and move the open deadlines it moves. ``by`` is None for the list of GOV.UK.

    Raises Changed when ``seen`` is no longer what the change would do, and Refused for a day that cannot change or, in
    the past, for a missing note.
    """
    if by is not None and not can(by, Permission.MANAGE_CALENDAR):
        raise Refused(f"This is not yours to do: it needs {Permission.MANAGE_CALENDAR.whose}.")
    calendar.state()
    row = CalendarState.objects.select_for_update().order_by("pk")[0]
    preview = preview_change(day, title=title, change=change)
    if seen and seen != preview.seen:
        raise Changed
    if by is not None and day < today() and not note.strip():
        raise Refused(fields={"note": "Enter why a day in the past changes"})
    holiday = _write(preview, by=by, note=note, source=source)
    row.version += 1
    row.stamp = uuid4()
    row.save()
    kind = "holiday.proclaimed" if change == Change.PROCLAIM else "holiday.withdrawn"
    detail = {"day": in_words(day), "title": holiday.title, "note": note, "moved": len(preview.moves)}
    record(kind, by=by, subject=holiday, detail=detail)
    _move_all(preview, by=by)
    _move_thresholds(day)
    return preview


def _with(in_force: Calendar, day: date, title: str, change: Change) -> Calendar:
    if change == Change.PROCLAIM:
        return in_force.with_changes(proclaimed={day: title})
    return in_force.with_changes(withdrawn={day})


def _moves(day: date, in_force: Calendar, changed: Calendar) -> tuple[Move, ...]:
    spanning = Q(start_on__lte=day, due_on__gte=day) | Q(start_on__gte=day, due_on__lte=day)
    open_ones = Deadline.objects.filter(OPEN).filter(spanning).select_related("case")
    found = []
    for deadline in open_ones.order_by("case__reference", "due_on", "pk"):
        after = computed_due(deadline, changed)
        if after != deadline.due_on and computed_due(deadline, in_force) == deadline.due_on:
            found.append(Move(deadline, deadline.due_on, after))
    return tuple(found)


def _write(preview: Preview, *, by: Membership | None, note: str, source: HolidaySource) -> Holiday:
    """End what stands about the day; add a row where the bundled calendar alone would say otherwise."""
    day, moment = preview.day, now()
    standing = Holiday.objects.filter(day=day, ended_at__isnull=True).first()
    if standing is not None:
        standing.ended_at, standing.ended_by = moment, by
        standing.save()
    becomes_holiday = preview.change == Change.PROCLAIM
    if standing is not None and england_and_wales().is_working(day) != becomes_holiday:
        return standing
    title = preview.title or (standing.title if standing else england_and_wales().why_not(day) or "")
    row = Holiday(day=day, title=title, is_holiday=becomes_holiday, source=source, note=note)
    row.made_at, row.made_by = moment, by
    row.save(force_insert=True)
    return row


def _move_all(preview: Preview, *, by: Membership | None) -> None:
    became = "became a bank holiday" if preview.change == Change.PROCLAIM else "is no longer a bank holiday"
    why = f"{in_words(preview.day)} {became}" + (f": {preview.title}" if preview.title else "")
    planned = {one.deadline.pk: one.after for one in preview.moves}
    locked = Deadline.objects.select_for_update(of=("self",)).filter(OPEN, pk__in=planned).order_by("pk")
    for deadline in locked.select_related("case"):
        move(deadline, to=planned[deadline.pk], by=by, why=why)


def _move_thresholds(day: date) -> None:
    """Deadlines that stay can still have a reminder that moves, counted across the day."""
    in_force = calendar.current()
    across = Q(fires_on__lte=day, due_on__gte=day) | Q(fires_on__gte=day, due_on__lte=day)
    waiting = Reminder.objects.filter(across, fired_at__isnull=True, due_on=F("deadline__due_on"))
    moved = []
    for one in waiting.filter(deadline__met_at__isnull=True, deadline__withdrawn_at__isnull=True):
        new = fires_on(one.due_on, one.offset, in_force)
        if new != one.fires_on:
            one.fires_on = new
            moved.append(one)
    Reminder.objects.bulk_update(moved, ["fires_on"], batch_size=1_000)
