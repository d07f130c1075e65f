"""The papers of a review laid out for a reader: flat pairs become sections, tables of criteria, the decision. Pure.

The pairs are what is frozen and hashed; this only says which of them stand together, on a page and in both files.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cspr.statute.criteria import LOCAL_CIRCUMSTANCES
from rapid_reviews.workflow.content import DETAIL_LABELS

CRITERION = "Criterion"
DECISION, RATIONALE, WHY_AGAIN = "Proposed decision", "Rationale", "Why it is decided again"
DECIDED = (DECISION, RATIONALE, WHY_AGAIN, *DETAIL_LABELS.values())
CRITERIA_HEAD = ("Criterion", "Answer", "Reason")
CIRCUMSTANCES_HEAD = ("Circumstance", "Answer", "Reason")
FACTS_HEAD = ("What the case knows", "As it was known")
_CIRCUMSTANCES = frozenset(one.sentence for one in LOCAL_CIRCUMSTANCES)


@dataclass
class Part:
    """What stands under one heading: what the case knows, then what was written; or a table of answers."""

    heading: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""
    head: tuple[str, ...] = ()
    answers: list[tuple[str, str, str]] = field(default_factory=list)
    points: list[tuple[str, str]] = field(default_factory=list)


def parts_of(papers: Iterable[Sequence[str]], *, decided: bool = False) -> list[Part]:
    """The papers in their order: each section once, criteria and circumstances as tables, the decision last.

    Once the partners decided, what was proposed is the decision.
    """
    sections: dict[str, Part] = {}
    criteria = Part("The criteria for a local review", head=CRITERIA_HEAD)
    circumstances = Part("The circumstances considered", head=CIRCUMSTANCES_HEAD)
    decision = Part("The decision")
    for label, text in papers:
        heading, _, rest = label.partition(": ")
        if label in DECIDED:
            decision.points.append(("Decision" if decided and label == DECISION else label, text))
        elif heading == CRITERION:
            answer, _, reason = text.partition(". ")
            table = circumstances if rest in _CIRCUMSTANCES else criteria
            table.answers.append((rest, answer, reason))
        else:
            part = sections.setdefault(heading, Part(heading))
            if rest:
                part.facts.append((rest, text))
            else:
                part.text = text
    last = [part for part in (criteria, circumstances, decision) if part.answers or part.points]
    return [*sections.values(), *last]


def decision_in(papers: Iterable[Sequence[str]]) -> str:
    """What the papers propose to decide, in the words of the options."""
    return next((text for label, text in papers if label == DECISION), "")
