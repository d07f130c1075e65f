"""People, the organisations they act for, and the capacity in which they act."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from cspr.models import Identified, paired
from cspr.now import today
from cspr.permissions import Role


class Partner(models.TextChoices):
    """The three safeguarding partners. Leadership is equal and shared; the local authority is the legal notifier."""

    LA = "LA", "local authority"
    ICB = "ICB", "integrated care board"
    POLICE = "POLICE", "police"


class AgencyKind(models.TextChoices):
    """Kinds of agency that refer and answer (SI 2018/789, Schedule: relevant agencies)."""

    SOCIAL_CARE = "social_care", "Children's social care"
    EARLY_HELP = "early_help", "Early help"
    SCHOOL = "school", "School or college"
    EARLY_YEARS = "early_years", "Early years setting"
    GP = "gp", "GP practice"
    HOSPITAL = "hospital", "Hospital trust"
    COMMUNITY_HEALTH = "community_health", "Community health, health visiting, school nursing"
    MENTAL_HEALTH = "mental_health", "Mental health trust"
    AMBULANCE = "ambulance", "Ambulance service"
    POLICE = "police", "Police"
    PROBATION = "probation", "Probation"
    YOUTH_JUSTICE = "youth_justice", "Youth justice"
    HOUSING = "housing", "Housing"
    CAFCASS = "cafcass", "Cafcass"
    CORONER = "coroner", "Coroner"
    VOLUNTARY = "voluntary", "Voluntary or community organisation"
    OTHER = "other", "Other"


class BodyKind(models.TextChoices):
    """Bodies a duty names as its recipient. The body itself is data: it may be renamed or replaced."""

    PANEL = "panel", "National child safeguarding practice review panel"
    SECRETARY_OF_STATE = "secretary_of_state", "Secretary of State (Department for Education)"
    OFSTED = "ofsted", "Ofsted"
    CQC = "cqc", "Care Quality Commission"
    INSPECTORATE = "inspectorate", "Inspectorate of constabulary"
    OTHER = "other", "Other"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin, Identified):
    """A person who signs in. Rights come only from memberships; no account is a superuser."""

    email = models.EmailField("email address", unique=True)
    full_name = models.CharField(max_length=150)
    telephone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    session_round = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="people_user_never_superuser", condition=Q(is_superuser=False)),
        ]

    def __str__(self) -> str:
        return self.full_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Every session carries this; counting ``session_round`` up ends them all at their next request."""
        content = f"{self.password}|{self.session_round}"
        return salted_hmac("cspr.people.session", content, secret=secret, algorithm="sha256").hexdigest()


def _days(default: int, most: int = 60) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        default=default, validators=[MinValueValidator(1), MaxValueValidator(most)]
    )


class Partnership(Identified):
    """A safeguarding partnership and its local settings. Periods are working days unless the name says months."""

    name = models.CharField(max_length=150)
    code = models.CharField(max_length=6, unique=True)
    unit_email = models.EmailField(blank=True)
    unit_telephone = models.CharField(max_length=40, blank=True)
    decide_notifiable_days = _days(1, most=5)
    tell_at_once_days = _days(1, most=5)
    letters_due_day = _days(1, most=15)
    return_due_day = _days(10, most=15)
    meeting_due_day = _days(14, most=15)
    panel_reply_days = _days(15)
    audit_months = _days(6, most=24)
    last_case_number = models.PositiveIntegerField(default=0)
    last_referral_number = models.PositiveIntegerField(default=0)
    numbers_year = models.PositiveSmallIntegerField(default=0)

    class Meta:
        permissions = [("see_its_cases", "Can see the partnership's cases")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Agency(Identified):
    """An organisation that refers and answers. It may serve several partnerships."""

    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20, choices=AgencyKind)
    partnerships = models.ManyToManyField(Partnership, related_name="agencies")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class Body(Identified):
    """A recipient of statutory reports, held as data and never as a string in code (rules.md, head)."""

    kind = models.CharField(max_length=20, choices=BodyKind)
    name = models.CharField(max_length=150)
    email = models.EmailField(blank=True)
    effective_from = models.DateField()
    effective_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date | None = None) -> "MembershipQuerySet":
        """Memberships in force on a London date (today when not given) of people who may still sign in."""
        day = on or today()
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            starts_on__lte=day,
            ended_at__isnull=True,
            user__is_active=True,
        )


class Membership(Identified):
    """A capacity: this person, in this role, for this organisation, between these dates. Never deleted.

    Every ``by=`` argument and every ``_by`` column is a membership, so the record always says in which capacity.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    partnership = models.ForeignKey(
        Partnership, on_delete=models.PROTECT, null=True, related_name="memberships"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="memberships")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="memberships")
    partner = models.CharField(max_length=6, choices=Partner, blank=True)
    title = models.CharField("job title", max_length=150, blank=True)
    delegation = models.CharField(max_length=300, blank=True)
    starts_on = models.DateField(default=today)
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["user__full_name", "role"]
        constraints = [
            paired("ended", model="people_membership"),
            models.CheckConstraint(
                name="people_membership_partner_says_which",
                condition=Q(role__in=[Role.PARTNER, Role.LEAD_PARTNER], partner__in=Partner.values)
                | (~Q(role__in=[Role.PARTNER, Role.LEAD_PARTNER]) & Q(partner="")),
            ),
            models.CheckConstraint(
                name="people_membership_belongs",
                condition=Q(
                    role__in=[Role.REFERRER, Role.AGENCY_LEAD, Role.CONTRIBUTOR],
                    agency__isnull=False,
                    partnership__isnull=True,
                )
                | Q(
                    role__in=[Role.OFFICER, Role.MANAGER, Role.PARTNER, Role.LEAD_PARTNER, Role.SCRUTINEER],
                    partnership__isnull=False,
                    agency__isnull=True,
                )
                | Q(role=Role.PANEL_OFFICER, body__isnull=False)
                | Q(role__in=[Role.REVIEWER, Role.ADMINISTRATOR], agency__isnull=True),
            ),
            models.CheckConstraint(
                name="people_membership_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.full_name}, {self.capacity}"

    @property
    def is_current(self) -> bool:
        day = today()
        ended = self.ends_on is not None and self.ends_on < day
        return self.user.is_active and self.ended_at is None and self.starts_on <= day and not ended

    @property
    def capacity(self) -> str:
        """In which capacity this person acts, as words: "delegated safeguarding partner for the police, Northvale"."""
        words = Role(self.role).label
        if self.partner:
            words += f" for the {Partner(self.partner).label}"
        organisation = self.partnership or self.agency or self.body
        return f"{words}, {organisation.name}" if organisation else words

    @property
    def is_unit(self) -> bool:
        """Whether this is the partnership's business unit."""
        return self.role in {Role.OFFICER, Role.MANAGER}

    @property
    def is_agency(self) -> bool:
        """Whether this person acts for an agency and therefore sees referrals, never cases."""
        return self.role in {Role.REFERRER, Role.AGENCY_LEAD, Role.CONTRIBUTOR}

    @property
    def is_panel(self) -> bool:
        """Whether this person acts for the national Panel and therefore sees what was sent to it, never cases."""
        return self.role == Role.PANEL_OFFICER
