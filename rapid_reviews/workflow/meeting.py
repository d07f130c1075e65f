"""What may happen to a meeting, as data; when a decision may be minuted: with the quorum the partnership set."""

from typing import Any

from cspr.people.models import Partner
from cspr.permissions import Permission
from cspr.statute.sources import CHAPTER_6, PANEL_2025
from cspr.workflow import Table, Transition
from rapid_reviews.models import Attendance, Meeting
from rapid_reviews.options.meeting import MeetingStatus, Presence
from rapid_reviews.options.review import ReviewStatus

PLANNED, HELD = MeetingStatus.PLANNED, MeetingStatus.HELD
MINUTED, CANCELLED = MeetingStatus.MINUTED, MeetingStatus.CANCELLED


def has_conflict(meeting: Meeting, one: Attendance) -> bool:
    """Whether somebody on the list is walled off the case; who has no account, whether they declared a conflict here.

    A wall that was lifted no longer counts against anybody.
    """
    if one.membership is None:
        return one.declared_at is not None
    walls = one.membership.user.walls.all()
    return any(wall.case_id == meeting.review.case_id and wall.lifted_at is None for wall in walls)


def missing_partners(meeting: Meeting) -> list[Partner]:
    """The partners the quorum asks for that nobody speaks for: present, as a member, without a conflict."""
    members = [one for one in meeting.attendance.all() if one.partner and one.is_member_present]
    there = {one.partner for one in members if not has_conflict(meeting, one)}
    return [partner for partner in Partner if partner in meeting.quorum and partner not in there]


def of_this_partnership(meeting: Meeting, by: Any) -> str | None:
    own = by.partnership_id == meeting.review.case.partnership_id
    return None if own else "This case belongs to another partnership."


def has_quorum(meeting: Meeting, by: Any) -> str | None:
    """Without the partners the quorum asks for nothing is decided; it can still be discussed."""
    missing = missing_partners(meeting)
    if not missing:
        return None
    named = " and the ".join(one.label for one in missing)
    return f"The meeting has no quorum: nobody is present for the {named} as a member without a conflict of interest."


def somebody_came(meeting: Meeting, by: Any) -> str | None:
    came = any(one.presence == Presence.PRESENT for one in meeting.attendance.all())
    return None if came else "Record who was present first."


def everybody_is_accounted_for(meeting: Meeting, by: Any) -> str | None:
    invited = [one for one in meeting.attendance.all() if one.presence == Presence.INVITED]
    waiting = [one for one in invited if not has_conflict(meeting, one)]
    return f"Record of {waiting[0].name} whether they were present." if waiting else None


def has_minutes(meeting: Meeting, by: Any) -> str | None:
    return None if meeting.minutes.all() else "Write down at least one item."


def decisions_had_quorum(meeting: Meeting, by: Any) -> str | None:
    """Attendance can be corrected after a decision was minuted: then the decision does not stand."""
    if not any(one.decision for one in meeting.minutes.all()):
        return None
    sentence = has_quorum(meeting, by)
    return f"A decision is minuted. {sentence}" if sentence else None


def review_is_open(meeting: Meeting, by: Any) -> str | None:
    """A review that was closed is met about no more; what was said before that can still be written down."""
    closed = meeting.review.status == ReviewStatus.CLOSED_NOT_MEETING
    return "The rapid review is closed." if closed else None


P = Permission.RECORD_MEETING
OWN = (of_this_partnership,)
PLAN = Transition(
    "plan", "Save", frozenset({PLANNED}), PLANNED, P, CHAPTER_6, guards=(of_this_partnership, review_is_open)
)
ATTEND = Transition("attend", "Save", frozenset({PLANNED, HELD}), PLANNED, P, CHAPTER_6, guards=OWN)
FREEZE_PACK = Transition(
    "freeze_pack", "Freeze the papers", frozenset({PLANNED, HELD}), PLANNED, P, CHAPTER_6, guards=OWN
)
MINUTE_ITEM = Transition("minute_item", "Minute an item", frozenset({HELD}), HELD, P, CHAPTER_6, guards=OWN)
MINUTE_DECISION = Transition(
    "minute_decision", "Minute a decision", frozenset({HELD}), HELD, P, PANEL_2025,
    guards=(of_this_partnership, has_quorum),
)  # fmt: skip
"""These five are never applied: they say who may write what about a meeting, and when."""
HOLD = Transition(
    "hold", "Record that it was held", frozenset({PLANNED}), HELD, P, CHAPTER_6,
    guards=(of_this_partnership, somebody_came), past="held",
)  # fmt: skip
CANCEL = Transition(
    "cancel", "Cancel the meeting", frozenset({PLANNED}), CANCELLED, P, CHAPTER_6, guards=OWN, needs_reason=True,
    past="cancelled",
)  # fmt: skip
AGREE_MINUTES = Transition(
    "agree_minutes", "Record the minutes as agreed", frozenset({HELD}), MINUTED, P, CHAPTER_6,
    guards=(of_this_partnership, everybody_is_accounted_for, has_minutes, decisions_had_quorum), past="minuted",
)  # fmt: skip
CORRECT_MINUTES = Transition(
    "correct_minutes",
    "Correct the minutes",
    frozenset({MINUTED}),
    HELD,
    P,
    CHAPTER_6,
    guards=OWN,
    needs_reason=True,
)
TRANSITIONS = Table((HOLD, CANCEL, AGREE_MINUTES, CORRECT_MINUTES))
