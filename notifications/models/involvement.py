"""Agencies that knew the child or family, dates that matter, and proceedings that run beside."""

from django.db import models
from django.db.models import F
from simple_history.models import HistoricalRecords

from cspr.govuk.dates import RoughDate
from cspr.models import Controlled, Revised
from notifications import options
from notifications.models.referral_answers import bounded, line, narrative, one_of, several_of


class InvolvedAgency(Controlled, Revised):
    """One agency, as the referrer knows it: who worked there, and whether it is still involved."""

    referral = models.ForeignKey("notifications.Referral", on_delete=models.CASCADE, related_name="agencies")
    position = models.PositiveSmallIntegerField()
    name = line()
    kind = one_of(options.ServiceKind)
    worker = line()
    contact = line()
    involved_with = narrative()
    still_involved = one_of(options.YesNoUnknown)

    history = HistoricalRecords()

    class Meta:
        ordering = ["referral", "position"]
        constraints = [models.UniqueConstraint(fields=["referral", "position"], name="agency_position_once")]

    def __str__(self) -> str:
        return self.name


class KeyDate(Controlled, Revised):
    """One row of the referrer's chronology."""

    referral = models.ForeignKey("notifications.Referral", on_delete=models.CASCADE, related_name="key_dates")
    position = models.PositiveSmallIntegerField()
    happened_precision = models.CharField(max_length=10, choices=options.Precision.choices)
    happened_on = models.DateField(null=True, blank=True)
    happened_until_on = models.DateField(null=True, blank=True)
    event = narrative()
    source = line()

    history = HistoricalRecords()

    class Meta:
        ordering = [F("happened_on").asc(nulls_last=True), "position"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "position"], name="key_date_position_once"),
            bounded("happened", name="key_date_agrees_with_precision", may_be_empty=False),
        ]

    @property
    def happened(self) -> RoughDate:
        return RoughDate(self.happened_precision, self.happened_on, self.happened_until_on)

    def __str__(self) -> str:
        return f"Key date {self.position}"


class KnownProceeding(Controlled, Revised):
    """A parallel proceeding as the referrer knows it. Rule 7.3."""

    referral = models.ForeignKey(
        "notifications.Referral", on_delete=models.CASCADE, related_name="proceedings"
    )
    position = models.PositiveSmallIntegerField()
    kind = one_of(options.ProceedingKind)
    lead = line()
    lead_contact = line()
    proceeding_reference = line()
    next_on = models.DateField(null=True, blank=True)
    next_event = line()
    holds = several_of(options.HoldOn)
    hold_reason = narrative()

    history = HistoricalRecords()

    class Meta:
        ordering = ["referral", "position"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "position"], name="proceeding_position_once")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
