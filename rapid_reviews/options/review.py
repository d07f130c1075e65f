"""A rapid review's states, what it can lead to, how a criterion is answered."""

from django.db.models import TextChoices


class ReviewStatus(TextChoices):
    GATHERING = "gathering", "Being prepared"
    WITH_PARTNERS = "with_partners", "With the partners to sign"
    SIGNED = "signed", "Signed by the partners"
    SENT = "sent", "Sent to the Panel"
    ANSWERED = "answered", "Answered by the Panel"
    CLOSED_NOT_MEETING = "closed_not_meeting", "Closed: found not to meet the criteria"


class Outcome(TextChoices):
    """Rule 6.5: what the partners can decide on a rapid review."""

    LOCAL_REVIEW = "local_review", "Hold a local child safeguarding practice review"
    NONE = "none", "Hold no review"
    OTHER_LEARNING = "other_learning", "Learn in another way"
    NATIONAL_MAY_BE_APPROPRIATE = "national", "A national review may be appropriate"


class Met(TextChoices):
    """Rules 5.4 and 5.5: each criterion and each circumstance is answered."""

    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    UNCLEAR = "unclear", "Unclear"


class EscalationOutcome(TextChoices):
    """What the lead safeguarding partners decided on a version, or that it was taken back before they did."""

    UPHELD = "upheld", "Upheld"
    SENT_BACK = "sent_back", "Sent back to the business unit"
    ENDED = "ended", "Taken back before it was decided"
