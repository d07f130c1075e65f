"""What a referral answers, one abstract model a subject. A draft may be incomplete; what is there is consistent."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cspr.govuk.dates import RoughDate
from notifications import options

NARRATIVE = 10_000
LINE = 200


def line(**more: Any) -> models.CharField:
    """One line of text; empty means not answered."""
    return models.CharField(max_length=LINE, blank=True, default="", **more)


def narrative() -> models.TextField:
    """Up to 10,000 characters; empty means not answered."""
    return models.TextField(max_length=NARRATIVE, blank=True, default="")


def one_of(choices: type[models.TextChoices]) -> models.CharField:
    """One code of a list; empty means not answered."""
    return models.CharField(max_length=30, choices=choices.choices, blank=True, default="")


def several_of(choices: type[models.TextChoices]) -> ArrayField:
    """Any codes of a list; none means not answered."""
    return ArrayField(models.CharField(max_length=30, choices=choices.choices), blank=True, default=list)


def bounded(prefix: str, *, name: str, may_be_empty: bool) -> models.CheckConstraint:
    """A rough date's precision agrees with its first and last day; an exact one has one day."""
    first, last, precision = f"{prefix}_on", f"{prefix}_until_on", f"{prefix}_precision"
    known = {f"{first}__isnull": False, f"{last}__isnull": False}
    empty = [options.Precision.NOT_KNOWN, *([""] if may_be_empty else [])]
    roughly = [options.Precision.ABOUT, options.Precision.BETWEEN]
    return models.CheckConstraint(
        name=name,
        condition=Q(**known, **{precision: options.Precision.EXACT, last: F(first)})
        | Q(**known, **{f"{precision}__in": roughly, f"{last}__gte": F(first)})
        | Q(**{f"{precision}__in": empty, first: None, last: None}),
    )


class WhoRefers(models.Model):
    """The referrer, and the safeguarding lead consulted. Rule 4.1."""

    referrer_name = line()
    referrer_role = line()
    referrer_phone = line()
    referrer_email = models.EmailField(blank=True, default="")
    lead_name = line()
    lead_role = line()
    lead_phone = line()
    lead_email = models.EmailField(blank=True, default="")
    lead_consulted_on = models.DateField(null=True, blank=True)
    purpose = several_of(options.Purpose)
    agency_aware_on = models.DateField(null=True, blank=True)
    agency_aware_time = models.TimeField(null=True, blank=True)
    agency_aware_person = line()
    delayed = one_of(options.YesNoUnknown)
    delay_reason = narrative()

    class Meta:
        abstract = True


class WhatHappened(models.Model):
    """When, where and what. Rule 4.2 asks the place, and the residence where the place is outside England."""

    occurred_precision = one_of(options.Precision)
    occurred_on = models.DateField(null=True, blank=True)
    occurred_until_on = models.DateField(null=True, blank=True)
    occurred_time = models.TimeField(null=True, blank=True)
    place_kind = one_of(options.PlaceKind)
    place_authority = line()
    place_country = line()
    place_description = narrative()
    normally_resident = one_of(options.YesNoUnknown)
    narrative = narrative()

    class Meta:
        abstract = True

    @property
    def occurred(self) -> RoughDate | None:
        """When it happened, as well as it is known; None while not answered."""
        if not self.occurred_precision:
            return None
        return RoughDate(self.occurred_precision, self.occurred_on, self.occurred_until_on)


class Harm(models.Model):
    """The two halves of a serious case (rule 3.1), and the judgement of seriousness (rule 3.2)."""

    nature = one_of(options.Nature)
    died_on = models.DateField(null=True, blank=True)
    serious_harm_reason = narrative()
    other_nature = narrative()
    harm_kinds = several_of(options.HarmKind)
    harm_kinds_other = line()
    abuse_known = one_of(options.AbuseKnown)
    abuse_reason = narrative()
    action_taken = narrative()
    action_needed = narrative()

    class Meta:
        abstract = True


class RestOfTheAnswers(models.Model):
    """Media interest, and whether each list has been answered in full (an empty list can be a full answer)."""

    media_interest = one_of(options.MediaInterest)
    media_detail = narrative()
    media_unit_phoned = one_of(options.YesNoUnknown)
    children_listed = models.BooleanField(default=False)
    family_listed = models.BooleanField(default=False)
    agencies_listed = models.BooleanField(default=False)
    key_dates_listed = models.BooleanField(default=False)
    proceedings_listed = models.BooleanField(default=False)
    attachments_listed = models.BooleanField(default=False)

    class Meta:
        abstract = True
