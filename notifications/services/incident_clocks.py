"""The clocks of an incident follow from its state: one place starts and withdraws C1, C2 and C3."""

from datetime import datetime

from cspr.audit.recording import recorded
from cspr.deadlines import services as deadlines
from cspr.people.models import Membership
from notifications.models import Incident
from notifications.workflow.incident import wanted_clocks

FROM_AWARENESS = ("C1", "C2", "C3")


@recorded
def settle_clocks(incident: Incident, *, by: Membership, reason: str) -> None:
    """Start what the state asks for, from the moment of awareness, and withdraw the rest with a reason.

    Repeating changes nothing; a clock already met stays met. Rules C1 to C3.
    """
    wanted = wanted_clocks(incident)
    for clock in FROM_AWARENESS:
        if clock in wanted and incident.aware_at is not None:
            deadlines.start(incident.case, clock=clock, moment=incident.aware_at, by=by)
        else:
            deadlines.withdraw(incident.case, clock=clock, by=by, reason=reason)


@recorded
def move_clocks(incident: Incident, *, to: datetime, by: Membership, reason: str) -> None:
    """A corrected awareness: new due dates beside the first ones. Met clocks never move."""
    for clock in FROM_AWARENESS:
        deadlines.correct(incident.case, clock=clock, moment=to, by=by, reason=reason)
