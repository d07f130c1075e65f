"""The copy of a signed version as it is sent to the Panel: plain JSON, from which both files are written. C5."""

import hashlib
import json
from typing import Any

from cspr.decisions.models import Answer, Decision, SignOff
from cspr.govuk.dates import long_moment
from cspr.govuk.words import capital
from cspr.people.models import Partner
from rapid_reviews.models import Escalation, LeadAnswer
from rapid_reviews.paper_parts import decision_in
from rapid_reviews.selectors.papers import hash_of
from rapid_reviews.selectors.signing import lead_answers

ANSWERS = {Answer.YES: "Agrees", Answer.NO: "Disagrees", Answer.CANNOT_TAKE_PART: "Cannot take part"}
LEAD_ANSWERS = {Answer.YES: "Upholds the decision", Answer.NO: "Sends it back"}
DID_NOT_SIGN = "Did not sign before it was decided"


def frozen(decision: Decision) -> dict[str, Any]:
    """Papers as signed, every signature and lead partner's answer with its words, how it was decided.

    It changes no more once decided.
    """
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
        "signatures": _signatures(decision),
        "leads": _leads(decision),
    }


def _signatures(decision: Decision) -> list[dict[str, str]]:
    """Local authority, integrated care board, police; a partner that did not sign is named too."""
    given = {one.partner: one for one in decision.sign_offs.all()}
    return [
        _answered(given[partner], ANSWERS)
        if partner in given
        else {"partner": partner.label, "person": "", "answer": DID_NOT_SIGN, "reason": "", "at": ""}
        for partner in Partner
    ]


def _leads(decision: Decision) -> list[dict[str, str]]:
    """What the lead partners answered to a disagreement: the answer of each that counted."""
    escalation = Escalation.objects.filter(decision=decision).first()
    if escalation is None:
        return []
    last = lead_answers(escalation)
    return [_answered(last[partner], LEAD_ANSWERS) for partner in Partner if partner in last]


def _answered(one: SignOff | LeadAnswer, words: dict[Answer, str]) -> dict[str, str]:
    return {
        "partner": one.get_partner_display(),
        "person": one.given_by.user.full_name,
        "capacity": one.given_by.capacity,
        "delegation": one.delegation,
        "answer": words[Answer(one.answer)],
        "reason": one.reason,
        "at": long_moment(one.given_at),
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
        ("Reference of the national system", _fact(copy, "Reference of the national system")),
        ("Decision", decision_in(copy["papers"])),
        ("Version", str(copy["version"])),
        ("Decided", copy["decided"]),
        ("How it was decided", copy["how_decided"]),
        ("SHA-256 of the papers", copy["papers_sha256"]),
    ]
    return [(key, value) for key, value in rows if value]


def _fact(copy: dict[str, Any], label: str) -> str:
    return next((text for one, text in copy["papers"] if one.endswith(f": {label}")), "")


SIGNATURES, SIGNATURES_HEAD = "Signatures", ("Partner", "Signed by", "Answer and reason", "When")
LEADS, LEADS_HEAD = (
    "Decided by the lead safeguarding partners",
    ("Partner", "Given by", "Answer and reason", "When"),
)


def signature_rows(signed: list[dict[str, str]]) -> list[tuple[str, str, str, str]]:
    """A table of signatures, or of lead partners' answers, in both files."""
    return [
        (
            capital(one["partner"]),
            "\n".join(part for part in (one["person"], one.get("capacity"), one.get("delegation")) if part),
            f"{one['answer']}. {one['reason']}".strip(),
            one["at"],
        )
        for one in signed
    ]
