"""What endangers a clock or a case, said on the board: no sweep, the calendar runs out, mail fails, many cases read."""

from datetime import timedelta

from cspr.audit.selectors import readers_of_many
from cspr.deadlines.selectors import calendar_running_out, sweep_is_stale
from cspr.dispatch.selectors import has_dead_letters
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.people.selectors import people_within
from cspr.permissions import Role
from cspr.statute.england_and_wales import Calendar

MANY_CASES = 30
"""More different cases than anybody's work needs in an hour: somebody may be looking for people they know (T2)."""


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
    return [*found, *_many_cases_read(acting)]


def _many_cases_read(acting: Membership) -> list[str]:
    if acting.role != Role.MANAGER or acting.partnership is None:
        return []
    readers = readers_of_many(people_within(acting), since=now() - timedelta(hours=1), cases=MANY_CASES)
    return [
        f"{name} opened {cases} different cases within an hour. Ask them what for; each case shows who has looked."
        for name, cases in readers
    ]
