"""A notification's own states."""

from django.db.models import TextChoices


class NotificationStatus(TextChoices):
    PREPARING = "preparing", "Being prepared"
    SENT = "sent", "Sent"
