"""Kinds of pieces that are shared with another area. Rule 4.8."""

from django.db.models import TextChoices


class PieceKind(TextChoices):
    FACTS = "facts", "Facts of the incident"
    NOTIFICATION = "notification", "Notification as it was sent"
    DOCUMENT = "document", "Document"
    NOTE = "note", "Note"
