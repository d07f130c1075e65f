"""The case: the spine every stage hangs on; who may open it, who is walled off, what was said about it."""

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.db.models import Q
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase
from simple_history.models import HistoricalRecords

from cspr.cases.kinds import HoldOn, ProceedingKind, ProceedingStatus
from cspr.cases.reach import OPEN_CASE, reached_by
from cspr.models import Controlled, ControlledQuerySet, Identified, Revised, paired
from cspr.now import now
from cspr.people.models import Membership, Partnership


class CaseQuerySet(ControlledQuerySet):
    def visible_to(self, acting: Membership | None) -> "CaseQuerySet":
        """The cases this capacity may open: of its partnership, by grant on that or on the case, minus walls."""
        reached = reached_by(acting)
        return self.none() if reached is None else self.filter(reached)


class Case(Controlled):
    """One incident and everything that follows from it. Its subject goes by a pseudonym here.

    ``merged_into`` is always the case that stands, never one that was itself joined to another.
    """

    reference = models.CharField(max_length=24, unique=True)
    pseudonym = models.CharField(max_length=40)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    closed_reason = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_cases")

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            paired("closed", model="cases_case"),
            models.UniqueConstraint(fields=["partnership", "pseudonym"], name="cases_case_one_pseudonym"),
        ]
        indexes = [models.Index(fields=["partnership", "-opened_at"], name="cases_case_recent")]
        permissions = [(OPEN_CASE, "Can open the case")]

    def __str__(self) -> str:
        return f"{self.reference}, {self.pseudonym}"


class PartnershipGrant(UserObjectPermissionBase):
    """django-guardian's direct table: this person may see the partnership's cases."""

    content_object = models.ForeignKey(Partnership, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class CaseGrantQuerySet(models.QuerySet["CaseGrant"]):
    def in_force(self) -> "CaseGrantQuerySet":
        moment = now()
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=moment), starts_at__lte=moment)


class CaseGrant(UserObjectPermissionBase):
    """django-guardian's direct table on one case, dated: who opened it to whom, why, until when.

    A row is never changed but for its end and, where the glass was broken, for what somebody else found when they
    looked at why. It is never deleted: a case opened again to the same person is another row, so a short opening never
    shortens a long one. Written by ``services.grant_access``, not by guardian's ``assign_perm``.
    """

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE)
    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, null=True, related_name="case_grants"
    )
    reason = models.TextField(blank=True)
    broke_glass = models.BooleanField(default=False)
    starts_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField(null=True)
    granted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    finding = models.TextField(blank=True, default="")

    objects: ClassVar = UserObjectPermissionManager.from_queryset(CaseGrantQuerySet)()

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        unique_together: ClassVar[list[Sequence[str]]] = []
        constraints: ClassVar[list[models.BaseConstraint]] = [
            paired("reviewed", model="cases_casegrant"),
            models.CheckConstraint(
                name="cases_casegrant_review_says_what_was_found",
                condition=Q(reviewed_at__isnull=True, finding="")
                | Q(reviewed_at__isnull=False, broke_glass=True) & ~Q(finding=""),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["content_object"],
                condition=Q(broke_glass=True, reviewed_at__isnull=True),
                name="cases_casegrant_glass_broken",
            )
        ]


class Wall(Controlled):
    """A conflict of interest: this person is shown nothing of this case, whatever their role, until it is lifted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="walls")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="walls")
    reason = models.TextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            paired("raised", model="cases_wall"),
            paired("lifted", model="cases_wall"),
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(lifted_at__isnull=True), name="cases_wall_one_standing"
            ),
        ]


class StatusChange(Identified):
    """Append-only: which stage of the case moved from where to where, when, by whom."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="status_changes")
    subject_type = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    transition = models.CharField(max_length=60)
    from_status = models.CharField(max_length=40)
    to_status = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["changed_at"]
        constraints = [paired("changed", model="cases_statuschange")]
        indexes = [models.Index(fields=["subject_id", "changed_at"], name="cases_statuschange_of")]


class Dialogue(Controlled):
    """Append-only: one thing said between the partnership and the Panel. Rule 3.3: what was said, when, by whom.

    A correction is another entry. ``further`` marks information sent after the notification (rule 4.6).
    """

    class Direction(models.TextChoices):
        TO = "to", "Said to the Panel"
        FROM = "from", "Said by the Panel"

    class How(models.TextChoices):
        EMAIL = "email", "Email"
        TELEPHONE = "telephone", "Telephone"
        MEETING = "meeting", "Meeting"
        LETTER = "letter", "Letter"
        NATIONAL_SYSTEM = "national_system", "National notification system"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dialogue")
    body = models.ForeignKey("people.Body", on_delete=models.PROTECT, null=True, related_name="+")
    direction = models.CharField(max_length=4, choices=Direction)
    how = models.CharField(max_length=16, choices=How)
    further = models.BooleanField(default=False)
    said_by = models.CharField(max_length=200, help_text="who said it, in words: they may have no account")
    text = models.TextField(max_length=10_000)
    said_at = models.DateTimeField()
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, null=True, related_name="+")
    logged_at = models.DateTimeField()
    logged_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["said_at", "logged_at"]
        constraints = [paired("logged", model="cases_dialogue")]
        indexes = [models.Index(fields=["case", "said_at"], name="cases_dialogue_of")]


class Proceeding(Controlled, Revised):
    """A proceeding that runs beside the case (rule 7.3). Moved only by ``cspr.cases.workflow``."""

    Status = ProceedingStatus

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="proceedings")
    kind = models.CharField(max_length=20, choices=ProceedingKind)
    other_kind = models.CharField(max_length=200, blank=True, help_text="what it is, where the kind is other")
    lead_body = models.CharField(max_length=200)
    lead_person = models.CharField(max_length=200, blank=True)
    lead_contact = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    next_on = models.DateField(null=True, blank=True)
    next_event = models.CharField(max_length=200, blank=True)
    note = models.TextField(max_length=10_000, blank=True)
    status = models.CharField(max_length=10, choices=ProceedingStatus, default=ProceedingStatus.RUNNING)
    outcome = models.TextField(max_length=10_000, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    taken_from = models.UUIDField(
        null=True, blank=True, help_text="the answer of a referral it was taken from"
    )
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["registered_at"]
        constraints = [
            paired("registered", model="cases_proceeding"),
            paired("ended", model="cases_proceeding"),
            models.UniqueConstraint(fields=["case", "taken_from"], name="cases_proceeding_taken_once"),
            models.CheckConstraint(
                name="cases_proceeding_ended_says_when",
                condition=Q(status=ProceedingStatus.RUNNING, ended_at__isnull=True)
                | Q(status=ProceedingStatus.ENDED, ended_at__isnull=False, ended_on__isnull=False),
            ),
            models.CheckConstraint(
                name="cases_proceeding_other_says_what",
                condition=~Q(kind=ProceedingKind.OTHER) | ~Q(other_kind=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_on"], name="cases_proceeding_next", condition=Q(status=ProceedingStatus.RUNNING)
            )
        ]

    def __str__(self) -> str:
        return self.other_kind or self.get_kind_display()


class ProceedingHold(Controlled):
    """What one proceeding holds up, why, at whose asking, until it is lifted. Rule 7.3."""

    proceeding = models.ForeignKey(Proceeding, on_delete=models.PROTECT, related_name="holds")
    on = models.CharField(max_length=12, choices=HoldOn)
    reason = models.TextField(max_length=2_000)
    asked_for_by = models.CharField(max_length=200, help_text="who asked for it: a person or body, in words")
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_reason = models.TextField(max_length=2_000, blank=True)

    class Meta:
        ordering = ["placed_at"]
        constraints = [
            paired("placed", model="cases_proceedinghold"),
            paired("lifted", model="cases_proceedinghold"),
            models.UniqueConstraint(
                fields=["proceeding", "on"],
                condition=Q(lifted_at__isnull=True),
                name="cases_proceedinghold_one_standing",
            ),
        ]


class FamilyLead(Controlled):
    """The one person who speaks with the family, whatever processes run (domain: a single family contact)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="family_leads")
    name = models.CharField(max_length=200)
    agency = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, blank=True)
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replaced_reason = models.TextField(max_length=2_000, blank=True)

    class Meta:
        ordering = ["named_at"]
        constraints = [
            paired("named", model="cases_familylead"),
            paired("replaced", model="cases_familylead"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(replaced_at__isnull=True), name="cases_familylead_one_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.agency}"
