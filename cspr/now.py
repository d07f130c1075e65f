"""The only place that asks what time it is. Everything that decides is given the answer as a parameter."""

from datetime import UTC, date, datetime

from cspr.statute.england_and_wales import london_day


def now() -> datetime:
    """The moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The date in Europe/London."""
    return london_day(now())


__all__ = ["london_day", "now", "today"]
