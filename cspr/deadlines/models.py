"""Clocks running on cases, their due dates for ever, proclaimed holidays, and the reminders each is owed."""

import uuid

from django.db import models
from django.db.models import Q

from cspr.cases.models import Case
from cspr.models import Controlled, Identified, paired
from cspr.people.models import Membership

OPEN = Q(met_at__isnull=True, withdrawn_at__isnull=True)


class Deadline(Controlled):
    """One clock of ``cspr/statute/clocks.py`` running on one case. Its state on a day is computed, never counted down.

    ``first_due_on`` stays for ever; ``due_on`` is the due date now, and each later one is a ``DueDate`` beside it.
    ``subject`` tells apart several of one clock on a case (one per action, one per letter); empty where there is one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    clock = models.CharField(max_length=4)
    subject = models.CharField(max_length=60, blank=True)
    rule_from = models.DateField(help_text="the day whose edition of the clock governs this deadline")
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    start_on = models.DateField(help_text="day 0, in Europe/London")
    chosen = models.PositiveSmallIntegerField(
        null=True, help_text="the partnership's setting when the clock started"
    )
    first_due_on = models.DateField()
    due_on = models.DateField()
    met_at = models.DateTimeField(null=True)
    met_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    met_on = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            paired("started", model="deadlines_deadline"),
            paired("met", model="deadlines_deadline"),
            paired("withdrawn", model="deadlines_deadline"),
            models.UniqueConstraint(
                fields=["case", "clock", "subject"],
                condition=Q(withdrawn_at__isnull=True),
                name="deadlines_deadline_one_running",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=OPEN, name="deadlines_deadline_open"),
            models.Index(
                fields=["case"],
                include=["due_on", "clock", "start_on"],
                condition=OPEN,
                name="deadlines_deadline_open_case",
            ),
            models.Index(fields=["case", "clock"], name="deadlines_deadline_of_case"),
        ]

    @property
    def is_open(self) -> bool:
        return self.met_at is None and self.withdrawn_at is None


class DueDate(Identified):
    """Append-only: a due date set after the first one, with who, when and why."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="due_dates")
    before = models.DateField()
    due_on = models.DateField()
    why = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["set_at"]


class HolidaySource(models.TextChoices):
    GOV_UK = "gov_uk", "GOV.UK list"
    PROCLAIMED = "proclaimed", "Proclaimed"


class Holiday(Controlled):
    """A day that became, or ceased to be, a bank holiday in England and Wales after the bundled calendar was made."""

    day = models.DateField()
    title = models.CharField(max_length=120)
    is_holiday = models.BooleanField(default=True, help_text="False withdraws a day the calendar has")
    source = models.CharField(max_length=12, choices=HolidaySource)
    note = models.CharField(
        max_length=300, blank=True, help_text="the proclamation, or why a past day changes"
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(ended_at__isnull=True), name="deadlines_holiday_one_standing"
            ),
        ]


class CalendarState(models.Model):
    """One row: which calendar is in force, and how far GOV.UK's list is known to reach.

    ``version`` counts the changes; ``stamp`` is new with each one, undone or not, so that no process keeps a calendar
    that never came into force.
    """

    version = models.PositiveIntegerField(default=1)
    stamp = models.UUIDField(default=uuid.uuid4)
    known_until = models.DateField()
    refreshed_at = models.DateTimeField(null=True, help_text="when GOV.UK's own list was last read whole")


class Reminder(models.Model):
    """One nudge a deadline owes at one threshold of one due date. Planned when the date is set; fired once or never.

    ``offset`` is in working days from the due date, negative before it. ``escalates`` goes to the manager and the lead
    partners.
    ``told_nobody_because`` says why a fired reminder put nothing into the outbox.
    """

    PASSED = "it had passed when the due date was set"
    SUPERSEDED = "a later reminder was told instead"
    ENDED = "the clock had ended"
    MOVED = "the due date had moved"
    JOINED = "the case was joined to another"
    NOBODY = "nobody holds the role"

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    offset = models.SmallIntegerField()
    escalates = models.BooleanField(default=False)
    fires_on = models.DateField()
    fired_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    told_nobody_because = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "due_on", "offset", "escalates"], name="deadlines_reminder_once_each"
            ),
        ]
        indexes = [
            models.Index(
                fields=["fires_on"], condition=Q(fired_at__isnull=True), name="deadlines_reminder_due"
            ),
            models.Index(
                fields=["fired_at"],
                condition=Q(fired_at__isnull=False, told_at__isnull=True),
                name="deadlines_reminder_untold",
            ),
        ]


class SweepRun(models.Model):
    """One row: when the sweep last finished, so that the board can warn when it has not run for an hour."""

    finished_at = models.DateTimeField()
    fired = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0, help_text="mails queued by the last run")
    failed = models.PositiveIntegerField(default=0, help_text="deadlines whose reminders could not be told")


class FeedAddress(Controlled):
    """A person's secret calendar address. Only its hash is stored; a new one or a revocation ends it at once."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="feeds")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            paired("made", model="deadlines_feedaddress"),
            paired("revoked", model="deadlines_feedaddress"),
            models.UniqueConstraint(
                fields=["membership"], condition=Q(revoked_at__isnull=True), name="deadlines_feedaddress_one"
            ),
        ]
