"""What the Panel was sent, frozen, what it answered, and a closing it agreed to. Rules C5, C8, C9, 4.7 and 7.1."""

from django.db import models
from django.db.models import Q

from cspr.decisions.models import Decision
from cspr.models import Controlled, paired
from rapid_reviews.models.review import MEMBER, RapidReview, moment, person, prose
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind, SentHow


def file_of_it(*, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey("documents.Document", models.PROTECT, related_name="+", null=null, blank=null)


class SentReview(Controlled):
    """Append-only: the copy of one signed version as it was sent, with its Word document, its PDF and the evidence."""

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="sendings")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="sent_review")
    frozen = models.JSONField()
    sha256 = models.CharField(max_length=64, help_text="of the frozen copy")
    papers_sha256 = models.CharField(max_length=64, help_text="of the papers the partners signed")
    word = file_of_it()
    pdf = file_of_it()
    evidence = file_of_it()
    how = models.CharField(max_length=20, choices=SentHow.choices)
    sender_name = models.CharField(max_length=200)
    late_reason = prose()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["sent_at"]
        constraints = [
            paired("sent"),
            paired("recorded"),
            models.CheckConstraint(
                name="sentreview_has_its_hashes", condition=~Q(sha256="") & ~Q(papers_sha256="")
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.decision.version} as it was sent"


class PanelAnswer(Controlled):
    """What the Panel answered to a sending, with its letter. A question carries the day its letter sets.

    Of two entries of one moment the one recorded last stands.
    """

    sent = models.ForeignKey(SentReview, models.PROTECT, related_name="panel_answers")
    number = models.PositiveSmallIntegerField(
        help_text="in the order in which they were recorded of a sending"
    )
    kind = models.CharField(max_length=20, choices=PanelAnswerKind.choices)
    text = prose()
    rationale = prose()
    next_steps = prose()
    answer_by = models.DateField(null=True, blank=True, help_text="the day the letter sets (C9)")
    said_by = models.CharField(max_length=200)
    letter = file_of_it()
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    reply = prose()
    reply_document = file_of_it(null=True)
    replied_at, replied_by = moment(), person()

    class Meta:
        ordering = ["received_at", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sent", "number"], name="panelanswer_number_once"),
            paired("received"),
            paired("replied"),
            models.CheckConstraint(
                name="panelanswer_question_says_until_when",
                condition=Q(kind=PanelAnswerKind.ASKS_FOR_MORE, answer_by__isnull=False)
                | (
                    ~Q(kind=PanelAnswerKind.ASKS_FOR_MORE)
                    & Q(answer_by__isnull=True, replied_at__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="panelanswer_national_review_says_why",
                condition=~Q(kind=PanelAnswerKind.NATIONAL_REVIEW) | ~Q(rationale=""),
            ),
            models.CheckConstraint(
                name="panelanswer_replied_says_what",
                condition=Q(replied_at__isnull=True) | ~Q(reply=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent"],
                condition=Q(kind=PanelAnswerKind.ASKS_FOR_MORE, replied_at__isnull=True),
                name="panelanswer_unanswered",
            ),
            models.Index(
                fields=["sent"],
                condition=Q(kind=PanelAnswerKind.NATIONAL_REVIEW),
                name="panelanswer_national",
            ),
        ]

    @property
    def waits_for_reply(self) -> bool:
        """Whether the Panel asked and nothing is recorded as answered yet."""
        return self.kind == PanelAnswerKind.ASKS_FOR_MORE and self.replied_at is None


class Closing(Controlled):
    """Rule 4.7: found not to meet the criteria after all, with the reason and the Panel's correspondence.

    ``stood_at``: where the review goes on where the closing turns out to be wrong, which is recorded with the reason.
    """

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="closings")
    stood_at = models.CharField(max_length=20, choices=ReviewStatus.choices)
    reason = prose()
    correspondence = file_of_it()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["closed_at"]
        constraints = [
            paired("closed"),
            models.CheckConstraint(name="closing_says_why", condition=~Q(reason="")),
        ]


class Reopening(Controlled):
    """A closing that turned out to be wrong: who opened the review again, when and why. Append-only, as the closing."""

    closing = models.OneToOneField(Closing, models.PROTECT, related_name="reopening")
    reason = prose()
    reopened_at = models.DateTimeField()
    reopened_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            paired("reopened"),
            models.CheckConstraint(name="reopening_says_why", condition=~Q(reason="")),
        ]
