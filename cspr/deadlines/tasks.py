"""Jobs of the clocks: each calls one service. A message lost or doubled changes nothing."""

from celery import shared_task

from cspr.deadlines import services
from cspr.now import now


@shared_task(name="cspr.deadlines.tasks.sweep")
def sweep() -> int:
    """Fire the reminders that are due and queue their mails."""
    return services.make_round(now()).fired


@shared_task(name="cspr.deadlines.tasks.refresh_bank_holidays")
def refresh_bank_holidays() -> None:
    """Read GOV.UK's list of bank holidays and apply what is new."""
    services.refresh_bank_holidays(now())
