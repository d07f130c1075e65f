"""Questions about documents."""

import uuid
from datetime import datetime, timedelta

from django.db.models import QuerySet, Sum

from cspr.cases.models import Case
from cspr.documents.models import Document, DocumentVersion, Scan
from cspr.people.models import Membership

QUOTA_WINDOW = timedelta(hours=24)


def visible_version(version_id: uuid.UUID, *, to: Membership | None) -> DocumentVersion | None:
    """One version, fetched through the scope: foreign and missing are the same."""
    documents = Document.objects.visible_to(to)
    rows = DocumentVersion.objects.select_related("document", "document__case")
    return rows.filter(pk=version_id, document__in=documents).first()


def documents_of(stream: str, *, to: Membership) -> "QuerySet[Document]":
    """The documents of one stream that a capacity may open, oldest first, with their versions."""
    return (
        Document.objects.visible_to(to)
        .filter(stream=stream)
        .prefetch_related("versions")
        .order_by("added_at")
    )


def documents_of_case(case: Case, *, to: Membership) -> "QuerySet[Document]":
    """Every document of a case that a capacity may open, newest first, with their versions."""
    return (
        Document.objects.visible_to(to)
        .filter(case=case)
        .select_related("added_by__user")
        .prefetch_related("versions")
        .order_by("-added_at")
    )


def latest(document: Document) -> DocumentVersion:
    """The newest version; costs no query when the versions are prefetched."""
    return max(document.versions.all(), key=lambda version: version.number)


def added_lately(by: Membership, *, at: datetime) -> int:
    """Bytes this capacity attached in the 24 hours before a moment (ASVS 5.2.4)."""
    rows = DocumentVersion.objects.filter(added_by=by, added_at__gt=at - QUOTA_WINDOW)
    return rows.aggregate(total=Sum("size"))["total"] or 0


def waiting_for_scan() -> "QuerySet[DocumentVersion]":
    """Versions in quarantine until the scanner answers, oldest first."""
    return (
        DocumentVersion.objects.filter(scan=Scan.WAITING)
        .select_related("document__case")
        .order_by("added_at")
    )


def infected(partnership_id: uuid.UUID) -> "QuerySet[DocumentVersion]":
    """Versions of a partnership's cases in which a virus was found: each needs a person."""
    return DocumentVersion.objects.filter(
        scan=Scan.INFECTED, document__case__partnership_id=partnership_id
    ).select_related("document__case", "added_by__user")


def known_storage_names(names: list[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these blobs have a row."""
    return set(DocumentVersion.objects.filter(storage_name__in=names).values_list("storage_name", flat=True))
