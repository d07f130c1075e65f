"""States of an immediate safety action; how learning was shared. Rule 6.1."""

from django.db.models import TextChoices


class ActionStatus(TextChoices):
    TO_DO = "to_do", "To be done"
    DONE = "done", "Done"
    DROPPED = "dropped", "No longer needed"


class SharedHow(TextChoices):
    EMAIL = "email", "Email or letter"
    BRIEFING = "briefing", "Briefing or meeting"
    TRAINING = "training", "Training or supervision"
    BULLETIN = "bulletin", "Bulletin or alert"
    TELEPHONE = "telephone", "Telephone"
    OTHER = "other", "Another way"
