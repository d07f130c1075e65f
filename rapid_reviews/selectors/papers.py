"""What the partners are asked to sign, word for word as it stands, frozen into the question, with its hash. 6.5."""

import hashlib
import json
from collections.abc import Sequence

from cspr.govuk.dates import long_date
from rapid_reviews.models import Proposal, RapidReview
from rapid_reviews.options.review import Met, Outcome
from rapid_reviews.selectors.facts import facts_of
from rapid_reviews.workflow.content import CRITERIA, DETAIL_LABELS, DETAILS, current_proposal
from rapid_reviews.workflow.sections import SECTIONS

Paper = list[str]


def papers_of(review: RapidReview) -> list[Paper]:
    """[label, text] pairs: every section with what the case knows, every criterion, the decision with its rationale."""
    proposal = current_proposal(review)
    decided = decision_papers(proposal) if proposal is not None else []
    return [paper for paper in (*_sections(review), *_criteria(review), *decided) if paper[1]]


def _sections(review: RapidReview) -> list[Paper]:
    facts, texts = facts_of(review), {one.key: one.text for one in review.sections.all()}
    papers = []
    for section in SECTIONS:
        papers += [[f"{section.title}: {label}", text] for label, text in facts.get(section.key, [])]
        papers.append([section.title, texts.get(section.key, "")])
    return papers


def _criteria(review: RapidReview) -> list[Paper]:
    answers = {one.key: one for one in review.criteria.all()}
    return [
        [f"Criterion: {one.sentence}", f"{Met(answers[one.what].answer).label}. {answers[one.what].reason}"]
        for one in CRITERIA
        if one.what in answers and answers[one.what].answer
    ]


def decision_papers(proposal: Proposal) -> list[Paper]:
    """The proposed decision, its rationale, and what that decision says besides."""
    if not proposal.outcome:
        return []
    papers = [
        ["Proposed decision", Outcome(proposal.outcome).label],
        ["Rationale", proposal.rationale],
        ["Why it is decided again", proposal.why_again],
    ]
    for column, _ in DETAILS[proposal.outcome]:
        value = getattr(proposal, column)
        text = long_date(value) if value and column == "target_on" else str(value or "")
        papers.append([DETAIL_LABELS[column], text])
    return [paper for paper in papers if paper[1]]


def proposal_of(review: RapidReview) -> str:
    """What the unit proposes, in one paragraph."""
    proposal = current_proposal(review)
    return f"{Outcome(proposal.outcome).label}. {proposal.rationale}" if proposal and proposal.outcome else ""


def hash_of(papers: Sequence[Sequence[str]]) -> str:
    """SHA-256 of the papers in their order, in canonical JSON."""
    return hashlib.sha256(json.dumps([list(one) for one in papers], ensure_ascii=True).encode()).hexdigest()


def what_changed(before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> list[str]:
    """The labels whose text is another one, is new or is gone, in the order of the papers."""
    return [label for label, _, _ in changes(before, after)]


def changes(before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> list[tuple[str, str, str]]:
    """Each label whose text changed, with what it said before and what it says now; empty where it did not stand."""
    old, new = _by_label(before), _by_label(after)
    labels = [*new, *(label for label in old if label not in new)]
    pairs = [(label, old.get(label, []), new.get(label, [])) for label in labels]
    return [(label, "\n".join(was), "\n".join(now)) for label, was, now in pairs if was != now]


def _by_label(papers: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for label, text in papers:
        texts.setdefault(label, []).append(text)
    return texts
