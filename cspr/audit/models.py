"""The record: append-only events chained by hash per stream, and who looked at what.

No foreign keys: the record outlives what it speaks of and never blocks or cascades. The application's database role may
INSERT and SELECT here and nothing else (``cspr/audit/grants.py``).
"""

from django.db import models

GENESIS = "0" * 64


class Stream(models.Model):
    """The head of one chain: a case, a draft referral, a partnership, the installation. Its row lock numbers events."""

    key = models.CharField(max_length=80, primary_key=True)
    last_number = models.PositiveBigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default=GENESIS)


class Event(models.Model):
    """One change of state: who, in which capacity, what, when."""

    stream = models.CharField(max_length=80)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=80)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    actor_capacity = models.CharField(max_length=300)
    case_id = models.UUIDField(null=True)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=80)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["stream", "number"]
        constraints = [models.UniqueConstraint(fields=["stream", "number"], name="audit_event_one_number")]
        indexes = [models.Index(fields=["case_id", "-at"], name="audit_event_case")]


class Access(models.Model):
    """Somebody was shown case material: written in the same transaction as the page, or there is no page."""

    at = models.DateTimeField()
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    actor_capacity = models.CharField(max_length=300)
    user_id = models.UUIDField()
    stream = models.CharField(max_length=80)
    case_id = models.UUIDField(null=True)
    what = models.CharField(max_length=200)
    path = models.CharField(max_length=500)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "accesses"
        indexes = [
            models.Index(fields=["case_id", "-at"], name="audit_access_case"),
            models.Index(fields=["user_id", "-at"], name="audit_access_person"),
        ]
