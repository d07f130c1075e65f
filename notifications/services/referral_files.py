"""Verbs on files and on what is added after sending. A refused file never takes what was typed beside it."""

from typing import Any
from uuid import UUID

from django.core.files.base import File

from cspr.audit.recording import record, recorded
from cspr.documents import services as documents
from cspr.now import now
from cspr.people.models import Membership
from cspr.workflow import Refused
from notifications.models import Addition, Attachment, Referral
from notifications.services.referral import NOT_A_DRAFT, locked_draft, stream_of

KIND = "referral"
MOST_FILES = 50
TOO_MANY = (
    f"You have added {MOST_FILES} files, as many as one referral holds. Tell the business unit of the rest."
)
NOT_WAITING = "The decision has been made or the referral was withdrawn, so it can no longer be added to."


@recorded
def attach_file(referral: Referral, *, upload: "File[Any]", description: str, by: Membership) -> Attachment:
    """Keep a file with a draft. Raises Refused on ``file`` with the reason when it is not one we keep.

    The file is checked before the row is locked, so that nobody waits for a virus scanner.
    """
    if not referral.is_draft:
        raise Refused(NOT_A_DRAFT)
    if referral.attachments.count() >= MOST_FILES:
        raise Refused(fields={"file": TOO_MANY})
    stream = stream_of(referral)
    document = documents.attach(None, stream=stream, upload=upload, kind=KIND, by=by, title=description[:150])
    locked = locked_draft(referral)
    attachment = Attachment(
        referral=locked, document=document, description=description, added_at=now(), added_by=by
    )
    attachment.save(force_insert=True)
    record("referral.row_added", by=by, subject=locked, stream=stream, detail={"noun": "file"})
    return attachment


@recorded
def add_to(
    referral: Referral, *, text: str, upload: "File[Any] | None", token: UUID, by: Membership
) -> Addition:
    """Add text, a file or both to a sent referral until the decision. The same form sent twice adds once."""
    added = Addition.objects.filter(token=token, referral=referral).first()
    if added is not None:
        return added
    if not text and upload is None:
        raise Refused(fields={"text": "Enter what you want to add, or select a file"})
    if not referral.is_waiting:
        raise Refused(NOT_WAITING)
    document = None
    if upload is not None:
        stream = stream_of(referral)
        document = documents.attach(referral.case, stream=stream, upload=upload, kind=KIND, by=by)
    locked = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if not locked.is_waiting:
        raise Refused(NOT_WAITING)
    addition = Addition(
        referral=locked, text=text, document=document, token=token, added_at=now(), added_by=by
    )
    addition.save(force_insert=True)
    detail = {"reference": locked.reference}
    record("referral.added_to", by=by, subject=locked, case=locked.case, detail=detail)
    return addition
