"""Verbs on other areas an incident concerns (rule 4.8)."""

from cspr.audit.recording import record, recorded
from cspr.now import now
from cspr.people.models import Membership, Partnership
from cspr.permissions import Permission, can
from cspr.workflow import Refused
from notifications.models import Incident, OtherArea
from notifications.options.incident import IncidentStatus
from notifications.selectors import incident as incidents
from notifications.services.tellings import tell_of_incident

CLOSED = "Areas can no longer be changed: this incident was joined to another case."
SHARED_ALREADY = "Something was shared with this area, so it stays on the record."
TOLD_ALREADY = "This area has been asked to be told, so it cannot be taken off here."
DECIDED = frozenset({IncidentStatus.NOTIFIABLE, IncidentStatus.NOTIFIED})


def _for_areas(incident: Incident, by: Membership) -> Incident:
    if not can(by, Permission.TRIAGE) or by.partnership_id != incident.case.partnership_id:
        raise Refused(f"This is not yours to do: it needs {Permission.TRIAGE.whose}.")
    locked = incidents.locked(incident)
    if locked.status == IncidentStatus.LINKED:
        raise Refused(CLOSED)
    return locked


@recorded
def add_area(
    incident: Incident,
    *,
    by: Membership,
    why: str,
    partnership: Partnership | None = None,
    name: str = "",
    email: str = "",
    is_lead: bool = False,
) -> OtherArea:
    """Name another area: a partnership we know, or one by name. After the decision to notify it is told at once (C2).

    The same area twice is one row. ``is_lead``: the incident happened there, so that area leads.
    """
    locked = _for_areas(incident, by)
    if partnership is None and not name.strip():
        raise Refused(fields={"name": "Enter the name of the area"})
    same = (
        {"partnership": partnership} if partnership else {"partnership__isnull": True, "name__iexact": name}
    )
    standing = locked.other_areas.filter(**same).first()
    if standing is not None:
        return standing
    if is_lead and locked.other_areas.filter(is_lead=True).exists():
        raise Refused(fields={"is_lead": "Another area is marked as the place of the incident already"})
    area = OtherArea(
        incident=locked,
        partnership=partnership,
        name="" if partnership else name,
        email="" if partnership else email,
        why=why,
        is_lead=is_lead,
        added_at=now(),
        added_by=by,
    )
    area.save(force_insert=True)
    record("incident.area_added", by=by, subject=locked, case=locked.case, detail={"area": str(area)})
    if locked.status in DECIDED:
        tell_of_incident(locked, by=by)
    return area


@recorded
def remove_area(incident: Incident, area: OtherArea, *, by: Membership) -> None:
    """Take an area off before it is told of anything. Twice changes nothing."""
    locked = _for_areas(incident, by)
    standing = locked.other_areas.filter(pk=area.pk).first()
    if standing is None:
        return
    if locked.status in DECIDED:
        raise Refused(TOLD_ALREADY)
    if standing.shares.exists():
        raise Refused(SHARED_ALREADY)
    record("incident.area_removed", by=by, subject=locked, case=locked.case, detail={"area": str(standing)})
    standing.delete()
