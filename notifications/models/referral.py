"""An agency's referral of a case for the notifiable-incident decision. Rule 4.1."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cspr.models import Controlled, Revised, paired
from notifications import options
from notifications.models.referral_answers import (
    Harm,
    RestOfTheAnswers,
    WhatHappened,
    WhoRefers,
    bounded,
)
from notifications.models.referral_reach import ReferralQuerySet

STATUS = options.ReferralStatus


class Referral(WhoRefers, WhatHappened, Harm, RestOfTheAnswers, Controlled, Revised):
    reference = models.CharField(max_length=30, unique=True, null=True, blank=True)
    partnership = models.ForeignKey("people.Partnership", on_delete=models.PROTECT, related_name="referrals")
    agency = models.ForeignKey("people.Agency", on_delete=models.PROTECT, related_name="referrals")
    case = models.ForeignKey(
        "cases.Case", on_delete=models.PROTECT, related_name="referrals", null=True, blank=True
    )
    status = models.CharField(max_length=12, choices=STATUS.choices, default=STATUS.DRAFT)
    started_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    page_revisions = models.JSONField(default=dict, blank=True)

    started_at = models.DateTimeField()
    started_by = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        "people.Membership", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "people.Membership", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_reason = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "people.Membership", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    outcome = models.CharField(max_length=200, blank=True, default="")
    outcome_reason = models.TextField(blank=True, default="")

    history = HistoricalRecords()

    objects: ClassVar = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "id"]
        constraints = [
            paired("started"),
            paired("submitted"),
            paired("withdrawn"),
            paired("decided"),
            models.CheckConstraint(
                name="referral_sent_has_reference_and_moment",
                condition=Q(status=STATUS.DRAFT, submitted_at=None, reference=None)
                | (~Q(status=STATUS.DRAFT) & Q(submitted_at__isnull=False, reference__isnull=False)),
            ),
            models.CheckConstraint(
                name="referral_withdrawn_has_moment_and_reason",
                condition=(Q(status=STATUS.WITHDRAWN, withdrawn_at__isnull=False) & ~Q(withdrawn_reason=""))
                | (~Q(status=STATUS.WITHDRAWN) & Q(withdrawn_at=None)),
            ),
            models.CheckConstraint(
                name="referral_decided_has_outcome_and_reason",
                condition=(
                    Q(status=STATUS.DECIDED, decided_at__isnull=False)
                    & ~Q(outcome="")
                    & ~Q(outcome_reason="")
                )
                | (~Q(status=STATUS.DECIDED) & Q(decided_at=None)),
            ),
            bounded("occurred", name="referral_occurred_agrees_with_precision", may_be_empty=True),
            models.CheckConstraint(
                name="referral_date_of_death_needs_a_death",
                condition=Q(died_on=None) | Q(nature=options.Nature.DEATH),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "status"], name="referral_of_agency"),
            models.Index(fields=["partnership", "status", "submitted_at"], name="referral_of_partnership"),
        ]

    def __str__(self) -> str:
        return self.reference or "Draft referral"

    @property
    def is_draft(self) -> bool:
        return self.status == STATUS.DRAFT

    @property
    def is_waiting(self) -> bool:
        """Sent, and neither decided nor withdrawn: the time in which it can be added to or withdrawn."""
        return self.status == STATUS.SUBMITTED
