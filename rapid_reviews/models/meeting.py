"""The meeting on a rapid review: planned, attended, minuted by decision, with the papers it had before it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cspr.cases.models import Case
from cspr.models import Controlled, Revised, paired
from cspr.people.models import Partner, Partnership
from rapid_reviews.models.review import MEMBER, RapidReview, moment, person
from rapid_reviews.options.meeting import MeetingStatus, Part, Presence, Setting

STATUS = MeetingStatus


def partners() -> ArrayField:
    return ArrayField(models.CharField(max_length=6, choices=Partner), default=list)


class Quorum(Controlled):
    """Append-only: which partners must be present for a decision, as the partnership set it; the latest counts."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="quorums")
    partners = partners()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["decided_at"]
        constraints = [
            paired("decided"),
            models.CheckConstraint(name="quorum_asks_for_somebody", condition=~Q(partners=[])),
        ]


class Meeting(Controlled, Revised):
    """One meeting. ``quorum`` is what the partnership asked for when it was planned. Moved by ``workflow.meeting``."""

    Status = MeetingStatus

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField(help_text="when it is planned to begin")
    setting = models.CharField(max_length=10, choices=Setting)
    place = models.CharField(max_length=300, blank=True)
    quorum = partners()
    status = models.CharField(max_length=10, choices=STATUS, default=STATUS.PLANNED)
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    held_at, held_by = moment(), person()
    minuted_at, minuted_by = moment(), person()
    cancelled_at, cancelled_by = moment(), person()

    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            *(paired(name) for name in ("planned", "held", "minuted", "cancelled")),
            models.CheckConstraint(
                name="meeting_minuted_was_held",
                condition=~Q(status__in=[STATUS.HELD, STATUS.MINUTED]) | Q(held_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="meeting_planned", condition=Q(status=STATUS.PLANNED)),
            models.Index(
                fields=["status"],
                include=["id", "review", "starts_at"],
                condition=Q(status__in=[STATUS.PLANNED, STATUS.HELD]),
                name="meeting_open",
            ),
            models.Index(fields=["review"], condition=~Q(status=STATUS.CANCELLED), name="meeting_standing"),
        ]

    @property
    def case(self) -> Case:
        return self.review.case


class Attendance(Controlled, Revised):
    """One person at one meeting: for whom, as a member or to give information, present or not; a conflict declared."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendance")
    membership = models.ForeignKey(MEMBER, models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=200)
    agency = models.CharField(max_length=200)
    partner = models.CharField(max_length=6, choices=Partner, blank=True, help_text="the partner spoken for")
    part = models.CharField(max_length=20, choices=Part)
    presence = models.CharField(max_length=10, choices=Presence, default=Presence.INVITED)
    conflict = models.TextField(max_length=2_000, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    declared_at, declared_by = moment(), person()

    history = HistoricalRecords()

    class Meta:
        ordering = ["-part", "agency", "name"]
        constraints = [
            paired("added"),
            paired("declared"),
            models.UniqueConstraint(fields=["meeting", "membership"], name="attendance_once_a_meeting"),
            models.CheckConstraint(
                name="attendance_conflict_says_what",
                condition=Q(declared_at__isnull=True, conflict="")
                | (Q(declared_at__isnull=False) & ~Q(conflict="")),
            ),
        ]

    @property
    def is_member_present(self) -> bool:
        return self.presence == Presence.PRESENT and self.part == Part.MEMBER


class Minute(Controlled, Revised):
    """One item of the minutes: what was discussed, what was decided, who takes it on."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="minutes")
    position = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=200)
    discussion = models.TextField(max_length=10_000, blank=True)
    decision = models.TextField(max_length=10_000, blank=True)
    who = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ["position"]
        constraints = [
            paired("written"),
            models.UniqueConstraint(fields=["meeting", "position"], name="minute_one_a_position"),
        ]


class MeetingPack(Controlled):
    """Append-only: the papers as they were at one moment, each with its hash; another freeze is another version."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="packs")
    version = models.PositiveSmallIntegerField()
    review_papers = models.JSONField(help_text="[[label, text], ...] of the review as it stood")
    files = models.JSONField(help_text="[{version, title, number, sha256, size}, ...]")
    returns = models.JSONField(
        default=list, help_text="[{request, agency, number, kind, signed_off_at, rows, sha256}, ...]"
    )
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["version"]
        constraints = [
            paired("frozen"),
            models.UniqueConstraint(fields=["meeting", "version"], name="meetingpack_one_a_version"),
        ]
