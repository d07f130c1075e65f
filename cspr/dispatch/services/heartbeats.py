"""The sign of life of a job."""

from cspr.dispatch.models import Heartbeat
from cspr.now import now


def beat(name: str) -> None:
    """Note that a job ran to its end now."""
    Heartbeat.objects.update_or_create(name=name, defaults={"last_heard": now()})
