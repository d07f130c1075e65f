"""Verbs on immediate safety actions, and on learning shared at once. Rule 6.1."""

from datetime import date, timedelta

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case
from cspr.engine import apply
from cspr.govuk.dates import in_london, long_date
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.permissions import Permission
from cspr.workflow import Refused, refusals
from rapid_reviews.models import LearningShared, RapidReview, SafetyAction
from rapid_reviews.options.safety import SharedHow
from rapid_reviews.services.review import keep
from rapid_reviews.services.rights import require
from rapid_reviews.workflow.safety import CHANGE, COMPLETE, DROP, REOPEN

KEEP = Permission.KEEP_SAFETY_ACTIONS
BEFORE = timedelta(days=90)
"""How long before its case was opened an action may have been due."""


@recorded
def add_action(
    review: RapidReview,
    *,
    what: str,
    for_whom: str,
    owner_name: str,
    owner_agency: str,
    due_on: date,
    by: Membership,
) -> SafetyAction:
    """Add an immediate action with its owner and the day by which it is done."""
    require(review.case, KEEP, by=by)
    _refuse_too_early(review.case, due_on)
    action = SafetyAction(
        review=review,
        what=what,
        for_whom=for_whom,
        owner_name=owner_name,
        owner_agency=owner_agency,
        due_on=due_on,
        added_at=now(),
        added_by=by,
    )
    keep(action, by=by, force_insert=True)
    record("safetyaction.added", by=by, subject=action, case=review.case, detail={"owner": owner_agency})
    return action


@recorded
def change_action(
    action: SafetyAction,
    *,
    what: str,
    for_whom: str,
    owner_name: str,
    owner_agency: str,
    due_on: date,
    revision: int | None,
    by: Membership,
) -> SafetyAction:
    """Change an action that is still to be done. Raises Changed over somebody else's later save."""
    require(action.case, KEEP, by=by)
    row = (
        SafetyAction.objects.select_for_update(of=("self",)).select_related("review__case").get(pk=action.pk)
    )
    sentences = refusals(row, CHANGE, by)
    if sentences:
        raise Refused(*sentences)
    given = (what, for_whom, owner_name, owner_agency, due_on)
    if (row.what, row.for_whom, row.owner_name, row.owner_agency, row.due_on) == given:
        return row
    if due_on != row.due_on:
        _refuse_too_early(row.case, due_on)
    row.advance(revision)
    row.what, row.for_whom, row.owner_name, row.owner_agency, row.due_on = given
    keep(row, by=by)
    record("safetyaction.changed", by=by, subject=row, case=row.case, detail={"owner": owner_agency})
    return row


def _refuse_too_early(case: Case, due_on: date) -> None:
    """What was agreed before the case was opened may be written down; what was due long before it is a slip."""
    first = in_london(case.opened_at).date() - BEFORE
    if due_on < first:
        raise Refused(fields={"due_on": f"The day by which it is done must be {long_date(first)} or later"})


@recorded
def complete_action(action: SafetyAction, *, done_on: date, note: str, by: Membership) -> SafetyAction:
    """Record that an action was done, on which day."""
    require(action.case, KEEP, by=by)
    if done_on > today():
        raise Refused(fields={"done_on": "The day it was done must be today or in the past"})
    changes = {"done_on": done_on, "note": note, "_history_user": by.user}
    return apply(action, COMPLETE, by=by, changes=changes, detail={"owner": action.owner_agency})


@recorded
def drop_action(action: SafetyAction, *, reason: str, by: Membership) -> SafetyAction:
    """Record that an action is no longer needed, with the reason; it stays readable."""
    require(action.case, KEEP, by=by)
    changes = {"note": reason, "_history_user": by.user}
    return apply(action, DROP, by=by, reason=reason, changes=changes)


@recorded
def reopen_action(action: SafetyAction, *, reason: str, by: Membership) -> SafetyAction:
    """Put an action back to be done; the reason stands beside it until it is done."""
    require(action.case, KEEP, by=by)
    nobody = {"done_on": None, "done_at": None, "done_by": None, "dropped_at": None, "dropped_by": None}
    return apply(
        action, REOPEN, by=by, reason=reason, changes={**nobody, "note": reason, "_history_user": by.user}
    )


@recorded
def share_learning(
    review: RapidReview, *, what: str, with_whom: str, how: SharedHow, shared_on: date, by: Membership
) -> LearningShared:
    """Keep that learning was passed on at once: what, with whom, how, when. Nothing kept is ever changed."""
    require(review.case, KEEP, by=by)
    if shared_on > today():
        raise Refused(fields={"shared_on": "The day it was shared must be today or in the past"})
    entry = LearningShared(
        review=review,
        what=what,
        with_whom=with_whom,
        how=how,
        shared_on=shared_on,
        recorded_at=now(),
        recorded_by=by,
    )
    entry.save(force_insert=True)
    record("rapidreview.learning_shared", by=by, subject=entry, case=review.case, detail={"with": with_whom})
    return entry
