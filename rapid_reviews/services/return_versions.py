"""What a new version of a return takes over from the one before: its files, and what other parts hang on it.

The chronology registers itself with ``when_version_begins`` while apps load; it is called in the same transaction.
"""

from collections.abc import Callable

from cspr.people.models import Membership
from rapid_reviews.models import Return, ReturnFile
from rapid_reviews.services.review import keep

CarryOver = Callable[[Return, Return, Membership], None]
_REGISTERED: list[CarryOver] = []


def when_version_begins(carry: CarryOver) -> None:
    """Register ``carry(before, version, by)``, once."""
    if carry not in _REGISTERED:
        _REGISTERED.append(carry)


def carry_over(before: Return, version: Return, *, by: Membership) -> None:
    """Copy the rows that hang on a version to the next one."""
    for one in before.files.all():
        copy = ReturnFile(
            agency_return=version,
            document_id=one.document_id,
            description=one.description,
            position=one.position,
        )
        keep(copy, by=by, force_insert=True)
    for carry in _REGISTERED:
        carry(before, version, by)
