"""A referral's own states, and the answers that many pages share."""

from django.db.models import TextChoices


class ReferralStatus(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Sent, waiting for the decision"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


class YesNoUnknown(TextChoices):
    YES = "YES", "Yes"
    NO = "NO", "No"
    NOT_KNOWN = "NOT_KNOWN", "Not known"


class Precision(TextChoices):
    """How well a date is known: the codes of ``cspr.govuk.dates.RoughDate``."""

    EXACT = "EXACT", "Exact date"
    ABOUT = "ABOUT", "About this date"
    BETWEEN = "BETWEEN", "Between two dates"
    NOT_KNOWN = "NOT_KNOWN", "Not known"


class PlaceKind(TextChoices):
    """Where the child died or was harmed. Rule 4.2: in the area, or outside England while normally resident in it."""

    IN_AREA = "in_area", "In this partnership's area"
    ENGLAND = "england", "Elsewhere in England"
    ABROAD = "abroad", "Outside England"
    NOT_KNOWN = "not_known", "Not known"
