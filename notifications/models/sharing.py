"""What is shared with another area an incident concerns, and what that area answers (rule 4.8)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cspr.cases.reach import On, shared_sql
from cspr.models import Controlled, ControlledQuerySet, paired
from cspr.now import today
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from notifications.models.incident import OtherArea
from notifications.models.referral_answers import line, narrative
from notifications.options.sharing import PieceKind


class ShareQuerySet(ControlledQuerySet):
    def in_force(self) -> "ShareQuerySet":
        """Neither withdrawn nor past its last day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today()), withdrawn_at__isnull=True)

    def visible_to(self, acting: Membership | None) -> "ShareQuerySet":
        """What other areas share with this person's partnership and this capacity may read, minus walls, which win."""
        if acting is None or not can(acting, Permission.SEE_SHARED):
            return self.none()
        readable = Q(
            On("area__incident__case", shared_sql, acting), area__partnership_id=acting.partnership_id
        )
        rows = self.in_force().filter(readable)
        return rows if acting.is_unit else rows.filter(for_partners=True)


class Share(Controlled):
    """One act of sharing: with which area, why, until when. Never changed but for its receipt and its end."""

    area = models.ForeignKey(OtherArea, models.PROTECT, related_name="shares")
    reason = narrative()
    for_partners = models.BooleanField(
        default=False, help_text="the delegated partners there see it too, not the unit alone"
    )
    ends_on = models.DateField(null=True, blank=True, help_text="the last day on which it is shown")
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.ForeignKey(
        "people.Membership", models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "people.Membership", models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_reason = narrative()

    objects: ClassVar = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["-shared_at", "id"]
        constraints = [
            *(paired(name) for name in ("shared", "received", "withdrawn")),
            models.CheckConstraint(name="share_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="share_withdrawn_says_why",
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
            ),
        ]

    @property
    def is_in_force(self) -> bool:
        """Whether the other area is shown it today."""
        return self.withdrawn_at is None and (self.ends_on is None or self.ends_on >= today())


class SharedPiece(Controlled):
    """Append-only: one named piece, as it stood when it was shared.

    ``content`` is [{"title", "rows": [[label, text], ...]}, ...], all of it shown; a document is one version of a file.
    """

    share = models.ForeignKey(Share, models.PROTECT, related_name="pieces")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=PieceKind)
    title = line()
    content = models.JSONField(default=list)
    version = models.ForeignKey("documents.DocumentVersion", models.PROTECT, related_name="+", null=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["share", "position"]
        constraints = [
            models.UniqueConstraint(fields=["share", "position"], name="shared_piece_one_position"),
            models.CheckConstraint(
                name="shared_piece_is_a_text_or_a_file",
                condition=(Q(kind=PieceKind.DOCUMENT, version__isnull=False, content=[]))
                | (~Q(kind=PieceKind.DOCUMENT) & Q(version=None) & ~Q(content=[])),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AreaAnswer(Controlled):
    """What another area contributes in writing; never changed but for the note that it was read."""

    area = models.ForeignKey(OtherArea, models.PROTECT, related_name="answers")
    text = narrative()
    document = models.OneToOneField(
        "documents.Document", models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["-answered_at", "id"]
        constraints = [
            paired("answered"),
            paired("noted"),
            models.CheckConstraint(name="area_answer_says_something", condition=~Q(text="")),
        ]
        indexes = [
            models.Index(fields=["area"], name="area_answer_unread", condition=Q(noted_at__isnull=True))
        ]
