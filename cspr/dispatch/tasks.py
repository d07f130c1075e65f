"""Jobs of dispatch: each calls one service and leaves its sign of life."""

from celery import shared_task

from cspr.dispatch import services
from cspr.dispatch.services.heartbeats import beat


@shared_task(name="cspr.dispatch.tasks.drain")
def drain() -> int:
    """Deliver what waits in the outbox."""
    tally = services.drain()
    beat("drain")
    return tally.sent


@shared_task(name="cspr.dispatch.tasks.canary")
def canary() -> None:
    """Show that a worker hears the queue (R25)."""
    beat("canary")
