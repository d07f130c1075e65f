"""Private files: a document, its versions, and what the virus scanner said of each."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cspr.cases.models import Case, Wall
from cspr.documents import owners
from cspr.models import Controlled, ControlledQuerySet, paired
from cspr.people.models import Membership


class DocumentQuerySet(ControlledQuerySet):
    def visible_to(self, acting: Membership | None) -> "DocumentQuerySet":
        """The documents this capacity may open.

        A stream with a registered owner asks the owner; every other document follows its case. A wall on
        the case hides the document whoever owns it (roles.md: no list, search, count or address reveals
        it).
        """
        if acting is None:
            return self.none()
        reachable = Q(case__in=Case.objects.visible_to(acting))
        for prefix, visible_ids in owners.REGISTERED.items():
            own = Q(stream__startswith=f"{prefix}/")
            reachable = (reachable & ~own) | (own & Q(owner_id__in=visible_ids(acting)))
        walled = Wall.objects.filter(case=OuterRef("case"), user_id=acting.user_id, lifted_at__isnull=True)
        return self.filter(reachable).filter(~Exists(walled))


class Document(Controlled):
    """One document, whatever happens to it: versions are added, none is replaced."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="documents")
    stream = models.CharField(max_length=80, db_index=True)
    owner_id = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=150)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["added_at"]
        constraints = [paired("added", model="documents_document")]

    def __str__(self) -> str:
        return self.title


class Scan(models.TextChoices):
    """What is known about viruses. Only CLEAN may leave; NOT_SCANNED (no scanner is set up) stays inside."""

    NOT_SCANNED = "not_scanned", "Not checked for viruses"
    WAITING = "waiting", "Waiting for the virus check"
    CLEAN = "clean", "No virus found"
    INFECTED = "infected", "Virus found"


class DocumentVersion(Controlled):
    """One file, as it was received: its bytes are on disk under a name made here, its hash is kept."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    storage_name = models.UUIDField(unique=True)
    original_name = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    scan = models.CharField(max_length=12, choices=Scan)
    scanned_at = models.DateTimeField(null=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            paired("added", model="documents_documentversion"),
            models.UniqueConstraint(fields=["document", "number"], name="documents_version_one_number"),
            models.CheckConstraint(
                name="documents_version_scanned_says_when",
                condition=Q(scan__in=[Scan.CLEAN, Scan.INFECTED], scanned_at__isnull=False)
                | Q(scan__in=[Scan.NOT_SCANNED, Scan.WAITING], scanned_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["added_at"], name="documents_version_waiting", condition=Q(scan=Scan.WAITING)
            ),
            models.Index(fields=["added_by", "-added_at"], name="documents_version_quota"),
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def may_be_opened(self) -> bool:
        """Whether a person with a right to the document may have the file (R7: nothing quarantined is
        served).
        """
        return self.scan in {Scan.CLEAN, Scan.NOT_SCANNED}

    @property
    def may_leave(self) -> bool:
        """Whether the file may be sent to anybody outside: only after a virus check."""
        return self.scan == Scan.CLEAN
