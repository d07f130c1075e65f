"""A question put to the safeguarding partners, one answer per partner, dissent kept, versions side by side."""

from django.db import models
from django.db.models import Q

from cspr.cases.models import Case
from cspr.models import Controlled, paired
from cspr.people.models import Membership, Partner


class Question(models.TextChoices):
    """What the partners are asked."""

    NOTIFIABLE = "notifiable", "Is this a notifiable incident?"
    RAPID_REVIEW = "rapid_review", "Do you agree with the rapid review and its decision?"


class DecisionStatus(models.TextChoices):
    OPEN = "open", "Waiting for views"
    SETTLED = "settled", "Decided"
    TAKEN_BACK = "taken_back", "Taken back"


class Answer(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    CANNOT_TAKE_PART = "cannot_take_part", "Cannot take part"


class Decision(Controlled):
    """One version of one question on one case, with the frozen papers it rests on."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    question = models.CharField(max_length=20, choices=Question)
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=DecisionStatus, default=DecisionStatus.OPEN)
    papers = models.JSONField(
        default=list, help_text="what the partners were shown, frozen: [[label, text], ...]"
    )
    proposal = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=Answer, blank=True)
    rationale = models.TextField(blank=True)
    without_view_reason = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["case", "question", "version"]
        constraints = [
            paired("asked", model="decisions_decision"),
            paired("settled", model="decisions_decision"),
            paired("taken_back", model="decisions_decision"),
            models.UniqueConstraint(
                fields=["case", "question", "version"], name="decisions_decision_one_version"
            ),
            models.UniqueConstraint(
                fields=["case", "question"], condition=Q(status="open"), name="decisions_decision_one_open"
            ),
            models.CheckConstraint(
                name="decisions_decision_asker_does_not_settle",
                condition=Q(settled_by__isnull=True) | ~Q(settled_by=models.F("asked_by")),
            ),
        ]


class SignOff(Controlled):
    """One partner's answer to one version, given in their own session, never by another for them (rules 4.3, 6.5)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="sign_offs")
    partner = models.CharField(max_length=6, choices=Partner)
    answer = models.CharField(max_length=20, choices=Answer)
    reason = models.TextField()
    delegation = models.CharField(max_length=300, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["given_at"]
        constraints = [
            paired("given", model="decisions_signoff"),
            models.UniqueConstraint(fields=["decision", "partner"], name="decisions_signoff_one_per_partner"),
        ]


class Comment(Controlled):
    """Append-only: what somebody who has no vote says of a decision, as the independent scrutineer (roles.md)."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField(max_length=10_000)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["given_at"]
        constraints = [paired("given", model="decisions_comment")]
