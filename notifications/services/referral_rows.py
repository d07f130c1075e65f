"""Verbs on what a referral lists: children, family, agencies, key dates, proceedings."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, Model

from cspr.audit.recording import record, recorded
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.workflow import Refused
from notifications.models import (
    FamilyMember,
    InvolvedAgency,
    KeyDate,
    KnownProceeding,
    Referral,
    ReferredChild,
)
from notifications.services.referral import keep, locked_draft, next_page_revision, stream_of
from notifications.workflow.referral_dates import future_dates, of_child, on_page
from notifications.workflow.referral_pages import ROW_PAGES, child_page, stored
from notifications.workflow.referral_pages import page as page_of

Row = FamilyMember | InvolvedAgency | KeyDate | KnownProceeding
MODELS: Mapping[str, type[Row]] = {
    "family": FamilyMember,
    "agencies": InvolvedAgency,
    "key-dates": KeyDate,
    "proceedings": KnownProceeding,
}
MOST_ROWS = 200


@recorded
def add_child(referral: Referral, *, answers: Mapping[str, Any], by: Membership) -> ReferredChild:
    """Add a child by the page "identity". The first is the lead child. Rule 4.5: a name is never required."""
    locked = locked_draft(referral)
    position = _next_position(locked, ReferredChild)
    child = ReferredChild(referral=locked, position=position, is_lead=not locked.children.exists())
    _write_child(child, page="identity", answers=answers, revision=None, by=by)
    _record("referral.row_added", locked, by=by, noun="child")
    return child


@recorded
def answer_child(
    child: ReferredChild, *, page: str, answers: Mapping[str, Any], revision: int | None, by: Membership
) -> ReferredChild:
    """Write one page of a child. Raises Changed on a newer page, Refused by column on dates that cannot be true."""
    referral = locked_draft(child.referral)
    row = ReferredChild.objects.select_for_update(of=("self",)).get(pk=child.pk)
    columns = child_page(page).columns
    if {column: answers[column] for column in columns} == stored(row, columns):
        return row
    _write_child(row, page=page, answers=answers, revision=revision, by=by)
    _record("referral.row_answered", referral, by=by, noun="child", page=page)
    return row


@recorded
def make_lead_child(child: ReferredChild, *, by: Membership) -> ReferredChild:
    """Make this the child whose characteristics the national figures count. One a referral."""
    referral = locked_draft(child.referral)
    for other in referral.children.select_for_update().filter(is_lead=True).exclude(pk=child.pk):
        other.is_lead = False
        keep(other, by=by)
    row: ReferredChild = referral.children.get(pk=child.pk)
    if not row.is_lead:
        row.is_lead = True
        keep(row, by=by)
        _record("referral.lead_child_chosen", referral, by=by, number=str(row.position))
    return row


@recorded
def add_row(referral: Referral, *, page: str, answers: Mapping[str, Any], by: Membership) -> Row:
    """Add a person, agency, key date or proceeding to the list of this page."""
    locked = locked_draft(referral)
    model = MODELS[page]
    row = model(referral=locked, position=_next_position(locked, model))
    _write_row(row, page=page, answers=answers, by=by)
    _record("referral.row_added", locked, by=by, noun=_noun(page))
    return row


@recorded
def answer_row(
    row: Row, *, page: str, answers: Mapping[str, Any], revision: int | None, by: Membership
) -> Row:
    """Change a row. Raises Changed when it was changed since ``revision``; the same answers again change nothing."""
    referral = locked_draft(row.referral)
    locked: Row = MODELS[page].objects.select_for_update(of=("self",)).get(pk=row.pk)
    columns = ROW_PAGES[page]
    if {column: answers[column] for column in columns} == stored(locked, columns):
        return locked
    locked.advance(revision)
    _write_row(locked, page=page, answers=answers, by=by)
    _record("referral.row_answered", referral, by=by, noun=_noun(page), page=page)
    return locked


@recorded
def remove_row(referral: Referral, *, page: str, row: Any, by: Membership) -> None:
    """Take a row off its list. Removing it again changes nothing; the next child leads when the lead child goes."""
    locked = locked_draft(referral)
    found = type(row)._default_manager.filter(pk=row.pk, referral=locked).first()
    if found is None:
        return
    found._history_user = by.user
    found.delete()
    first = locked.children.order_by("position").first() if page == "children" else None
    if first is not None and not locked.children.filter(is_lead=True).exists():
        first.is_lead = True
        keep(first, by=by)
    _record("referral.row_removed", locked, by=by, noun=_noun(page))


@recorded
def finish_list(referral: Referral, *, page: str, finished: bool, by: Membership) -> Referral:
    """Say that a list has been answered in full, which may be with nothing, or that it has not."""
    locked = locked_draft(referral)
    rows = page_of(page).rows
    if rows is None:
        raise ValueError(f"{page} is not a list")
    if getattr(locked, rows.flag) != finished:
        setattr(locked, rows.flag, finished)
        locked.advance(None)
        keep(locked, by=by)
        _record("referral.answered", locked, by=by, page=page)
    return locked


def _write_child(
    child: ReferredChild, *, page: str, answers: Mapping[str, Any], revision: int | None, by: Membership
) -> None:
    columns = child_page(page).columns
    next_page_revision(child, page, revision)
    for column in columns:
        setattr(child, column, answers[column])
    wrong = on_page(of_child(child, child.referral, now()), columns)
    if wrong:
        raise Refused(fields=wrong)
    child.advance(None)
    keep(child, by=by)


def _write_row(row: Row, *, page: str, answers: Mapping[str, Any], by: Membership) -> None:
    columns = ROW_PAGES[page]
    for column in columns:
        setattr(row, column, answers[column])
    wrong = on_page(future_dates(dict(answers), today()), columns)
    if wrong:
        raise Refused(fields=wrong)
    keep(row, by=by)


def _next_position(referral: Referral, model: type[Model]) -> int:
    rows = model._default_manager.filter(referral=referral)
    if rows.count() >= MOST_ROWS:
        raise Refused(
            f"You have added {MOST_ROWS}, which is as many as one list holds. Attach the rest as a file."
        )
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _noun(page: str) -> str:
    rows = page_of(page).rows
    return rows.noun if rows else page


def _record(kind: str, referral: Referral, *, by: Membership, **detail: str) -> None:
    record(kind, by=by, subject=referral, stream=stream_of(referral), detail=detail)
