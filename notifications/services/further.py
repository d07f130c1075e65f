"""What was told after the notification was sent: the copy stays as it was, this stands beside it. Rules 3.3, 4.6."""

from datetime import datetime
from typing import Any

from django.core.files.base import File

from cspr.audit.recording import recorded
from cspr.cases.dialogue import log_dialogue
from cspr.cases.models import Case, Dialogue
from cspr.documents import services as documents
from cspr.people.models import Membership
from cspr.workflow import Refused
from notifications.models import Notification
from notifications.services.notification import locked_row, stream_of


@recorded
def send_further(
    notification: Notification,
    *,
    text: str,
    sender_name: str,
    at: datetime,
    upload: "File[Any] | None",
    by: Membership,
) -> Dialogue:
    """Keep what was told after sending: the copy stays as it was sent, this stands beside it (rules 3.3, 4.6)."""
    locked = locked_row(notification)
    if not locked.is_sent or locked.sent_at is None:
        raise Refused("Nothing has been sent yet, so change the pack itself.")
    if at < locked.sent_at:
        raise Refused(fields={"said_on": "The moment must be after the notification was sent"})
    document = None
    if upload is not None:
        stream = stream_of(locked)
        document = documents.attach(locked.case, stream=stream, upload=upload, kind="notification", by=by)
    return log_dialogue(
        locked.case,
        direction=Dialogue.Direction.TO,
        how=Dialogue.How.NATIONAL_SYSTEM,
        said_by=sender_name,
        text=text,
        at=at,
        by=by,
        document=document,
        further=True,
    )


@recorded
def log_said(
    case: Case,
    *,
    direction: str,
    how: str,
    said_by: str,
    text: str,
    at: datetime,
    upload: "File[Any] | None",
    by: Membership,
) -> Dialogue:
    """Keep what was said between the partnership and the Panel, with its letter (rule 3.3)."""
    document = None
    if upload is not None:
        document = documents.attach(case, stream=f"dialogue/{case.pk}", upload=upload, kind="dialogue", by=by)
    return log_dialogue(
        case,
        direction=Dialogue.Direction(direction),
        how=Dialogue.How(how),
        said_by=said_by,
        text=text,
        at=at,
        by=by,
        document=document,
    )
