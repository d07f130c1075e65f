"""The review's page: its task list, its facts, the way back."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cspr.govuk.dates import long_moment
from cspr.govuk.parts import CANNOT_START, COMPLETED, NOT_STARTED, Row, Tag, Task
from cspr.people.models import Membership
from cspr.statute.criteria import LOCAL_CIRCUMSTANCES, LOCAL_CRITERIA
from cspr.workflow import refusals
from rapid_reviews.models import RapidReview
from rapid_reviews.options.review import Met, Outcome
from rapid_reviews.workflow.content import current_proposal, missing_decision
from rapid_reviews.workflow.review import WRITE
from rapid_reviews.workflow.sections import BY_KEY, PARTS

OPTIONAL = Tag("Optional")


@dataclass(frozen=True)
class Part:
    """Tasks under one heading."""

    heading: str
    tasks: list[Task]


def task_list(review: RapidReview, acting: Membership) -> list[Part]:
    """Every section, every criterion and circumstance, the decision: what is done, what is not."""
    closed = bool(refusals(review, WRITE, acting))
    sections = [Part(heading, [_section(review, key, closed) for key in keys]) for heading, keys in PARTS]
    return [
        *sections,
        Part("The criteria for a local review", [_criterion(review, one, closed) for one in LOCAL_CRITERIA]),
        Part(
            "The circumstances to consider", [_criterion(review, one, closed) for one in LOCAL_CIRCUMSTANCES]
        ),
        Part("The decision", _decision(review, closed)),
    ]


def _task(title: str, href: str, *, done: bool, closed: bool, hint: str = "", optional: bool = False) -> Task:
    state = COMPLETED if done else OPTIONAL if optional else CANNOT_START if closed else NOT_STARTED
    return Task(title, "" if closed else href, state, hint)


def _section(review: RapidReview, key: str, closed: bool) -> Task:
    section = BY_KEY[key]
    row = next((one for one in review.sections.all() if one.key == key), None)
    done = row is not None and bool(row.text.strip())
    href = reverse("rapid_review_section", args=[review.case_id, key])
    return _task(section.title, href, done=done, closed=closed, optional=not section.required)


def _criterion(review: RapidReview, criterion: Any, closed: bool) -> Task:
    row = next((one for one in review.criteria.all() if one.key == criterion.what), None)
    hint = Met(row.answer).label if row is not None and row.answer else ""
    href = reverse("rapid_review_criterion", args=[review.case_id, criterion.what])
    return _task(criterion.sentence, href, done=bool(hint), closed=closed, hint=hint)


def _decision(review: RapidReview, closed: bool) -> list[Task]:
    proposal = current_proposal(review)
    outcome = proposal.outcome if proposal else ""
    written = _task(
        "The proposed decision and its rationale", reverse("rapid_review_decision", args=[review.case_id]),
        done=bool(outcome), closed=closed, hint=Outcome(outcome).label if outcome else "",
    )  # fmt: skip
    title = "What follows from the decision"
    if not outcome:
        return [written, Task(title, "", CANNOT_START, "It depends on the proposed decision")]
    href = reverse("rapid_review_detail", args=[review.case_id])
    return [written, _task(title, href, done=not missing_decision(proposal), closed=closed)]


def standing_rows(review: RapidReview) -> list[Row]:
    """Where it stands, for everybody who may open the case."""
    rows = [
        ("Opened", f"{long_moment(review.opened_at)}, by {review.opened_by}"),
        ("Put to the partners", f"{long_moment(review.put_at)}, by {review.put_by}" if review.put_at else ""),
        ("Signed", long_moment(review.signed_at) if review.signed_at else ""),
        ("Sent to the Panel", long_moment(review.sent_at) if review.sent_at else ""),
        ("Answered by the Panel", long_moment(review.answered_at) if review.answered_at else ""),
    ]
    return [Row(key, value) for key, value in rows if value]
