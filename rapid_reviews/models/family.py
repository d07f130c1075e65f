"""The family: who they are without their names, who speaks with each, what each was told, or why not. Rule 5.3."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cspr.models import Controlled, Revised, paired
from rapid_reviews.models.review import MEMBER, RapidReview
from rapid_reviews.options.family import Advocate, Constraint, ContactHow, Kin, Matter


class FamilyPerson(Controlled, Revised):
    """One person of the family, by relationship and initials or pseudonym. Split families are contacted separately."""

    review = models.ForeignKey(RapidReview, models.PROTECT, related_name="family")
    kin = models.CharField(max_length=20, choices=Kin)
    known_as = models.CharField(max_length=40, help_text="initials or a pseudonym")
    side = models.CharField(max_length=60, blank=True, help_text="who is contacted together, in words")
    contact_lead = models.CharField(max_length=200)
    care = models.TextField(max_length=2_000, blank=True, help_text="what to mind when making contact")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ["side", "added_at"]
        constraints = [
            paired("added"),
            models.UniqueConstraint(fields=["review", "kin", "known_as"], name="familyperson_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kin_display()}, {self.known_as}"


class FamilyContact(Controlled):
    """Append-only: one thing a person was told, by whom, how, when; or why they are not told, and until when."""

    person = models.ForeignKey(FamilyPerson, models.PROTECT, related_name="contacts")
    matter = models.CharField(max_length=10, choices=Matter)
    told = models.BooleanField()
    on = models.DateField(help_text="when they were told, or when it was decided not to")
    how = models.CharField(max_length=10, choices=ContactHow, blank=True)
    by_whom = models.CharField(max_length=200, help_text="who told them, or who decided not to, in words")
    text = models.TextField(max_length=10_000, blank=True, help_text="what was said, and what they said")
    advocate = models.CharField(max_length=12, choices=Advocate, blank=True)
    constraint = models.CharField(max_length=20, choices=Constraint, blank=True)
    reason = models.TextField(max_length=4_000, blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["on", "recorded_at"]
        constraints = [
            paired("recorded"),
            models.CheckConstraint(
                name="familycontact_told_how_or_why_not",
                condition=(Q(told=True, constraint="", look_again_on__isnull=True) & ~Q(how="") & ~Q(text=""))
                | (Q(told=False, how="", look_again_on__isnull=False) & ~Q(constraint="") & ~Q(reason="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["look_again_on"],
                condition=Q(look_again_on__isnull=False),
                name="familycontact_look_again",
            ),
        ]
