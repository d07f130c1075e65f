"""How the Panel is written to, and what it can answer."""

from django.db.models import TextChoices


class SentHow(TextChoices):
    """How the rapid review left for the Panel."""

    EMAIL = "email", "By secure email"
    NATIONAL_SYSTEM = "national_system", "Through the national notification system"
    LETTER = "letter", "By letter"


class PanelAnswerKind(TextChoices):
    """Rule 7.1: what the Panel can answer."""

    AGREES = "agrees", "It agrees with the decision"
    DISAGREES = "disagrees", "It disagrees with the decision"
    ASKS_TO_RECONSIDER = "reconsider", "It asks the partners to reconsider"
    ASKS_FOR_MORE = "more", "It asks for more information"
    NATIONAL_REVIEW = "national_review", "It will hold a national review"


DECIDE_AGAIN = frozenset({PanelAnswerKind.DISAGREES, PanelAnswerKind.ASKS_TO_RECONSIDER})
"""After these the partners can be asked to decide again."""


class Standing(TextChoices):
    """Where a review that was sent stands for the Panel."""

    WAITING = "waiting", "Waiting for the Panel’s answer"
    QUESTION = "question", "The Panel’s question is open"
    AGAIN = "again", "Being decided again"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed: does not meet the criteria"
