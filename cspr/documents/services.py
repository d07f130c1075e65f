"""Verbs on documents: attach, add a version, scan again, collect what no row knows."""

import errno
import logging
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import File

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case
from cspr.documents import selectors, storage
from cspr.documents.checks import FileKind, Limits, RefusedFile, check, display_name, too_large
from cspr.documents.models import Document, DocumentVersion, Scan
from cspr.documents.scan import scan
from cspr.now import now
from cspr.people.models import Membership
from cspr.security_log import security_event
from cspr.workflow import Refused

log = logging.getLogger(__name__)
DAILY_FILES = 20
"""How many files of the largest size one capacity may attach in 24 hours (ASVS 5.2.4)."""
ORPHAN_AFTER = timedelta(hours=1)
NO_SPACE = (
    "There is no space left to keep the file. Nothing was lost; try again later or tell the administrator."
)
VIRUS = (
    "A virus was found in the file, so it was not kept. Tell the person it came from and attach a clean copy."
)


@dataclass(frozen=True)
class Received:
    """A file that passed every check and lies under its final name."""

    storage_name: uuid.UUID
    original_name: str
    size: int
    sha256: str
    kind: FileKind
    scan: Scan


def attach(
    case: Case | None,
    *,
    stream: str,
    upload: "File[Any]",
    kind: str,
    by: Membership,
    title: str = "",
    field: str = "file",
) -> Document:
    """Keep an upload as a new document of ``stream`` (``<prefix>/<uuid>``).

    Raises ``Refused`` with the sentence on ``field`` when the file is not one we keep. The checks and the
    scan run before the transaction, so nobody waits on a lock for a scanner; they run inside it only when
    the caller opened one.
    """
    with received(upload, by=by, field=field) as file:
        return _add_document(case, stream=stream, file=file, kind=kind, by=by, title=title)


def add_version(
    document: Document, *, upload: "File[Any]", by: Membership, field: str = "file"
) -> DocumentVersion:
    """Keep an upload as the next version of a document; earlier versions stay."""
    with received(upload, by=by, field=field) as file:
        return _add_version(document, file=file, by=by)


@contextmanager
def received(upload: "File[Any]", *, by: Membership, field: str) -> Iterator[Received]:
    """Stream an upload to disk, check it, scan it, give it its final name."""
    limits = Limits(size=settings.LARGEST_FILE_BYTES)
    try:
        refuse_before_reading(upload, limits=limits, by=by)
        with storage.arriving(upload.chunks(), limits=limits) as arrived:
            with arrived.path.open("rb") as content:
                kind = check(content, name=upload.name or "", limits=limits)
                result = scan(content)
            if result == Scan.INFECTED:
                security_event("upload_virus", by=by.pk, sha256=arrived.sha256)
                raise RefusedFile(VIRUS)
            name = display_name(upload.name or "")
            yield Received(storage.keep(arrived), name, arrived.size, arrived.sha256, kind, result)
    except RefusedFile as refusal:
        security_event("upload_validation", result="failed", by=by.pk)
        raise Refused(fields={field: refusal.sentence}) from None
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        log.exception("no space is left for files")
        raise Refused(fields={field: NO_SPACE}) from None


def refuse_before_reading(upload: "File[Any]", *, limits: Limits, by: Membership) -> None:
    """Refuse by the declared size, and by what this person attached today, before a byte is copied (ASVS
    5.2.1, 5.2.4).
    """
    declared = upload.size or 0
    if declared > limits.size:
        raise too_large(limits)
    if selectors.added_lately(by, at=now()) + declared > limits.size * DAILY_FILES:
        raise RefusedFile(
            "You have attached as much as one person may in a day. Attach the rest tomorrow, or ask for help."
        )


@recorded
def _add_document(
    case: Case | None, *, stream: str, file: Received, kind: str, by: Membership, title: str
) -> Document:
    document = Document(
        case=case,
        stream=stream,
        owner_id=owner_of(stream),
        kind=kind,
        title=title.strip() or file.original_name,
        added_at=now(),
        added_by=by,
    )
    document.save(force_insert=True)
    _keep_version(document, file=file, number=1, by=by)
    detail = {"title": document.title, "sha256": file.sha256, "scan": file.scan.value}
    record(
        "document.added",
        by=by,
        subject=document,
        case=case,
        stream=stream if case is None else "",
        detail=detail,
    )
    return document


@recorded
def _add_version(document: Document, *, file: Received, by: Membership) -> DocumentVersion:
    locked = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    version = _keep_version(locked, file=file, number=selectors.latest(locked).number + 1, by=by)
    detail = {"title": locked.title, "number": version.number, "sha256": file.sha256, "scan": file.scan.value}
    stream = locked.stream if locked.case is None else ""
    record("document.version_added", by=by, subject=locked, case=locked.case, stream=stream, detail=detail)
    return version


def _keep_version(document: Document, *, file: Received, number: int, by: Membership) -> DocumentVersion:
    moment = now()
    version = DocumentVersion(
        document=document,
        number=number,
        storage_name=file.storage_name,
        original_name=file.original_name,
        size=file.size,
        sha256=file.sha256,
        content_type=file.kind.content_type,
        scan=file.scan,
        scanned_at=moment if file.scan in {Scan.CLEAN, Scan.INFECTED} else None,
        added_at=moment,
        added_by=by,
    )
    version.save(force_insert=True)
    return version


def owner_of(stream: str) -> uuid.UUID:
    """The owner's id from ``<prefix>/<uuid>``. Raises ValueError for anything else."""
    prefix, slash, owner = stream.partition("/")
    if not prefix or not slash:
        raise ValueError(f"{stream!r} is not <prefix>/<uuid>")
    return uuid.UUID(owner)


@recorded
def move_to_case(stream: str, *, case: Case, by: Membership) -> int:
    """Give the documents of a stream that had no case yet (a draft referral) their case; answers how many."""
    return Document.objects.filter(stream=stream, case__isnull=True).update(case=case)


@recorded
def follow_case(source: Case, *, to: Case, by: Membership) -> int:
    """Give the documents of a case to the one it was joined to; answers how many. The joining is the event."""
    return Document.objects.filter(case=source).update(case=to)


def rescan_waiting(*, limit: int = 200) -> dict[str, int]:
    """Scan what is in quarantine; stops at the first time the scanner does not answer (R17: drained on
    return).
    """
    tally = {"clean": 0, "infected": 0, "waiting": 0}
    for version in selectors.waiting_for_scan()[:limit]:
        with storage.opened(version.storage_name) as content:
            result = scan(content)
        if result not in {Scan.CLEAN, Scan.INFECTED}:
            tally["waiting"] += 1
            break
        _settle_scan(version, result=result)
        tally[result.value] += 1
    return tally


@recorded
def _settle_scan(version: DocumentVersion, *, result: Scan) -> None:
    changed = DocumentVersion.objects.filter(pk=version.pk, scan=Scan.WAITING).update(
        scan=result, scanned_at=now()
    )
    if changed:
        document = version.document
        stream = document.stream if document.case is None else ""
        detail = {"title": document.title, "number": version.number, "result": result.label}
        record(
            "document.scanned", by=None, subject=document, case=document.case, stream=stream, detail=detail
        )


def collect_orphans() -> int:
    """Remove blobs older than an hour that no row knows: left by a kill or a refusal between file and row
    (R7).
    """
    before = (now() - ORPHAN_AFTER).timestamp()
    removed = 0
    for batch in batched(storage.stored_before(before), 500):
        known = selectors.known_storage_names([name for name, _ in batch if name is not None])
        for name, path in batch:
            if name is None or name not in known:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The rows in lists of at most ``size``."""
    batch: list[Any] = []
    for row in rows:
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
