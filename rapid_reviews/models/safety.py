"""What was done at once to keep children safe, and learning shared at once. Rule 6.1."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cspr.cases.models import Case
from cspr.models import Controlled, Revised, paired
from rapid_reviews.models.review import MEMBER, RapidReview, moment, person
from rapid_reviews.options.safety import ActionStatus, SharedHow


class SafetyAction(Controlled, Revised):
    """One immediate action: what, for whom, who does it, by when; done or not. Moved only by ``workflow.safety``."""

    Status = ActionStatus

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="safety_actions")
    what = models.TextField(max_length=4_000)
    for_whom = models.CharField(max_length=200)
    owner_name = models.CharField(max_length=200, blank=True)
    owner_agency = models.CharField(max_length=200)
    due_on = models.DateField()
    status = models.CharField(max_length=10, choices=ActionStatus, default=ActionStatus.TO_DO)
    done_on = models.DateField(null=True, blank=True)
    note = models.TextField(max_length=4_000, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    done_at, done_by = moment(), person()
    dropped_at, dropped_by = moment(), person()

    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "added_at"]
        constraints = [
            *(paired(name) for name in ("added", "done", "dropped")),
            models.CheckConstraint(
                name="safetyaction_done_says_when",
                condition=(~Q(status=ActionStatus.DONE) & Q(done_on__isnull=True))
                | Q(status=ActionStatus.DONE, done_on__isnull=False, done_at__isnull=False),
            ),
            models.CheckConstraint(name="safetyaction_names_its_owner", condition=~Q(owner_agency="")),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                include=["id", "review", "added_at"],
                condition=Q(status=ActionStatus.TO_DO),
                name="safetyaction_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def case(self) -> Case:
        return self.review.case

    @property
    def owner(self) -> str:
        """The owner as words: "A. Nurse, Invented Trust"."""
        return f"{self.owner_name}, {self.owner_agency}" if self.owner_name else self.owner_agency


class LearningShared(Controlled):
    """Append-only: learning passed on at once, with whom, when, how. A correction is another entry."""

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="learning_shared")
    what = models.TextField(max_length=10_000)
    with_whom = models.CharField(max_length=300)
    how = models.CharField(max_length=10, choices=SharedHow)
    shared_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["shared_on", "recorded_at"]
        constraints = [paired("recorded")]
