"""The papers of a meeting, frozen: what the review said and which files there were, each with its hash."""

import hashlib
import json
from typing import Any

from cspr.audit.recording import record, recorded
from cspr.documents.selectors import documents_of_case, latest
from cspr.now import now
from cspr.people.models import Membership
from rapid_reviews.models import Meeting, MeetingPack
from rapid_reviews.selectors.papers import papers_of
from rapid_reviews.selectors.review import locked
from rapid_reviews.services.meeting import locked_for
from rapid_reviews.workflow.meeting import FREEZE_PACK


@recorded
def freeze_pack(meeting: Meeting, *, by: Membership) -> MeetingPack:
    """Freeze the review's sections and the list of files as they stand now. Nothing new: the last pack, as it is."""
    row = locked_for(meeting, FREEZE_PACK, by=by)
    papers, files = papers_of(locked(row.review)), _files(row, by)
    sha256 = hash_of(papers, files)
    last = row.packs.last()
    if last is not None and last.sha256 == sha256:
        return last
    pack = MeetingPack(
        meeting=row,
        version=last.version + 1 if last is not None else 1,
        review_papers=papers,
        files=files,
        sha256=sha256,
        frozen_at=now(),
        frozen_by=by,
    )
    pack.save(force_insert=True)
    detail = {"version": pack.version, "sha256": sha256}
    record("meeting.pack_frozen", by=by, subject=row, case=row.case, detail=detail)
    return pack


def hash_of(papers: list[Any], files: list[Any]) -> str:
    """SHA-256 over all of it, in canonical JSON."""
    content = json.dumps([papers, files], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(content.encode()).hexdigest()


def is_unchanged(pack: MeetingPack) -> bool:
    """Whether the pack still is what was frozen."""
    return hash_of(pack.review_papers, pack.files) == pack.sha256


def _files(meeting: Meeting, by: Membership) -> list[dict[str, Any]]:
    """The newest version of every file of the case that may be opened; one in quarantine is no paper."""
    versions = [latest(one) for one in documents_of_case(meeting.case, to=by).order_by("added_at", "pk")]
    return [
        {
            "version": str(one.pk),
            "title": one.document.title,
            "number": one.number,
            "sha256": one.sha256,
            "size": one.size,
        }
        for one in versions
        if one.may_be_opened
    ]
