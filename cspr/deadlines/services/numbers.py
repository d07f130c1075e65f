"""The partnership's own numbers: days and months that the rules leave to it. Clocks already started keep theirs."""

from collections.abc import Mapping
from itertools import pairwise

from cspr.audit.recording import record, recorded
from cspr.deadlines.rules import chosen_by
from cspr.models import Changed
from cspr.people.models import Membership, Partnership
from cspr.permissions import Permission, can
from cspr.statute.clocks import MILESTONES, SETTINGS
from cspr.workflow import Refused


def numbers_of(partnership: Partnership) -> dict[str, int]:
    """The partnership's number for each setting of the table of clocks."""
    return {setting.name: chosen_by(partnership, setting) for setting in SETTINGS}


@recorded
def set_numbers(
    partnership: Partnership,
    *,
    numbers: Mapping[str, int],
    by: Membership,
    typed_over: Mapping[str, int] | None = None,
) -> Partnership:
    """Set the numbers, within the limits of the table and with the days of the rapid review in their order.

    Raises Changed when others were stored since ``typed_over``.
    """
    if not can(by, Permission.MANAGE_SETTINGS) or by.partnership_id != partnership.pk:
        raise Refused(f"This is not yours to do: it needs {Permission.MANAGE_SETTINGS.whose}.")
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    before = numbers_of(locked)
    if typed_over is not None and dict(typed_over) != before:
        raise Changed
    outside = {
        setting.name: f"This must be between {setting.least} and {setting.most}"
        for setting in SETTINGS
        if not setting.least <= numbers[setting.name] <= setting.most
    }
    for earlier, later in pairwise(MILESTONES):
        if numbers[later.name] < numbers[earlier.name]:
            outside.setdefault(later.name, f"This must not come before: {earlier.label.lower()}")
    if outside:
        raise Refused(fields=outside)
    changed = [setting for setting in SETTINGS if numbers[setting.name] != before[setting.name]]
    for setting in changed:
        setattr(locked, setting.name, numbers[setting.name])
    if changed:
        locked.save(update_fields=[setting.name for setting in changed])
        told = "; ".join(f"{one.label}: {before[one.name]} to {numbers[one.name]}" for one in changed)
        detail = {"changes": told, "partnership": locked.name}
        record(
            "settings.clocks_changed", by=by, subject=locked, stream=f"partnership/{locked.pk}", detail=detail
        )
    return locked
