"""The papers of a review on a page: its sections, its tables of criteria, and what changed between two versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.defaultfilters import linebreaks_filter

from cspr.decisions.models import Decision
from cspr.govuk.parts import Row, Table
from rapid_reviews.models import RapidReview
from rapid_reviews.paper_parts import Part, parts_of
from rapid_reviews.selectors.papers import changes, papers_of


@dataclass(frozen=True)
class ShownPart:
    """One section, one table of answers, or the decision."""

    heading: str
    facts: list[Row]
    text: str
    table: Table | None
    points: list[Row]


def parts_shown(papers: Sequence[Sequence[str]], *, decided: bool = False) -> list[ShownPart]:
    """The papers as the two files have them too."""
    return [
        ShownPart(
            heading=part.heading,
            facts=[Row(label, in_paragraphs(text)) for label, text in part.facts],
            text=part.text,
            table=_table(part) if part.answers else None,
            points=[Row(label, in_paragraphs(text)) for label, text in part.points],
        )
        for part in parts_of(papers, decided=decided)
    ]


def _table(part: Part) -> Table:
    rows = [(sentence, answer, in_paragraphs(reason)) for sentence, answer, reason in part.answers]
    return Table(part.heading, part.head, [*rows])


def in_paragraphs(text: str) -> str:
    """A text with its paragraphs, escaped, for a place that would run them together."""
    return linebreaks_filter(text, autoescape=True) if "\n" in text else text


@dataclass(frozen=True)
class Change:
    """What one part said before and says now; empty where it did not stand."""

    what: str
    before: str
    now: str


def changes_shown(before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> list[Change]:
    """Both texts of everything that changed, side by side."""
    return [Change(*one) for one in changes(before, after)]


def since_asked(review: RapidReview, decision: Decision) -> list[Change]:
    """What the case knows now that is not in what the partners were asked to sign."""
    return changes_shown(decision.papers, papers_of(review))
