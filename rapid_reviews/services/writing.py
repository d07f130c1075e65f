"""Verbs of writing: a section, a criterion's answer, the proposed decision. Rules 5.2, 5.4, 5.5, 6.1, 6.5.

Each locks the review first, so a signature given at the same second comes wholly before it or wholly after it.
"""

from collections.abc import Mapping
from typing import Any

from cspr.audit.recording import record, recorded
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.now import now
from cspr.people.models import Membership
from cspr.workflow import Refused, refusals
from rapid_reviews.models import CriterionAnswer, Proposal, RapidReview, Section
from rapid_reviews.options.review import Outcome
from rapid_reviews.selectors import review as reviews
from rapid_reviews.services.review import keep
from rapid_reviews.services.taking_back import changed
from rapid_reviews.workflow.content import CRITERION, DETAILS, current_proposal
from rapid_reviews.workflow.review import WRITE
from rapid_reviews.workflow.sections import BY_KEY


def _to_write(review: RapidReview, *, by: Membership) -> RapidReview:
    """The review, locked, for somebody who may write in it now. Raises Refused."""
    locked = reviews.locked(review)
    if not reviews.reaches(locked.case, by):
        raise Refused(NOT_OPEN_TO_YOU)
    sentences = refusals(locked, WRITE, by)
    if sentences:
        raise Refused(*sentences)
    return locked


@recorded
def save_section(
    review: RapidReview, *, section: str, text: str, revision: int | None, by: Membership
) -> Section:
    """Write a section. The same text again changes nothing; another one takes signatures back (6.5).

    Raises Changed when the section was saved since ``revision``.
    """
    locked = _to_write(review, by=by)
    row = locked.sections.get(key=section)
    if row.text == text and row.saved_at is not None:
        return row
    row.advance(revision)
    row.text, row.saved_at, row.saved_by = text, now(), by
    keep(row, by=by)
    title = BY_KEY[section].title
    record("rapidreview.section_saved", by=by, subject=locked, case=locked.case, detail={"section": title})
    changed(locked, what=title, by=by)
    return row


@recorded
def answer_criterion(
    review: RapidReview, *, criterion: str, answer: str, reason: str, revision: int | None, by: Membership
) -> CriterionAnswer:
    """Answer a criterion (5.4) or a circumstance (5.5): met, not met or unclear, always with the reason."""
    locked = _to_write(review, by=by)
    row = locked.criteria.get(key=criterion)
    if (row.answer, row.reason) == (answer, reason):
        return row
    if not reason.strip():
        raise Refused(fields={"reason": "Enter the reason for your answer"})
    row.advance(revision)
    row.answer, row.reason, row.answered_at, row.answered_by = answer, reason, now(), by
    keep(row, by=by)
    sentence = CRITERION[criterion].sentence
    detail = {"criterion": sentence}
    record("rapidreview.criterion_answered", by=by, subject=locked, case=locked.case, detail=detail)
    changed(locked, what=sentence, by=by)
    return row


@recorded
def write_decision(
    review: RapidReview, *, outcome: str, rationale: str, revision: int | None, by: Membership
) -> Proposal:
    """Write the proposed decision and its rationale: meeting the criteria does not oblige a review (5.2)."""
    locked = _to_write(review, by=by)
    if not rationale.strip():
        raise Refused(fields={"rationale": "Enter the rationale for the decision"})
    return _write(locked, {"outcome": outcome, "rationale": rationale}, revision=revision, by=by)


@recorded
def write_detail(
    review: RapidReview, *, answers: Mapping[str, Any], revision: int | None, by: Membership
) -> Proposal:
    """Write what the proposed decision has to say besides: scope and enquiry, or learning and tracking, and so on."""
    locked = _to_write(review, by=by)
    proposal = current_proposal(locked)
    if proposal is None or not proposal.outcome:
        raise Refused("Write the proposed decision first.")
    asked = [column for column, _ in DETAILS[proposal.outcome]]
    return _write(locked, {column: answers[column] for column in asked}, revision=revision, by=by)


def _write(
    locked: RapidReview, answers: Mapping[str, Any], *, revision: int | None, by: Membership
) -> Proposal:
    row = current_proposal(locked)
    if row is None:
        raise Refused("There is no decision to write.")
    if all(getattr(row, column) == value for column, value in answers.items()):
        return row
    row.advance(revision)
    for column, value in answers.items():
        setattr(row, column, value)
    row.written_at, row.written_by = now(), by
    keep(row, by=by)
    detail = {"outcome": Outcome(row.outcome).label}
    record("rapidreview.proposal_written", by=by, subject=locked, case=locked.case, detail=detail)
    changed(locked, what="The proposed decision", by=by)
    return row
