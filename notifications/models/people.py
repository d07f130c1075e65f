"""The children a referral is about, and the people around them."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cspr.models import Controlled, Revised
from notifications import options
from notifications.models.referral_answers import line, narrative, one_of, several_of


class ReferredChild(Controlled, Revised):
    """One child. A name is never required; a child may be unborn or unidentified. Rule 4.5."""

    referral = models.ForeignKey("notifications.Referral", on_delete=models.CASCADE, related_name="children")
    position = models.PositiveSmallIntegerField()
    is_lead = models.BooleanField(default=False)

    kind = models.CharField(max_length=12, choices=options.ChildKind.choices, default=options.ChildKind.BORN)
    name = line()
    other_names = line()
    born_on = models.DateField(null=True, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    unidentified_detail = narrative()
    nhs_number = models.CharField(max_length=10, blank=True, default="")

    sex = one_of(options.Sex)
    ethnicity = one_of(options.Ethnicity)
    ethnicity_described = line()
    disabilities = several_of(options.Disability)
    disability_detail = narrative()
    language = line()
    religion = line()

    address = models.TextField(max_length=500, blank=True, default="")
    whereabouts = narrative()
    schooling = one_of(options.Schooling)
    school = line()

    legal_status = one_of(options.LegalStatus)
    care_status = one_of(options.CareStatus)
    care_authority = line()
    placement = one_of(options.Placement)
    placement_detail = line()

    protection_plan = one_of(options.PlanState)
    protection_category = one_of(options.PlanCategory)
    protection_from_on = models.DateField(null=True, blank=True)
    protection_until_on = models.DateField(null=True, blank=True)
    need_plan = one_of(options.PlanState)
    need_from_on = models.DateField(null=True, blank=True)
    need_until_on = models.DateField(null=True, blank=True)
    page_revisions = models.JSONField(default=dict, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["referral", "position"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "position"], name="child_position_once"),
            models.UniqueConstraint(
                fields=["referral"], condition=Q(is_lead=True), name="child_one_lead_per_referral"
            ),
            models.CheckConstraint(
                name="child_unborn_has_no_birth",
                condition=Q(kind=options.ChildKind.UNBORN, born_on=None, age=None, nhs_number="")
                | (~Q(kind=options.ChildKind.UNBORN) & Q(expected_on=None)),
            ),
            models.CheckConstraint(
                name="child_birth_or_age_not_both", condition=Q(born_on=None) | Q(age=None)
            ),
            models.CheckConstraint(
                name="child_age_up_to_24", condition=Q(age=None) | Q(age__lte=options.OLDEST_CARE_LEAVER)
            ),
            models.CheckConstraint(
                name="child_nhs_number_ten_digits", condition=Q(nhs_number__regex=r"^([0-9]{10})?$")
            ),
            models.CheckConstraint(
                name="child_protection_plan_dates_in_order",
                condition=Q(protection_from_on=None)
                | Q(protection_until_on=None)
                | Q(protection_until_on__gte=models.F("protection_from_on")),
            ),
            models.CheckConstraint(
                name="child_need_plan_dates_in_order",
                condition=Q(need_from_on=None)
                | Q(need_until_on=None)
                | Q(need_until_on__gte=models.F("need_from_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"Child {self.position}"


class FamilyMember(Controlled, Revised):
    """A family member, or another child. Whether other children are safe now is asked of each."""

    referral = models.ForeignKey("notifications.Referral", on_delete=models.CASCADE, related_name="family")
    position = models.PositiveSmallIntegerField()
    name = line()
    relationship = one_of(options.Relationship)
    relationship_detail = line()
    born_on = models.DateField(null=True, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    ethnicity = one_of(options.Ethnicity)
    address = models.TextField(max_length=500, blank=True, default="")
    protection_plan = one_of(options.PlanState)
    safety = one_of(options.Safety)
    safety_detail = narrative()

    history = HistoricalRecords()

    class Meta:
        ordering = ["referral", "position"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "position"], name="family_position_once"),
            models.CheckConstraint(
                name="family_birth_or_age_not_both", condition=Q(born_on=None) | Q(age=None)
            ),
        ]

    def __str__(self) -> str:
        return f"Person {self.position}"
