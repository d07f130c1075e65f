"""Verbs on a referral: start, answer, send, withdraw, decide, delete a draft. Rule 4.1."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case
from cspr.cases.services import next_referral_reference, open_case
from cspr.documents.services import move_to_case
from cspr.engine import apply
from cspr.models import Changed
from cspr.now import london_day, now
from cspr.people.models import Membership, Partnership
from cspr.workflow import Refused, refusals
from notifications.models import Referral
from notifications.workflow.referral import DECIDE, SUBMIT, WITHDRAW
from notifications.workflow.referral_dates import of_referral, on_page
from notifications.workflow.referral_pages import page as page_of
from notifications.workflow.referral_pages import stored

NOT_A_DRAFT = (
    "This referral has been sent, so its answers cannot be changed. You can add to it until the decision."
)


def stream_of(referral: Referral) -> str:
    """The stream of a referral's events and files until it has a case."""
    return f"referral/{referral.pk}"


@recorded
def start_referral(partnership: Partnership, *, by: Membership, token: UUID) -> Referral:
    """Begin a draft. ``token`` is the form's own: the same form sent twice begins one referral."""
    if by.agency is None or not by.agency.partnerships.filter(pk=partnership.pk).exists():
        raise Refused(fields={"partnership": "Select a partnership your agency works with"})
    begun = Referral.objects.filter(started_token=token, started_by__user_id=by.user_id).first()
    if begun is not None:
        return begun
    referral = Referral(
        partnership=partnership,
        agency=by.agency,
        started_token=token,
        started_at=now(),
        started_by=by,
        referrer_name=by.user.full_name,
        referrer_role=by.title,
        referrer_email=by.user.email,
        referrer_phone=by.user.telephone,
    )
    keep(referral, by=by)
    _record("referral.started", referral, by=by)
    return referral


@recorded
def answer_page(
    referral: Referral, *, page: str, answers: Mapping[str, Any], revision: int | None, by: Membership
) -> Referral:
    """Write one page's answers. Raises Changed when another tab or person answered the page since ``revision``.

    Raises Refused, by column, when a date contradicts today, a birth or another answer. The same answers again change
    nothing.
    """
    columns = page_of(page).columns
    locked = locked_draft(referral)
    given = {column: answers[column] for column in columns}
    if given == stored(locked, columns):
        return locked
    next_page_revision(locked, page, revision)
    for column, value in given.items():
        setattr(locked, column, value)
    wrong = on_page(of_referral(locked, list(locked.children.all()), now()), columns)
    if wrong:
        raise Refused(fields=wrong)
    locked.advance(None)
    keep(locked, by=by)
    _record("referral.answered", locked, by=by, page=page)
    return locked


@recorded
def submit(referral: Referral, *, by: Membership, at: datetime | None = None) -> Referral:
    """Send a referral: it gets its reference and its case, and C4 starts at this moment.

    Pressed twice by one person it is one referral; raises AlreadyDone when a colleague sent it first, and Refused
    while answers are missing.
    """
    locked = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if not locked.is_draft:
        return apply(locked, SUBMIT, by=by)
    sentences = refusals(locked, SUBMIT, by)
    if sentences:
        raise Refused(*sentences)
    moment = at or now()
    reference = next_referral_reference(locked.partnership, london_day(moment).year)
    case = open_case(locked.partnership, by=by, at=moment)
    changes = {"case": case, "reference": reference}
    sent = apply(locked, SUBMIT, by=by, at=moment, changes=changes, detail={"reference": reference})
    move_to_case(stream_of(sent), case=case, by=by)
    return sent


@recorded
def withdraw(referral: Referral, *, by: Membership, reason: str) -> Referral:
    """Take a referral back before the decision, saying why. What was sent stays on record."""
    return apply(referral, WITHDRAW, by=by, reason=reason, changes={"withdrawn_reason": reason})


@recorded
def record_outcome(
    referral: Referral, *, outcome: str, reason: str, by: Membership, at: datetime | None = None
) -> Referral:
    """Keep the decision and its reason for the referrer to read (C4: told the referrer)."""
    changes = {"outcome": outcome, "outcome_reason": reason}
    return apply(referral, DECIDE, by=by, at=at, reason=reason, changes=changes)


@recorded
def follow_to_case(referral: Referral, *, case: Case, by: Membership) -> Referral:
    """Hang a sent referral on another case, because both are about one incident (rule 4.1)."""
    locked = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if locked.is_draft:
        raise Refused("A draft belongs to no case.")
    if locked.case_id == case.pk:
        return locked
    locked.case = case
    locked.advance(None)
    keep(locked, by=by)
    detail = {"reference": locked.reference}
    record("referral.followed_to_case", by=by, subject=locked, case=case, detail=detail)
    return locked


@recorded
def delete_draft(referral: Referral, *, by: Membership) -> None:
    """Delete a draft and its answers. Deleting it again changes nothing; a sent referral is never deleted."""
    locked = Referral.objects.select_for_update(of=("self",)).filter(pk=referral.pk).first()
    if locked is None:
        return
    if not locked.is_draft:
        raise Refused(NOT_A_DRAFT)
    _record("referral.draft_deleted", locked, by=by)
    locked.delete()


def locked_draft(referral: Referral) -> Referral:
    """The row, locked for writing. Raises Refused once it was sent."""
    locked = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    if not locked.is_draft:
        raise Refused(NOT_A_DRAFT)
    return locked


def next_page_revision(row: Any, page: str, typed_over: int | None) -> None:
    """Count one page's revision up; raises Changed when it was typed over an older one.

    Counted by page, so that two tabs on two pages do not stand in each other's way.
    """
    current = row.page_revisions.get(page, 0)
    if typed_over is not None and typed_over != current:
        raise Changed
    row.page_revisions = {**row.page_revisions, page: current + 1}


def keep(row: Any, *, by: Membership) -> None:
    """Save a row of the referral with its author in the field history."""
    row._history_user = by.user
    row.save()


def _record(kind: str, referral: Referral, *, by: Membership, **detail: str) -> None:
    record(kind, by=by, subject=referral, stream=stream_of(referral), detail=detail)
