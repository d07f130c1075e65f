"""Everything told to anybody: the outbox of messages, and the tellings of a duty, one recipient each."""

from django.db import models
from django.db.models import Q

from cspr.cases.models import Case
from cspr.models import Controlled, Identified, paired
from cspr.people.models import Body, Membership, Partner, Partnership


class Message(Identified):
    """One mail to one address, frozen when it was queued.

    Delivered at least once, recorded sent exactly once (R2).
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "Waiting to be sent"
        SENT = "sent", "Accepted by the mail service"
        DEAD = "dead", "Could not be sent"
        STOPPED = "stopped", "Not to be sent"

    header = models.CharField("Message-ID", max_length=120, unique=True)
    to_email = models.EmailField()
    to_membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, related_name="messages"
    )
    kind = models.CharField(max_length=100)
    subject = models.CharField(max_length=160)
    body = models.TextField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="messages")
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, related_name="messages")
    status = models.CharField(max_length=8, choices=Status, default=Status.QUEUED)
    queued_at = models.DateTimeField()
    queued_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    trying_since = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    accepted_at = models.DateTimeField(null=True)
    channel = models.CharField(max_length=12, blank=True)
    proof = models.JSONField(default=dict)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["queued_at"]
        constraints = [
            models.CheckConstraint(
                name="dispatch_message_sent_is_proven",
                condition=Q(status="sent", accepted_at__isnull=False) & ~Q(channel="")
                | ~Q(status="sent") & Q(accepted_at__isnull=True),
            ),
            models.CheckConstraint(
                name="dispatch_message_lease_whole",
                condition=Q(lease_until__isnull=True, lease_token__isnull=True)
                | Q(lease_until__isnull=False, lease_token__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="dispatch_message_due", condition=Q(status="queued")
            ),
            models.Index(
                fields=["partnership", "queued_at"], name="dispatch_message_dead", condition=Q(status="dead")
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class TellingKind(models.TextChoices):
    """What a recipient is told. Each row of the rules' column "told" is one of these."""

    SERIOUS_INCIDENT_TO_PARTNER = "serious_incident_to_partner", "a serious incident (C2)"
    SERIOUS_INCIDENT_TO_AREA = "serious_incident_to_area", "a serious incident, to another area (C2)"
    INCIDENT_TO_BODY = "incident_to_body", "a serious incident, or a death to be notified (C1, C3)"
    DECISION_TO_REFERRER = "decision_to_referrer", "the decision on a referral (C4)"
    RAPID_REVIEW_TO_PANEL = "rapid_review_to_panel", "the rapid review with its decision (C5)"
    ANSWER_TO_PANEL = "answer_to_panel", "the answer to a question of the Panel (C9)"
    REVIEW_DECIDED = "review_decided", "a local review will be held (C7)"
    REVIEW_NOT_HELD = "review_not_held", "a local review will not be held after all"
    REVIEWER_NAMED = "reviewer_named", "the reviewer of a local review (C7)"
    REPORT_BEFORE_PUBLICATION = "report_before_publication", "the report before its publication (C11)"
    DELAY = "delay", "a delay and its reasons (C13)"
    OTHER = "other", "other information"


class How(models.TextChoices):
    """How a recipient was told."""

    EMAIL = "email", "by email"
    TELEPHONE = "telephone", "by telephone"
    IN_PERSON = "in_person", "in person"
    LETTER = "letter", "by letter"
    NATIONAL_SYSTEM = "national_system", "through the national notification system"


class Telling(Controlled):
    """One recipient of one duty to tell (rules C2, C7, C11, C13): asked when, told when, by whom, how, with
    what proof.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "To be told by email"
        SENT = "sent", "Told by email"
        TOLD_BY_HAND = "told_by_hand", "Told"
        FAILED = "failed", "Not told: needs a person"
        STOPPED = "stopped", "No longer to be told"

    class Recipient(models.TextChoices):
        PARTNER = "partner", "Safeguarding partner"
        BODY = "body", "Body"
        PARTNERSHIP = "partnership", "Other partnership"
        NAMED = "named", "Person or organisation by name"

    TOLD = frozenset({Status.SENT, Status.TOLD_BY_HAND})
    OPEN = frozenset({Status.QUEUED, Status.FAILED})

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tellings")
    what = models.CharField(max_length=40, choices=TellingKind)
    clock = models.CharField(max_length=4, blank=True)
    recipient = models.CharField(max_length=12, choices=Recipient)
    partner = models.CharField(max_length=6, choices=Partner, blank=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    recipient_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    status = models.CharField(max_length=12, choices=Status)
    message = models.OneToOneField(Message, on_delete=models.PROTECT, null=True, related_name="telling")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=16, choices=How, blank=True)
    note = models.TextField(blank=True)
    proof = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["asked_at", "recipient_name"]
        constraints = [
            paired("asked", model="dispatch_telling"),
            paired("told", model="dispatch_telling"),
            models.CheckConstraint(
                name="dispatch_telling_told_says_when_and_how",
                condition=Q(status__in=["sent", "told_by_hand"], told_at__isnull=False) & ~Q(how="")
                | Q(status__in=["queued", "failed", "stopped"], told_at__isnull=True, how=""),
            ),
            models.CheckConstraint(
                name="dispatch_telling_one_recipient",
                condition=Q(recipient="partner", partnership__isnull=False, body__isnull=True)
                & ~Q(partner="")
                | Q(recipient="partnership", partnership__isnull=False, body__isnull=True, partner="")
                | Q(recipient="body", partnership__isnull=True, body__isnull=False, partner="")
                | Q(recipient="named", partnership__isnull=True, body__isnull=True, partner=""),
            ),
            models.UniqueConstraint(
                name="dispatch_telling_open_once",
                fields=[
                    "case",
                    "what",
                    "clock",
                    "recipient",
                    "partner",
                    "partnership",
                    "body",
                    "recipient_name",
                ],
                condition=Q(status__in=["queued", "failed"]),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["case", "clock"], name="dispatch_telling_clock"),
            models.Index(fields=["asked_at"], condition=Q(status="failed"), name="dispatch_telling_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_name}: {self.get_what_display()}"


class Heartbeat(models.Model):
    """When a job last ran to its end: what the health page reads to notice a worker that is alive but deaf
    (R25).
    """

    name = models.CharField(max_length=40, primary_key=True)
    last_heard = models.DateTimeField()
