"""The hand-over from the agency to the business unit, as one verb: a referral sent opens an incident (4.1, C4)."""

from datetime import datetime

from django.urls import reverse

from cspr.audit.recording import recorded
from cspr.dispatch import services as dispatch
from cspr.people.models import Membership
from notifications import phrases
from notifications.models import Incident, Referral
from notifications.selectors import incident as incidents
from notifications.services.incident import open_incident
from notifications.services.referral import submit


@recorded
def receive_referral(referral: Referral, *, by: Membership, at: datetime | None = None) -> Referral:
    """Send a referral: it gets reference and case, its incident opens for triage, C4 runs from this moment.

    Pressed twice by one person it is one referral and one incident; raises AlreadyDone when a colleague sent it first.
    """
    sent = submit(referral, by=by, at=at)
    if not Incident.objects.filter(case=sent.case).exists():
        _tell_unit(open_incident(sent, by=by), by=by)
    return sent


def _tell_unit(incident: Incident, *, by: Membership) -> None:
    case = incident.case
    clock = incidents.running_clock(case, "C4")
    if case.partnership.unit_email:
        dispatch.post(
            to=case.partnership.unit_email,
            subject=phrases.REFERRAL_WAITS,
            reference=case.reference,
            link=reverse("incident", args=[case.pk]),
            until=clock.due_on if clock else None,
            by=by,
            about=case,
        )
