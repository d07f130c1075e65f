"""The statutory notification: what was prepared, and the copy frozen when it was sent. Rules 4.4 to 4.6."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cspr.models import Controlled, Revised, paired
from notifications.models.referral_answers import line, narrative
from notifications.options.incident import ROUTE_CHOICES
from notifications.options.notification import NotificationStatus

STATUS = NotificationStatus


class Notification(Controlled, Revised):
    """One notification of one incident (rule 4.5), prepared in the order of one edition of the national form.

    ``answers`` holds only what an officer typed instead of the case's own answer: slot -> value, who, when.
    ``children`` are the ids of the children told of, in order; empty means all of them in the case's order.
    ``frozen`` and ``frozen_hash`` are the copy as it stood when it was recorded as sent.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="notification")
    incident = models.OneToOneField("notifications.Incident", models.PROTECT, related_name="notification")
    route = models.CharField(max_length=1, choices=ROUTE_CHOICES)
    edition = models.CharField(max_length=20)
    status = models.CharField(max_length=12, choices=STATUS.choices, default=STATUS.PREPARING)
    answers = models.JSONField(default=dict, blank=True)
    children = models.JSONField(default=list, blank=True)
    page_revisions = models.JSONField(default=dict, blank=True)
    lead_child = models.ForeignKey(
        "notifications.ReferredChild", models.PROTECT, related_name="+", null=True, blank=True
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")

    system_reference = line()
    sender_name = line(help_text="who pressed the button of the national system")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        "people.Membership",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="who recorded it",
    )
    evidence = models.ForeignKey(
        "documents.Document", models.PROTECT, related_name="+", null=True, blank=True
    )
    late_reason = narrative()
    early_reason = narrative()
    frozen = models.JSONField(null=True, blank=True)
    frozen_hash = models.CharField(max_length=64, blank=True, default="")

    history = HistoricalRecords()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            paired("opened"),
            paired("sent"),
            models.CheckConstraint(
                name="notification_sent_is_whole",
                condition=(
                    Q(status=STATUS.SENT, sent_at__isnull=False, frozen__isnull=False, evidence__isnull=False)
                    & ~Q(system_reference="")
                    & ~Q(sender_name="")
                    & ~Q(frozen_hash="")
                )
                | Q(status=STATUS.PREPARING, sent_at=None, frozen=None, frozen_hash=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Notification of {self.case.reference}"

    @property
    def is_sent(self) -> bool:
        return self.status == STATUS.SENT
