"""What endangers a clock, said on every board: the sweep does not run, the calendar runs out, mail fails."""

from cspr.deadlines.selectors import calendar_running_out, sweep_is_stale
from cspr.dispatch.selectors import has_dead_letters
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.statute.england_and_wales import Calendar


def alarms(acting: Membership, in_force: Calendar) -> list[str]:
    """Sentences for the banner; usually none."""
    found = []
    if sweep_is_stale(now()):
        found.append(
            "Reminders have not been checked for an hour. The due dates shown are right; tell your administrator."
        )
    if ending := calendar_running_out(today(), in_force):
        found.append(ending)
    if acting.is_unit and acting.partnership and has_dead_letters(acting.partnership, to=acting):
        found.append("Some mail could not be sent. See what is not told on the cases concerned.")
    return found
