"""Deadlines as an iCalendar file (RFC 5545): all-day events, a reference and a verb, nothing of the child."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from cspr.deadlines.models import Deadline
from cspr.deadlines.rules import rule_of


def as_calendar(deadlines: Iterable[Deadline]) -> bytes:
    """One event a deadline, on its due day. An event keeps its UID; each new due date counts its sequence up."""
    calendar = Calendar()
    calendar.add("prodid", "-//Child safeguarding practice reviews//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Deadlines")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for deadline in deadlines:
        calendar.add_component(_event(deadline))
    return calendar.to_ical()


def _event(deadline: Deadline) -> Event:
    rule = rule_of(deadline)
    place = reverse("case_clock", args=[deadline.case_id, deadline.pk])
    event = Event()
    event.add("uid", f"{deadline.pk}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("dtstamp", deadline.started_at)
    event.add("sequence", getattr(deadline, "changes", 0))
    event.add("dtstart", deadline.due_on)
    event.add("dtend", deadline.due_on + timedelta(days=1))
    event.add("summary", f"{deadline.case.reference}: {rule.verb_title}")
    event.add("url", f"{settings.PUBLIC_URL}{place}")
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    return event
