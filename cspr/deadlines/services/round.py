"""One round: fire what is due, tell whom it concerns, and leave a sign of life for the board."""

from dataclasses import dataclass
from datetime import datetime

from cspr.deadlines.models import SweepRun
from cspr.deadlines.services.firing import sweep
from cspr.deadlines.services.telling import tell


@dataclass(frozen=True)
class Round:
    """What one round did: reminders fired, mails queued, deadlines that could not be told."""

    fired: int
    told: int
    failed: int


def make_round(at: datetime) -> Round:
    """Sweep and tell, as decided at ``at``. Celery's beat and a timer both start it; neither needs the other."""
    fired = sweep(at)
    tally = tell(at)
    done = Round(fired=fired, told=tally.told, failed=tally.failed)
    SweepRun.objects.update_or_create(
        pk=1, defaults={"finished_at": at, "fired": done.fired, "told": done.told, "failed": done.failed}
    )
    return done
