"""Reads about meetings: one with everybody and everything of it, the quorum in force, the milestone."""

from datetime import date
from uuid import UUID

from django.db.models import Case as FirstOf
from django.db.models import Prefetch, Q, QuerySet, Value, When

from cspr.cases.models import Case, Wall
from cspr.people.models import Membership, Partner, Partnership
from cspr.permissions import Role
from cspr.statute.clocks import MEETING
from rapid_reviews.models import (
    Attendance,
    InformationRequest,
    Meeting,
    MeetingPack,
    Minute,
    Quorum,
    RapidReview,
)
from rapid_reviews.options.meeting import MeetingStatus
from rapid_reviews.options.requests import RequestStatus
from rapid_reviews.selectors.milestones import milestones_of

IN_THIS_ORDER = (
    Role.PARTNER, Role.LEAD_PARTNER, Role.MANAGER, Role.OFFICER, Role.SCRUTINEER, Role.REVIEWER,
)  # fmt: skip


def quorum_of(partnership: Partnership) -> list[str]:
    """Which partners must be present, as the partnership set it last; all three where it set nothing."""
    last = last_quorum(partnership)
    return list(last.partners) if last is not None else list(Partner.values)


def last_quorum(partnership: Partnership) -> Quorum | None:
    return Quorum.objects.filter(partnership=partnership).select_related("decided_by__user").last()


def times_set(partnership: Partnership) -> int:
    """How often the quorum was set: what a page of settings is typed over."""
    return Quorum.objects.filter(partnership=partnership).count()


def meetings() -> "QuerySet[Meeting]":
    people = ("planned_by__user", "held_by__user", "minuted_by__user", "cancelled_by__user")
    rows = Meeting.objects.select_related("review__case__partnership", *people)
    standing = Wall.objects.filter(lifted_at__isnull=True)
    walls = Prefetch("attendance__membership__user__walls", queryset=standing)
    return rows.prefetch_related(
        "attendance__membership__user", walls, "attendance__declared_by__user", "minutes", "packs"
    )


def meetings_of(review: RapidReview) -> "QuerySet[Meeting]":
    """The review's meetings, the latest first, in a fixed number of queries."""
    return meetings().filter(review=review).order_by("-starts_at")


def find_meeting(review: RapidReview, meeting_id: UUID) -> Meeting | None:
    return meetings().filter(review=review, pk=meeting_id).first()


def locked_meeting(meeting: Meeting) -> Meeting:
    """The row, locked: every verb on a meeting, its people and its minutes locks it first."""
    return meetings().select_for_update(of=("self",)).get(pk=meeting.pk)


def find_attendance(meeting: Meeting, attendance_id: UUID) -> Attendance | None:
    return (
        meeting.attendance.select_related("meeting__review__case", "membership__user")
        .filter(pk=attendance_id)
        .first()
    )


def find_minute(meeting: Meeting, minute_id: UUID) -> Minute | None:
    return meeting.minutes.select_related("meeting__review__case").filter(pk=minute_id).first()


def find_pack(meeting: Meeting, version: str) -> MeetingPack | None:
    if not version.isascii() or not version.isdigit() or len(version) > 4:
        return None
    return meeting.packs.select_related("frozen_by__user").filter(version=int(version)).first()


def people_to_invite(meeting: Meeting) -> "QuerySet[Membership]":
    """The partnership's people today, and those of the agencies asked, who are not walled off and not on the list.

    Who decides stands first, then the unit and its scrutineer, then the agencies' people, agency by agency.
    """
    listed = meeting.attendance.filter(membership__isnull=False).values("membership_id")
    rows = can_be_invited(meeting.case).exclude(pk__in=listed)
    places = [When(role=role, then=Value(place)) for place, role in enumerate(IN_THIS_ORDER)]
    order = (FirstOf(*places, default=Value(len(IN_THIS_ORDER))), "agency__name", "role", "user__full_name")
    return rows.select_related("user", "partnership", "agency").order_by(*order)


def can_be_invited(case: Case) -> "QuerySet[Membership]":
    """Who has to do with the case today: what they declare in a meeting has to reach their account."""
    walled = Wall.objects.filter(case=case, lifted_at__isnull=True).values("user_id")
    asked = InformationRequest.objects.filter(case=case).exclude(status=RequestStatus.DRAFT)
    own = Q(partnership_id=case.partnership_id) | Q(agency_id__in=asked.values("agency_id"))
    return Membership.objects.current().filter(own).exclude(user_id__in=walled)


def has_an_account(case: Case, name: str) -> bool:
    """Whether somebody of this name has to do with the case today and has an account."""
    return can_be_invited(case).filter(user__full_name__iexact=name.strip()).exists()


def is_walled_off(case: Case, name: str) -> bool:
    """Whether somebody of this name has a conflict of interest in the case."""
    walls = Wall.objects.filter(case=case, lifted_at__isnull=True)
    return walls.filter(user__full_name__iexact=name.strip()).exists()


def milestone(case: Case) -> date | None:
    """The working day by which the meeting is held, counted from day 0 of C5 and moving with it."""
    return next((one.due_on for one in milestones_of(case) if one.key == MEETING.name), None)


def meetings_planned(acting: Membership) -> "QuerySet[Meeting]":
    """Planned meetings on the cases this person may open: for the calendar feed."""
    rows = Meeting.objects.filter(
        status=MeetingStatus.PLANNED, review__case__in=Case.objects.visible_to(acting)
    )
    return rows.select_related("review__case").order_by("starts_at")
