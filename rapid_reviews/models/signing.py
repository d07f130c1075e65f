"""What was put to the partners, version by version, and where they disagreed: the escalation. Rule 6.5."""

from django.db import models
from django.db.models import Q

from cspr.decisions.models import Answer, Decision
from cspr.models import Controlled, paired
from cspr.people.models import Partner
from rapid_reviews.models.review import MEMBER, Proposal, RapidReview, moment, person, prose
from rapid_reviews.options.review import EscalationOutcome


class Papers(Controlled):
    """The papers of one version of the question: their hash, what changed since the version before."""

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="papers")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="rapid_review_papers")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="papers")
    sha256 = models.CharField(max_length=64)
    changed = models.JSONField(default=list, blank=True, help_text="labels of what changed, in order")

    class Meta:
        ordering = ["decision__version"]
        constraints = [
            models.CheckConstraint(name="papers_have_their_hash", condition=~Q(sha256="")),
        ]


class Escalation(Controlled):
    """A version that not all three partners agreed to, before the lead safeguarding partners."""

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="escalations")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="escalation")
    why = prose()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=EscalationOutcome.choices, blank=True, default="")
    reason = prose()
    decided_at, decided_by = moment(), person()

    class Meta:
        ordering = ["raised_at"]
        constraints = [
            paired("raised"),
            paired("decided"),
            models.CheckConstraint(
                name="escalation_decided_says_what",
                condition=Q(outcome="", decided_at=None) | (~Q(outcome="") & Q(decided_at__isnull=False)),
            ),
        ]

    @property
    def is_open(self) -> bool:
        return not self.outcome


class LeadAnswer(Controlled):
    """One lead partner's answer, for their own partner only; the latest of each partner counts while it is open."""

    escalation = models.ForeignKey(Escalation, models.PROTECT, related_name="answers")
    partner = models.CharField(max_length=6, choices=Partner)
    answer = models.CharField(
        max_length=20, choices=[(one.value, one.label) for one in (Answer.YES, Answer.NO)]
    )
    reason = prose()
    without_reason = prose()
    delegation = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["given_at"]
        constraints = [
            paired("given"),
            models.CheckConstraint(name="leadanswer_says_why", condition=~Q(reason="")),
        ]
