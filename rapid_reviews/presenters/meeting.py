"""Meetings as pages show them: when, who, quorum, minutes, packs, what can be done; rows of the board and the feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.html import format_html

from cspr.deadlines.feed_dates import MOST, FeedDate
from cspr.documents.models import Document
from cspr.govuk.dates import long_date, long_moment, medium_date
from cspr.govuk.parts import Row, Step, Table
from cspr.govuk.words import capital, listed
from cspr.now import london_day
from cspr.people.models import Membership, Partner
from cspr.permissions import Permission, can
from cspr.workflow import Transition, refusals
from notifications.presenters.referral import link
from rapid_reviews.models import Attendance, Meeting, MeetingPack, Minute, RapidReview
from rapid_reviews.options.meeting import MeetingStatus
from rapid_reviews.options.requests import ReturnKind
from rapid_reviews.selectors import meeting as selectors
from rapid_reviews.services.meeting import plan_refusals
from rapid_reviews.workflow import meeting as table

PLANNED_STEPS = (table.HOLD, table.FREEZE_PACK, table.PLAN, table.CANCEL)
HELD_STEPS = (table.MINUTE_DECISION, table.MINUTE_ITEM, table.FREEZE_PACK, table.AGREE_MINUTES)
STEPS: dict[str, tuple[Transition, ...]] = {
    MeetingStatus.PLANNED: PLANNED_STEPS,
    MeetingStatus.HELD: HELD_STEPS,
    MeetingStatus.MINUTED: (table.CORRECT_MINUTES,),
}
LABELS = {table.PLAN.name: "Change the plan"}
FIRST = {table.HOLD, table.MINUTE_DECISION}


@dataclass(frozen=True)
class Listed:
    """A meeting in the list."""

    heading: str
    href: str
    status: str


@dataclass(frozen=True)
class Person:
    """Somebody on the list of the meeting, with the acts that are open."""

    attendance: Attendance
    agency: str
    speaks_for: str
    conflict: str = ""
    presence_href: str = ""
    conflict_href: str = ""
    withdraw_href: str = ""


@dataclass(frozen=True)
class ShownMinute:
    minute: Minute
    change_href: str = ""


def heading(meeting: Meeting) -> str:
    return f"Meeting on {long_moment(meeting.held_at or meeting.starts_at)}"


def meeting_list(meetings: Iterable[Meeting]) -> list[Listed]:
    return [
        Listed(heading(one), reverse("meeting", args=[one.review.case_id, one.pk]), one.get_status_display())
        for one in meetings
    ]


def plan_steps(review: RapidReview, acting: Membership) -> list[Step]:
    """The button that plans a meeting, for who may; where none can be planned it says why."""
    if not can(acting, Permission.RECORD_MEETING):
        return []
    href = reverse("meeting_new", args=[review.case_id])
    return [Step("Plan a meeting", href, tuple(plan_refusals(review, acting)))]


def quorum_words(partners: Iterable[str]) -> str:
    return listed([f"the {one.label}" for one in Partner if one in partners])


def standing_rows(meeting: Meeting, by_day: date | None) -> list[Row]:
    """When, where, the quorum asked and whether it is there, the milestone it keeps or misses."""
    missing = table.missing_partners(meeting)
    quorum = f"Not met: nobody speaks for {quorum_words(missing)}" if missing else "Met"
    rows = [
        Row("Planned for", long_moment(meeting.starts_at)),
        Row("Held", _by(meeting.held_at, meeting.held_by)),
        Row("Where", ", ".join(filter(None, (meeting.get_setting_display(), meeting.place)))),
        Row("Must be present to decide", capital(quorum_words(meeting.quorum))),
        Row("Quorum", quorum),
        Row("To be held by", _milestone(meeting, by_day)),
        Row("Minutes agreed", _by(meeting.minuted_at, meeting.minuted_by)),
        Row("Cancelled", _by(meeting.cancelled_at, meeting.cancelled_by)),
    ]
    return [one for one in rows if one.value]


def _by(at: object, by: Membership | None) -> str:
    return f"{long_moment(at)}, recorded by {by.user.full_name}" if at and by else ""  # type: ignore[arg-type]


def _milestone(meeting: Meeting, by_day: date | None) -> str:
    if by_day is None:
        return ""
    late = london_day(meeting.held_at or meeting.starts_at) > by_day
    return f"{long_date(by_day)}{': this meeting is later' if late else ''}"


def people(meeting: Meeting, acting: Membership) -> list[Person]:
    open_ = not refusals(meeting, table.ATTEND, acting)
    return [_person(meeting, one, open_=open_) for one in meeting.attendance.all()]


def _person(meeting: Meeting, one: Attendance, *, open_: bool) -> Person:
    place, conflict = [meeting.review.case_id, meeting.pk, one.pk], _conflict(meeting, one)
    speaks_for = f"For the {Partner(one.partner).label}" if one.partner else ""
    same = bool(one.partner) and one.agency.casefold() == Partner(one.partner).label
    return Person(
        attendance=one,
        agency="" if same else one.agency,
        speaks_for=speaks_for,
        conflict=conflict,
        presence_href=reverse("meeting_presence", args=place) if open_ else "",
        conflict_href=reverse("meeting_conflict", args=place) if open_ and not conflict else "",
        withdraw_href=reverse("meeting_withdraw_conflict", args=place)
        if open_ and conflict and one.membership_id is None
        else "",
    )


def _conflict(meeting: Meeting, one: Attendance) -> str:
    """That there is a conflict of interest, never which."""
    if one.declared_at is not None:
        ended = "" if table.has_conflict(meeting, one) else ", which no longer stands"
        return f"Declared a conflict of interest on {long_moment(one.declared_at)}{ended}"
    return "Has a conflict of interest in this case" if table.has_conflict(meeting, one) else ""


def list_steps(meeting: Meeting, acting: Membership) -> list[Step]:
    """What is done about who comes: several invited, one added, everybody on the list recorded at once."""
    if refusals(meeting, table.ATTEND, acting):
        return []
    acts = [("meeting_invite", "Invite people"), ("meeting_attend", "Add one person")]
    if meeting.attendance.all():
        acts.append(("meeting_roll", "Record who came"))
    place = [meeting.review.case_id, meeting.pk]
    return [Step(label, reverse(name, args=place), secondary=True) for name, label in acts]


def minutes(meeting: Meeting, acting: Membership) -> list[ShownMinute]:
    open_ = not refusals(meeting, table.MINUTE_ITEM, acting)
    place = [meeting.review.case_id, meeting.pk]
    return [
        ShownMinute(one, reverse("meeting_minute", args=[*place, one.pk]) if open_ else "")
        for one in meeting.minutes.all()
    ]


def steps(meeting: Meeting, acting: Membership) -> list[Step]:
    """What this person can do with the meeting; what cannot be done yet says why."""
    if not can(acting, Permission.RECORD_MEETING):
        return []
    place = [meeting.review.case_id, meeting.pk]
    return [
        Step(
            label=LABELS.get(one.name, one.label),
            href=reverse(f"meeting_{one.name}", args=place),
            refusals=tuple(refusals(meeting, one, acting)),
            secondary=one not in FIRST,
        )
        for one in STEPS.get(meeting.status, ())
    ]


def pack_files(pack: MeetingPack, visible: Iterable[Document]) -> list[dict[str, Any]]:
    """The files of a frozen pack that this reader may open: a file's own rule counts here as anywhere."""
    open_to_reader = {str(version.pk) for one in visible for version in one.versions.all()}
    return [one for one in pack.files if one["version"] in open_to_reader]


@dataclass(frozen=True)
class PackedReturn:
    """A return as a pack froze it: which agency's, which version, what it is and since when."""

    request: str
    agency: str
    what: str
    sha256: str


def pack_returns(pack: MeetingPack) -> list[PackedReturn]:
    """The returns of a pack, by agency."""
    return [
        PackedReturn(one["request"], one["agency"], _what_was_returned(one), one["sha256"])
        for one in pack.returns
    ]


def _what_was_returned(one: dict[str, Any]) -> str:
    signed = f"signed off {medium_date(london_day(datetime.fromisoformat(one['signed_off_at'])))}"
    if one["kind"] == ReturnKind.NIL:
        return f"version {one['number']}, nothing known, {signed}"
    rows = f"{one['rows']:,} row{'' if one['rows'] == 1 else 's'} of chronology"
    return f"version {one['number']}, {rows}, {signed}"


def returns_table(pack: MeetingPack, acting: Membership) -> Table:
    """The same with their hashes and, for who may see the names in them, where each is."""
    case, may_open = pack.meeting.review.case_id, can(acting, Permission.SEE_NAMES)
    return Table(
        caption="Returns in this pack",
        head=("Agency", "Return", "SHA-256"),
        rows=[
            (
                link(one.agency, reverse("case_request", args=[case, one.request]), whole=False)
                if may_open
                else one.agency,
                capital(one.what),
                format_html('<code class="app-hash">{}</code>', one.sha256),
            )
            for one in pack_returns(pack)
        ],
        empty="No return had been signed off when this pack was frozen.",
    )


def pack_table(pack: MeetingPack, visible: Iterable[Document]) -> Table:
    """The same with their hashes and where each is."""
    return Table(
        caption="Files in this pack",
        head=("File", "Version", "SHA-256"),
        rows=[
            (
                link(one["title"], reverse("document_download", args=[one["version"]]), whole=False),
                one["number"],
                format_html('<code class="app-hash">{}</code>', one["sha256"]),
            )
            for one in pack_files(pack, visible)
        ],
        empty="There is no file in this pack that you can open.",
    )


def meeting_dates(acting: Membership) -> list[FeedDate]:
    """Planned meetings in the calendar feed: the reference and that there is a meeting, nothing else."""
    return [
        FeedDate(
            id=one.pk,
            on=london_day(one.starts_at),
            reference=one.case.reference,
            what="Rapid review meeting",
            path=reverse("meeting", args=[one.review.case_id, one.pk]),
            noted_at=one.planned_at,
            changes=one.revision - 1,
        )
        for one in selectors.meetings_planned(acting)[:MOST]
    ]
