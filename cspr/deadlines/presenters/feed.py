"""Deadlines as an iCalendar file (RFC 5545): all-day events, a reference and a verb, nothing of the child."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from cspr.deadlines.feed_dates import FeedDate
from cspr.deadlines.models import Deadline
from cspr.deadlines.rules import rule_of


def as_calendar(deadlines: Iterable[Deadline], dates: Iterable[FeedDate] = ()) -> bytes:
    """One event a deadline, on its due day, and one a date beside them.

    An event keeps its UID; each new date counts its sequence up.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Child safeguarding practice reviews//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Deadlines")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for deadline in deadlines:
        calendar.add_component(_event(deadline))
    for one in dates:
        calendar.add_component(_all_day(one))
    return calendar.to_ical()


def _event(deadline: Deadline) -> Event:
    return _all_day(
        FeedDate(
            id=deadline.pk,
            on=deadline.due_on,
            reference=deadline.case.reference,
            what=rule_of(deadline).verb_title,
            path=reverse("case_clock", args=[deadline.case_id, deadline.pk]),
            noted_at=deadline.started_at,
            changes=getattr(deadline, "changes", 0),
        )
    )


def _all_day(one: FeedDate) -> Event:
    event = Event()
    event.add("uid", f"{one.id}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("dtstamp", one.noted_at)
    event.add("sequence", one.changes)
    event.add("dtstart", one.on)
    event.add("dtend", one.on + timedelta(days=1))
    event.add("summary", f"{one.reference}: {one.what}")
    event.add("url", f"{settings.PUBLIC_URL}{one.path}")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
