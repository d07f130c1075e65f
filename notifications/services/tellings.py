"""Verbs on whom an incident is told to: the partners and other areas (C2), the bodies behind the national form."""

from datetime import datetime

from django.urls import reverse

from cspr.audit.recording import recorded
from cspr.cases.models import Case
from cspr.deadlines.services import running
from cspr.dispatch.models import How, Telling, TellingKind
from cspr.dispatch.selectors import standing
from cspr.dispatch.services import To, retry, tell, tell_by_hand
from cspr.dispatch.services.already_told import record_told
from cspr.documents import services as documents
from cspr.now import london_day
from cspr.people.models import BodyKind, Membership, Partner, Partnership
from cspr.people.selectors import body_in_force
from cspr.permissions import Permission, can
from cspr.statute.definitions import RouteKey
from cspr.workflow import Refused
from notifications.models import Incident, Notification, OtherArea

C2 = "C2"
THROUGH_THE_FORM = (BodyKind.SECRETARY_OF_STATE, BodyKind.OFSTED)
"""The national form shares every notification with them (C1, C3)."""


@recorded
def tell_of_incident(incident: Incident, *, by: Membership) -> list[Telling]:
    """Ask that the three partners and the other areas be told, one by one (C2).

    Who was asked or told before is not asked again; nothing is told where C2 does not run: no serious incident.
    """
    case = incident.case
    if running(case, C2) is None:
        return []
    recipients = [To.safeguarding_partner(partner, of=case) for partner in Partner]
    areas = [to_area(area) for area in incident.other_areas.select_related("partnership") if not area.is_lead]
    asked = {(one.recipient_name, one.partner) for one in standing(case, clock=C2)}
    new = [to for to in (*recipients, *areas) if (to.name, to.partner) not in asked]
    return [_ask(case, to, by=by) for to in new]


def to_area(area: OtherArea) -> To:
    """Another area as a recipient: a partnership we know, or one by name."""
    if area.partnership is not None:
        return To.other_partnership(area.partnership)
    return To.named(area.name, email=area.email)


def _ask(case: Case, to: To, *, by: Membership) -> Telling:
    kind = TellingKind.SERIOUS_INCIDENT_TO_PARTNER if to.partner else TellingKind.SERIOUS_INCIDENT_TO_AREA
    link = reverse("notification", args=[case.pk])
    return tell(case, what=kind, to=to, by=by, clock=C2, link=link)


@recorded
def tell_area(
    case: Case, *, by: Membership, partnership: Partnership | None = None, name: str = "", email: str = ""
) -> Telling:
    """Ask that one more area be told (C2, rule 4.8). C2 waits for it unless it is met already."""
    _require_tell(by)
    to = To.other_partnership(partnership) if partnership else To.named(name, email=email)
    if standing(case, clock=C2).filter(recipient_name=to.name, partner="").exists():
        raise Refused(fields={"partnership" if partnership else "name": "This area is in the table already"})
    return _ask(case, to, by=by)


@recorded
def tell_again(telling: Telling, *, by: Membership, email: str = "") -> Telling:
    """Try a telling that failed again by mail, to the same address or another."""
    _require_tell(by)
    return retry(telling, by=by, email=email, link=reverse("notification", args=[telling.case_id]))


@recorded
def told_in_person(
    telling: Telling,
    *,
    how: How,
    at: datetime,
    told_to: str,
    note: str,
    upload: object | None,
    by: Membership,
) -> Telling:
    """Keep that a recipient was told by telephone, in person or by letter: when, who there, with what proof."""
    _require_tell(by)
    proof = None
    if upload is not None:
        stream = f"telling/{telling.pk}"
        proof = documents.attach(telling.case, stream=stream, upload=upload, kind="proof", by=by)  # type: ignore[arg-type]
    words = f"Told to {told_to}. {note}".strip()
    return tell_by_hand(telling, by=by, how=how, at=at, note=words, proof=proof)


@recorded
def told_by_national_system(notification: Notification, *, by: Membership) -> list[Telling]:
    """Keep that sending told the Panel (route A), the Secretary of State and Ofsted (C1, C3), with its evidence."""
    case, at = notification.case, notification.sent_at
    if at is None:
        return []
    death = running(case, "C3") is not None
    panel = (BodyKind.PANEL,) if notification.route == RouteKey.A else ()
    told = []
    for kind in (*panel, *THROUGH_THE_FORM):
        body = body_in_force(kind, london_day(at))
        if body is None:
            continue
        clock = "C3" if death and kind in THROUGH_THE_FORM else "C1"
        told.append(
            record_told(
                case,
                what=TellingKind.INCIDENT_TO_BODY,
                to=To.body_named(body),
                how=How.NATIONAL_SYSTEM,
                at=at,
                by=by,
                clock=clock,
                note=f"Reference {notification.system_reference}",
                proof=notification.evidence,
            )
        )
    return told


def _require_tell(by: Membership) -> None:
    if not can(by, Permission.TELL):
        raise Refused(f"This is not yours to do: it needs {Permission.TELL.whose}.")
