"""The papers of a meeting, frozen: what the review said, which returns and files there were, each with its hash."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.forms import model_to_dict

from cspr.audit.recording import record, recorded
from cspr.documents.selectors import documents_of_case, latest
from cspr.now import now
from cspr.people.models import Membership
from rapid_reviews.models import Meeting, MeetingPack, RapidReview
from rapid_reviews.selectors.papers import papers_of
from rapid_reviews.selectors.requests import standing_returns
from rapid_reviews.selectors.review import locked
from rapid_reviews.services.meeting import locked_for
from rapid_reviews.workflow.meeting import FREEZE_PACK


@recorded
def freeze_pack(meeting: Meeting, *, by: Membership) -> MeetingPack:
    """Freeze the review's sections, the agencies' returns and the files as they stand now.

    Nothing new: the last pack, as it is. A version that was signed off never changes, so its hash stands for it.
    """
    row = locked_for(meeting, FREEZE_PACK, by=by)
    review = locked(row.review)
    papers, files, returns = papers_of(review), _files(row, by), _returns(review)
    sha256 = hash_of(papers, files, returns)
    last = row.packs.last()
    if last is not None and last.sha256 == sha256:
        return last
    pack = MeetingPack(
        meeting=row,
        version=last.version + 1 if last is not None else 1,
        review_papers=papers,
        files=files,
        returns=returns,
        sha256=sha256,
        frozen_at=now(),
        frozen_by=by,
    )
    pack.save(force_insert=True)
    detail = {"version": pack.version, "sha256": sha256}
    record("meeting.pack_frozen", by=by, subject=row, case=row.case, detail=detail)
    return pack


def hash_of(papers: list[Any], files: list[Any], returns: list[Any]) -> str:
    """SHA-256 over all of it, in canonical JSON; a pack without returns is hashed as before there were any in packs."""
    return _hash([papers, files, returns] if returns else [papers, files])


def _hash(content: list[Any]) -> str:
    written = json.dumps(content, sort_keys=True, ensure_ascii=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(written.encode()).hexdigest()


def is_unchanged(pack: MeetingPack) -> bool:
    """Whether the pack still is what was frozen."""
    return hash_of(pack.review_papers, pack.files, pack.returns) == pack.sha256


def _returns(review: RapidReview) -> list[dict[str, Any]]:
    """The version of each agency's return that stands, by agency."""
    rows = standing_returns(review).prefetch_related("chronology").order_by("request__agency__name", "pk")
    return [
        {
            "request": str(one.request_id),
            "agency": one.request.agency.name,
            "number": one.version,
            "kind": one.kind,
            "signed_off_at": one.signed_off_at.isoformat() if one.signed_off_at else "",
            "rows": len(one.chronology.all()),
            "sha256": _hash([one.answers, [model_to_dict(row) for row in one.chronology.all()]]),
        }
        for one in rows
    ]


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
