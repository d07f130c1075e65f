"""Dates and times in words."""

from datetime import date, datetime, time

from django import template

from cspr.govuk.dates import in_london, long_date, long_moment, medium_date, short_date

register = template.Library()


def _london_day(value: date | datetime) -> date:
    return in_london(value).date() if isinstance(value, datetime) else value


@register.filter("long_date")
@register.simple_tag
def govuk_date(value: date | datetime | None) -> str:
    """Thursday 26 November 2026; a moment becomes its day in London."""
    return long_date(_london_day(value)) if value else ""


@register.filter("medium_date")
def govuk_medium_date(value: date | datetime | None) -> str:
    """26 November 2026."""
    return medium_date(_london_day(value)) if value else ""


@register.filter("short_date")
def govuk_short_date(value: date | datetime | None) -> str:
    """Thu 26 Nov."""
    return short_date(_london_day(value)) if value else ""


@register.filter("long_moment")
@register.simple_tag
def govuk_datetime(value: datetime | None) -> str:
    """Thursday 26 November 2026 at 16:40, on the London clock."""
    return long_moment(value) if value else ""


@register.filter("clock")
@register.simple_tag
def govuk_time(value: datetime | time | None) -> str:
    """16:40."""
    if value is None:
        return ""
    return f"{in_london(value) if isinstance(value, datetime) else value:%H:%M}"
