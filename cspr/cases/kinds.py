"""Kinds of proceedings that run beside a case, and what they hold up. Rule 7.3."""

from django.db.models import TextChoices


class ProceedingKind(TextChoices):
    """Rule 7.3: proceedings that run beside a review."""

    CRIMINAL = "criminal", "Criminal investigation or trial"
    CORONER = "coroner", "Coroner's investigation or inquest"
    FAMILY_COURT = "family_court", "Family court"
    DISCIPLINARY = "disciplinary", "Disciplinary or professional regulation"
    CHILD_DEATH_REVIEW = "child_death_review", "Child death review, including a joint agency response"
    DARDR = "dardr", "Domestic abuse related death review"
    MAPPA = "mappa", "MAPPA serious case review"
    ADULTS_REVIEW = "adults_review", "Safeguarding adults review"
    LADO = "lado", "Allegation against a person who works with children"
    IOPC = "iopc", "Independent Office for Police Conduct"
    PATIENT_SAFETY = "patient_safety", "Patient safety incident investigation"
    HEALTH_AND_SAFETY = "health_and_safety", "Health and Safety Executive"
    OTHER = "other", "Other"


class HoldOn(TextChoices):
    """What a proceeding holds up."""

    INTERVIEWS = "interviews", "Speaking with people involved"
    PUBLICATION = "publication", "Publishing"


class ProceedingStatus(TextChoices):
    RUNNING = "running", "Running"
    ENDED = "ended", "Ended"
