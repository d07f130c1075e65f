"""Verbs on whom an incident is told to: the partners and other areas (C2), the bodies behind the national form."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from cspr.audit.recording import recorded
from cspr.cases.models import Case
from cspr.deadlines.services import running
from cspr.dispatch.models import How, Telling, TellingKind
from cspr.dispatch.services import To, retry, tell, tell_by_hand
from cspr.dispatch.services.already_told import record_told
from cspr.documents import services as documents
from cspr.now import london_day
from cspr.people.models import BodyKind, Membership, Partner
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
    """Ask that the three partners (C2) and the other areas (C2, rule 4.8) be told, one by one.

    Who was asked or told before is not asked again. Where C2 does not run, because it is no serious incident, only the
    other areas are told, and no clock waits for them.
    """
    case = incident.case
    clock = C2 if running(case, C2) else ""
    partners = [To.safeguarding_partner(partner, of=case) for partner in Partner] if clock else []
    areas = [to_area(area) for area in incident.other_areas.select_related("partnership")]
    asked = {(one.recipient_name, one.partner) for one in _told_of_incident(case)}
    new = [to for to in (*partners, *areas) if (to.name, to.partner) not in asked]
    return [_ask(case, to, clock=clock, by=by) for to in new]


def _told_of_incident(case: Case) -> "QuerySet[Telling]":
    kinds = (TellingKind.SERIOUS_INCIDENT_TO_PARTNER, TellingKind.SERIOUS_INCIDENT_TO_AREA)
    return Telling.objects.filter(case=case, what__in=kinds).exclude(status=Telling.Status.STOPPED)


def to_area(area: OtherArea) -> To:
    """Another area as a recipient: a partnership we know, or one by name."""
    if area.partnership is not None:
        return To.other_partnership(area.partnership)
    return To.named(area.name, email=area.email)


def _ask(case: Case, to: To, *, clock: str, by: Membership) -> Telling:
    kind = TellingKind.SERIOUS_INCIDENT_TO_PARTNER if to.partner else TellingKind.SERIOUS_INCIDENT_TO_AREA
    link = reverse("notification", args=[case.pk])
    return tell(case, what=kind, to=to, by=by, clock=clock, link=link)


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
