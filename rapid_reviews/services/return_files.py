"""Files that an agency sends with a version of its return. Rule 6.3."""

from typing import Any
from uuid import UUID

from django.core.files.base import File

from cspr.audit.recording import recorded
from cspr.documents import services as documents
from cspr.people.models import Membership
from cspr.workflow import Refused
from rapid_reviews.models import InformationRequest, ReturnFile
from rapid_reviews.services.returns import NOT_WITH_YOU, open_version, record_of_return, write_version
from rapid_reviews.services.review import keep
from rapid_reviews.workflow.requests import latest

MOST_FILES = 30
STREAM = "agency-return"


@recorded
def attach_file(
    request: InformationRequest, *, upload: "File[Any]", description: str, by: Membership
) -> ReturnFile:
    """Keep a file with the return. Raises Refused on ``file`` with the reason when it is not one we keep.

    The file is checked before the row is locked, so that nobody waits for a virus scanner.
    """
    standing = latest(request)
    if standing is None or not request.is_with_agency:
        raise Refused(NOT_WITH_YOU)
    if standing.files.count() >= MOST_FILES:
        raise Refused(
            fields={"file": f"A return holds {MOST_FILES} files. Tell the business unit of the rest."}
        )
    stream = f"{STREAM}/{standing.pk}"
    document = documents.attach(
        request.case, stream=stream, upload=upload, kind="return", by=by, title=description[:150]
    )
    row, version = open_version(request, by=by)
    last = version.files.order_by("position").values_list("position", flat=True).last() or 0
    file = ReturnFile(agency_return=version, document=document, description=description, position=last + 1)
    keep(file, by=by, force_insert=True)
    write_version(version, by=by)
    record_of_return("file_attached", row, by=by)
    return file


@recorded
def remove_file(request: InformationRequest, *, file_id: UUID, by: Membership) -> None:
    """Take a file out of the version being written; the document stays on record. Taken out twice it is gone once."""
    row, version = open_version(request, by=by)
    file = version.files.filter(pk=file_id).first()
    if file is None:
        return
    file._history_user = by.user  # type: ignore[attr-defined]
    file.delete()
    write_version(version, by=by)
    record_of_return("file_removed", row, by=by)
