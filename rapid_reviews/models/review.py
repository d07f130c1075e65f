"""The rapid review of one case: where it stands, what its sections say, how each criterion is answered.

Rules 5.1, 5.4, 5.5, 6.1, 6.2 and 6.5.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cspr.cases.reach import On, sent_sql
from cspr.models import Controlled, ControlledQuerySet, Revised, paired
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from rapid_reviews.options.review import Met, Outcome, ReviewStatus

MEMBER = "people.Membership"
LONGEST = 20_000
STATUS = ReviewStatus


def moment() -> models.DateTimeField:
    return models.DateTimeField(null=True, blank=True)


def person() -> models.ForeignKey:
    return models.ForeignKey(MEMBER, models.PROTECT, related_name="+", null=True, blank=True)


def prose() -> models.TextField:
    """Text of a report; empty means not written yet."""
    return models.TextField(max_length=LONGEST, blank=True, default="")


WAITS = Q(settled_at__isnull=True) & ~Q(status=STATUS.CLOSED_NOT_MEETING)
"""Something of the review itself waits: it is not closed, and the Panel has not let its decision stand."""


class RapidReviewQuerySet(ControlledQuerySet):
    def sent_to(self, acting: Membership | None) -> "RapidReviewQuerySet":
        """The reviews recorded as sent to the Panel, for who acts for the Panel, minus walls, which win (roles.md)."""
        if acting is None or not can(acting, Permission.SEE_SENT):
            return self.none()
        return self.filter(On("case", sent_sql, acting), sent_at__isnull=False)


class RapidReview(Controlled, Revised):
    """One rapid review a case, opened by its notification (rule 6.2). Moved only by ``workflow.review``.

    ``partnership`` is the case's own; a foreign key over both columns keeps it so. ``settled_at``: the moment of the
    Panel's answer that lets the decision stand (7.1). ``family_to_tell``: once the partners have signed, somebody of
    the family has not been told the decision as it stands, and it is not said why; or nobody of them is known (5.3).
    """

    Status = ReviewStatus

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="rapid_review")
    partnership = models.ForeignKey("people.Partnership", models.PROTECT, related_name="+", db_index=False)
    notification = models.OneToOneField(
        "notifications.Notification", models.PROTECT, related_name="rapid_review"
    )
    status = models.CharField(max_length=20, choices=STATUS.choices, default=STATUS.GATHERING)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    put_at, put_by = moment(), person()
    signed_at, signed_by = moment(), person()
    sent_at, sent_by = moment(), person()
    answered_at, answered_by = moment(), person()
    closed_at, closed_by = moment(), person()
    settled_at = moment()
    family_to_tell = models.BooleanField(default=True)

    history = HistoricalRecords()
    objects: ClassVar = RapidReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        indexes = [
            models.Index(
                fields=["partnership"], include=["id", "case", "status", "opened_at"], condition=WAITS,
                name="review_waits",
            ),
            models.Index(
                fields=["partnership"], include=["id", "case", "status", "opened_at"],
                condition=Q(family_to_tell=True),
                name="review_family_to_tell",
            ),
        ]  # fmt: skip
        constraints = [
            *(paired(name) for name in ("opened", "put", "signed", "sent", "answered", "closed")),
            models.CheckConstraint(
                name="rapidreview_with_partners_says_who_put_it",
                condition=~Q(status__in=[STATUS.WITH_PARTNERS, STATUS.SIGNED, STATUS.SENT])
                | Q(put_at__isnull=False),
            ),
            models.CheckConstraint(
                name="rapidreview_signed_before_sent",
                condition=~Q(status__in=[STATUS.SIGNED, STATUS.SENT]) | Q(signed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Rapid review of {self.case.reference}"

    @property
    def is_open(self) -> bool:
        """Whether it is neither sent nor closed."""
        return self.status in {STATUS.GATHERING, STATUS.WITH_PARTNERS, STATUS.SIGNED}


class Section(Controlled, Revised):
    """What was written in one section; the sections themselves are ``rapid_reviews.workflow.sections``."""

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="sections")
    key = models.CharField(max_length=40)
    text = prose()
    saved_at, saved_by = moment(), person()

    history = HistoricalRecords()

    class Meta:
        constraints = [
            paired("saved"),
            models.UniqueConstraint(fields=["review", "key"], name="section_once_a_review"),
        ]


class CriterionAnswer(Controlled, Revised):
    """The answer to one criterion (5.4) or one circumstance (5.5), with its reason; wording: ``cspr.statute``."""

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="criteria")
    key = models.CharField(max_length=40)
    answer = models.CharField(max_length=10, choices=Met.choices, blank=True, default="")
    reason = prose()
    answered_at, answered_by = moment(), person()

    history = HistoricalRecords()

    class Meta:
        constraints = [
            paired("answered"),
            models.UniqueConstraint(fields=["review", "key"], name="criterionanswer_once_a_review"),
            models.CheckConstraint(
                name="criterionanswer_says_why",
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & ~Q(reason="") & Q(answered_at__isnull=False)),
            ),
        ]


class Proposal(Controlled, Revised):
    """The decision as the unit proposes it to the partners. A redecision (7.1) is a new version beside the first."""

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="proposals")
    version = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")
    rationale = prose()
    learning_drawn = prose()
    actions_tracked = prose()
    learning_activity = prose()
    national_reason = prose()
    scope = prose()
    lines_of_enquiry = prose()
    method = prose()
    reviewer_name = models.CharField(max_length=200, blank=True, default="")
    target_on = models.DateField(null=True, blank=True)
    written_at, written_by = moment(), person()
    why_again = models.TextField(blank=True, default="", help_text="what led to this version")
    created_at = models.DateTimeField()

    history = HistoricalRecords()

    class Meta:
        ordering = ["version"]
        constraints = [
            paired("written"),
            models.UniqueConstraint(fields=["review", "version"], name="proposal_one_a_version"),
            models.CheckConstraint(
                name="proposal_says_why",
                condition=Q(outcome="", written_at=None)
                | (~Q(outcome="") & ~Q(rationale="") & Q(written_at__isnull=False)),
            ),
        ]
