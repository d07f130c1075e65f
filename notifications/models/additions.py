"""Files given with a referral, and what the agency adds after sending it."""

from django.db import models
from django.db.models import Q

from cspr.models import Controlled, paired
from notifications.models.referral_answers import NARRATIVE, line


class Attachment(Controlled):
    """A file given while the referral is a draft."""

    referral = models.ForeignKey(
        "notifications.Referral", on_delete=models.CASCADE, related_name="attachments"
    )
    document = models.OneToOneField("documents.Document", on_delete=models.PROTECT, related_name="+")
    description = line()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [paired("added")]

    def __str__(self) -> str:
        return self.description


class Addition(Controlled):
    """Text or a file added between sending and the decision. Nothing sent is ever overwritten. Rule 4.1."""

    referral = models.ForeignKey("notifications.Referral", on_delete=models.PROTECT, related_name="additions")
    text = models.TextField(max_length=NARRATIVE, blank=True, default="")
    document = models.OneToOneField(
        "documents.Document", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    token = models.UUIDField(unique=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            paired("added"),
            models.CheckConstraint(
                name="addition_says_something", condition=~Q(text="") | Q(document__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"Addition of {self.added_at:%d %B %Y}"
