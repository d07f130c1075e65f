"""What endangers a clock, said on every board: the sweep does not run, the calendar runs out, mail fails."""

from cspr.people.models import Membership


def alarms(acting: Membership) -> list[str]:
    """Sentences for the banner; usually none."""
    return []
