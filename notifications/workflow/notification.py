"""What may happen to a notification, as data: it is prepared, then recorded as sent. Rules 4.4 to 4.6."""

from typing import Any

from cspr.permissions import Permission
from cspr.statute.definitions import RouteKey
from cspr.statute.sources import NATIONAL_FORM
from cspr.workflow import Table, Transition
from notifications.models import Incident, Notification
from notifications.options import CareStatus
from notifications.options.notification import NotificationStatus
from notifications.workflow.incident import goes_to_the_national_system

PREPARING, SENT = NotificationStatus.PREPARING, NotificationStatus.SENT
READ_ONLY = "This was recorded as sent, so the pack can only be read. Add further information instead."


def notified_route(incident: Incident) -> str:
    """The route that is notified: a death told although the incident is no serious one goes by route B or C (C3)."""
    if incident.outcome == "yes":
        return str(incident.route)
    return RouteKey.C if incident.care_status == CareStatus.CARE_LEAVER else RouteKey.B


def is_to_be_sent(notification: Notification, by: Any) -> str | None:
    """The decision says that something goes to the national system."""
    return goes_to_the_national_system(notification.incident, by)


RECORD_SENT = Transition(
    "record_sent",
    "Record the notification as sent",
    frozenset({PREPARING}),
    SENT,
    Permission.RECORD_SENT,
    NATIONAL_FORM,
    guards=(is_to_be_sent,),
    past="sent",
)
"""The incident's step ``mark_notified``, taken with it, meets C1 and C3."""
TRANSITIONS = Table((RECORD_SENT,))
