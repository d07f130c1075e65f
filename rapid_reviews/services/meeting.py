"""Verbs on a meeting: planned, attended, held, minuted by decision, its minutes agreed."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from cspr.audit.recording import record, recorded
from cspr.engine import apply
from cspr.models import Changed
from cspr.now import london_day, now
from cspr.people.models import Membership, Partner, Partnership
from cspr.permissions import Permission, can
from cspr.workflow import Refused, Transition, refusals
from rapid_reviews.models import Meeting, Minute, Quorum, RapidReview
from rapid_reviews.options.meeting import Setting
from rapid_reviews.selectors.meeting import last_quorum, locked_meeting, quorum_of, times_set
from rapid_reviews.selectors.review import locked
from rapid_reviews.services.review import keep
from rapid_reviews.services.rights import require
from rapid_reviews.workflow.meeting import (
    AGREE_MINUTES,
    CANCEL,
    CORRECT_MINUTES,
    HOLD,
    MINUTE_DECISION,
    MINUTE_ITEM,
    PLAN,
)

RECORD = Permission.RECORD_MEETING


def locked_for(meeting: Meeting, transition: Transition, *, by: Membership) -> Meeting:
    """The meeting, locked, for somebody who may write this about it now. Raises Refused."""
    require(meeting.case, RECORD, by=by)
    row = locked_meeting(meeting)
    sentences = refusals(row, transition, by)
    if sentences:
        raise Refused(*sentences)
    return row


@recorded
def set_quorum(
    partnership: Partnership, *, partners: Sequence[str], by: Membership, revision: int | None = None
) -> Quorum:
    """Set which partners must be present for a decision, from the next meeting planned. The same changes nothing.

    Raises Changed over somebody else's later setting; ``revision`` is how often it was set when the page was opened.
    """
    if not can(by, Permission.MANAGE_SETTINGS) or by.partnership_id != partnership.pk:
        raise Refused(f"This is not yours to do: it needs {Permission.MANAGE_SETTINGS.whose}.")
    chosen = [one.value for one in Partner if one in partners]
    if not chosen:
        raise Refused(fields={"partners": "Select at least one partner"})
    Partnership.objects.select_for_update().get(pk=partnership.pk)
    standing = last_quorum(partnership)
    if standing is not None and standing.partners == chosen:
        return standing
    if revision not in (None, times_set(partnership)):
        raise Changed
    quorum = Quorum(partnership=partnership, partners=chosen, decided_at=now(), decided_by=by)
    quorum.save(force_insert=True)
    named = ", ".join(Partner(one).label for one in chosen)
    record("meeting.quorum_set", by=by, subject=quorum, detail={"partners": named})
    return quorum


@recorded
def plan_meeting(
    review: RapidReview, *, starts_at: datetime, setting: Setting, place: str, by: Membership
) -> Meeting:
    """Plan a meeting. The quorum asked of it is the partnership's at this moment."""
    require(review.case, RECORD, by=by)
    open_review = locked(review)
    sentences = plan_refusals(open_review, by)
    if sentences:
        raise Refused(*sentences)
    _refuse_before_review(open_review, starts_at)
    meeting = Meeting(
        review=open_review,
        starts_at=starts_at,
        setting=setting,
        place=place,
        quorum=quorum_of(review.case.partnership),
        planned_at=now(),
        planned_by=by,
    )
    keep(meeting, by=by, force_insert=True)
    record("meeting.planned", by=by, subject=meeting, case=review.case)
    return meeting


def plan_refusals(review: RapidReview, by: Membership) -> list[str]:
    """Why no meeting can be planned on a review now: the page and the verb ask here."""
    return refusals(Meeting(review=review), PLAN, by)


@recorded
def change_plan(
    meeting: Meeting,
    *,
    starts_at: datetime,
    setting: Setting,
    place: str,
    revision: int | None,
    by: Membership,
) -> Meeting:
    """Change when or where a planned meeting is held. Raises Changed over somebody else's later save."""
    row = locked_for(meeting, PLAN, by=by)
    _refuse_before_review(row.review, starts_at)
    if (row.starts_at, row.setting, row.place) == (starts_at, setting, place):
        return row
    row.advance(revision)
    row.starts_at, row.setting, row.place = starts_at, setting, place
    keep(row, by=by)
    record("meeting.plan_changed", by=by, subject=row, case=row.case)
    return row


def _refuse_before_review(review: RapidReview, starts_at: datetime) -> None:
    if london_day(starts_at) < london_day(review.opened_at):
        raise Refused(fields={"starts_on": "The meeting cannot be before the rapid review was opened"})


@recorded
def hold(meeting: Meeting, *, at: datetime, by: Membership) -> Meeting:
    """Record that the meeting was held, and when it began."""
    require(meeting.case, RECORD, by=by)
    _refuse_before_review(meeting.review, at)
    if at > now():
        raise Refused(fields={"held_time": "The time must be in the past"})
    return apply(meeting, HOLD, by=by, at=at, changes={"_history_user": by.user})


@recorded
def cancel(meeting: Meeting, *, reason: str, by: Membership) -> Meeting:
    require(meeting.case, RECORD, by=by)
    return apply(meeting, CANCEL, by=by, reason=reason, changes={"_history_user": by.user})


@recorded
def agree_minutes(meeting: Meeting, *, by: Membership) -> Meeting:
    """Close the minutes: everybody is accounted for, and every decision had its quorum."""
    require(meeting.case, RECORD, by=by)
    return apply(meeting, AGREE_MINUTES, by=by, changes={"_history_user": by.user})


@recorded
def correct_minutes(meeting: Meeting, *, reason: str, by: Membership) -> Meeting:
    """Open agreed minutes again, with the reason; what they said stays in the history."""
    require(meeting.case, RECORD, by=by)
    nobody = {"minuted_at": None, "minuted_by": None, "_history_user": by.user}
    return apply(meeting, CORRECT_MINUTES, by=by, reason=reason, changes=nobody)


@recorded
def write_minute(
    meeting: Meeting, *, item: str, discussion: str, decision: str = "", who: str = "", by: Membership
) -> Minute:
    """Minute one item. With a decision it needs the quorum, asked again under the meeting's lock."""
    row = locked_for(meeting, MINUTE_DECISION if decision else MINUTE_ITEM, by=by)
    position = (row.minutes.aggregate(last=Max("position"))["last"] or 0) + 1
    minute = Minute(meeting=row, position=position, written_at=now(), written_by=by)
    return _write(minute, item, discussion, decision, who, by=by, kind="meeting.minuted")


@recorded
def change_minute(
    minute: Minute,
    *,
    item: str,
    discussion: str,
    decision: str,
    who: str,
    revision: int | None,
    by: Membership,
) -> Minute:
    """Change an item of minutes that are not agreed yet. Raises Changed over somebody else's later save."""
    meeting = locked_for(minute.meeting, MINUTE_DECISION if decision else MINUTE_ITEM, by=by)
    row = meeting.minutes.select_for_update().get(pk=minute.pk)
    if (row.item, row.discussion, row.decision, row.who) == (item, discussion, decision, who):
        return row
    row.advance(revision)
    row.written_at, row.written_by = now(), by
    return _write(row, item, discussion, decision, who, by=by, kind="meeting.minute_changed")


def _write(
    row: Minute, item: str, discussion: str, decision: str, who: str, *, by: Membership, kind: str
) -> Minute:
    row.item, row.discussion, row.decision, row.who = item, discussion, decision, who
    keep(row, by=by)
    case = row.meeting.case
    record(kind, by=by, subject=row.meeting, case=case, detail={"number": row.position})
    return row
