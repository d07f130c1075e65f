"""The copy of a signed version as it is sent to the Panel: plain JSON, from which both files are written. C5."""

import hashlib
import json
from typing import Any

from cspr.decisions.models import Answer, Decision
from cspr.govuk.dates import long_moment
from rapid_reviews.selectors.papers import hash_of

ANSWERS = {Answer.YES: "Agrees", Answer.NO: "Disagrees", Answer.CANNOT_TAKE_PART: "Cannot take part"}


def frozen(decision: Decision) -> dict[str, Any]:
    """Papers as signed, every signature with its words, how it was decided. It changes no more once decided."""
    papers = getattr(decision, "rapid_review_papers", None)
    return {
        "case": decision.case.reference,
        "partnership": decision.case.partnership.name,
        "version": decision.version,
        "decided": long_moment(decision.settled_at) if decision.settled_at else "",
        "decided_at": decision.settled_at.isoformat() if decision.settled_at else "",
        "how_decided": decision.without_view_reason,
        "papers": [list(one) for one in decision.papers],
        "papers_sha256": papers.sha256 if papers else hash_of(decision.papers),
        "signatures": [
            {
                "partner": one.get_partner_display(),
                "person": one.given_by.user.full_name,
                "capacity": one.given_by.capacity,
                "delegation": one.delegation,
                "answer": ANSWERS[Answer(one.answer)],
                "reason": one.reason,
                "at": long_moment(one.given_at),
            }
            for one in sorted(decision.sign_offs.all(), key=lambda one: one.given_at)
        ],
    }


def is_as_signed(copy: dict[str, Any]) -> bool:
    """Whether the papers still give the hash kept when the partners were asked."""
    return hash_of(copy["papers"]) == copy["papers_sha256"]


def hash_of_copy(copy: dict[str, Any]) -> str:
    """SHA-256 of the whole copy in canonical JSON."""
    return hashlib.sha256(json.dumps(copy, ensure_ascii=True, sort_keys=True).encode()).hexdigest()


def title_of(copy: dict[str, Any]) -> str:
    return f"Rapid review, {copy['case']}"


def about(copy: dict[str, Any]) -> list[tuple[str, str]]:
    """The facts at the top of both files."""
    rows = [
        ("Case", copy["case"]),
        ("Safeguarding partnership", copy["partnership"]),
        ("Version", str(copy["version"])),
        ("Decided", copy["decided"]),
        ("How it was decided", copy["how_decided"]),
        ("SHA-256 of the papers", copy["papers_sha256"]),
    ]
    return [(key, value) for key, value in rows if value]


SIGNATURES_HEAD = ("Partner", "Signed by", "Answer and reason", "When")


def signature_rows(copy: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """The table of signatures in both files."""
    return [
        (
            one["partner"][:1].upper() + one["partner"][1:],
            ", ".join(part for part in (one["person"], one["capacity"], one["delegation"]) if part),
            f"{one['answer']}. {one['reason']}",
            one["at"],
        )
        for one in copy["signatures"]
    ]
