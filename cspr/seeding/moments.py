"""Days relative to today, so that seeded cases are as overdue, due or early whenever they are made."""

from datetime import date, datetime, time, timedelta

from cspr.deadlines import calendar
from cspr.govuk.dates import london_moment
from cspr.now import now, today

MORNING = time(9, 30)


def working_days_ago(number: int) -> date:
    """The day from which ``number`` working days were counted up to today; today for 0."""
    return calendar.current().back(today(), number) if number else today()


def moment_ago(number: int, at: time = MORNING) -> datetime:
    """That day at an hour of London's clock, and never later than this moment."""
    return min(london_moment(working_days_ago(number), at), now() - timedelta(minutes=5))


def on_or_before(moment: datetime, days: int) -> date:
    """The London day ``days`` before a moment."""
    return moment.date() - timedelta(days=days)
