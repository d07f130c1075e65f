"""The incident behind one or several referrals: its three dates, the tests of rules 3.1 to 4.4, its route."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from cspr.cases.reach import reached_by
from cspr.decisions.models import Answer
from cspr.govuk.dates import RoughDate
from cspr.models import Controlled, ControlledQuerySet, Revised, paired
from cspr.people.models import Membership
from notifications import options
from notifications.models.referral_answers import bounded, line, narrative, one_of
from notifications.options.incident import ABUSE_CHOICES, ROUTE_CHOICES, IncidentStatus, PlaceTest

STATUS = IncidentStatus
DECIDED = (STATUS.NOTIFIABLE, STATUS.NOT_NOTIFIABLE, STATUS.NOTIFIED)
WAITING = (STATUS.TRIAGE, STATUS.VIEWS_REQUESTED, STATUS.NOTIFIABLE)


def waits(prefix: str = "") -> Q:
    """Somebody has to move the incident on: it is undecided or to be sent, or a death is still to be told (C3)."""
    death = {f"{prefix}status": STATUS.NOT_NOTIFIABLE, f"{prefix}death_to_be_told": True}
    return Q(**{f"{prefix}status__in": WAITING}) | Q(**death)


class ThreeDates(models.Model):
    """When it happened, when an agency became aware, when the local authority did (C1: date and time, by whom, how)."""

    occurred_precision = one_of(options.Precision)
    occurred_on = models.DateField(null=True, blank=True)
    occurred_until_on = models.DateField(null=True, blank=True)
    occurred_time = models.TimeField(null=True, blank=True)
    happened_in = line()
    agency_aware_on = models.DateField(null=True, blank=True)
    agency_aware_time = models.TimeField(null=True, blank=True)
    agency_aware_person = line()
    dates_recorded_at = models.DateTimeField(null=True, blank=True)
    dates_recorded_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+", null=True)
    aware_at = models.DateTimeField(null=True, blank=True)
    aware_by = models.ForeignKey(
        "people.Membership", models.PROTECT, related_name="+", null=True, help_text="who recorded it"
    )
    aware_person = line()
    aware_evidence = narrative()
    aware_document = models.ForeignKey(
        "documents.Document", models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        abstract = True

    @property
    def occurred(self) -> RoughDate | None:
        """When it happened, as well as it is known; None while not answered."""
        if not self.occurred_precision:
            return None
        return RoughDate(self.occurred_precision, self.occurred_on, self.occurred_until_on)


class RouteTests(models.Model):
    """Each test with its reason (rules 3.1, 3.2, 4.2, 4.4), the route proposed from them and the one confirmed."""

    abuse = models.CharField(max_length=30, choices=ABUSE_CHOICES, blank=True, default="")
    abuse_reason = narrative()
    nature = one_of(options.Nature)
    nature_reason = narrative()
    place = one_of(PlaceTest)
    place_reason = narrative()
    care_status = one_of(options.CareStatus)
    age_at_death = models.PositiveSmallIntegerField(null=True, blank=True)
    care_reason = narrative()
    route_proposed = models.CharField(max_length=1, choices=ROUTE_CHOICES, blank=True, default="")
    route = models.CharField(max_length=1, choices=ROUTE_CHOICES, blank=True, default="")
    route_reason = narrative()
    death_to_be_told = models.BooleanField(
        default=False, help_text="C3: a looked-after child or care leaver died"
    )
    routed_at = models.DateTimeField(null=True, blank=True)
    routed_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+", null=True)

    class Meta:
        abstract = True


class IncidentQuerySet(ControlledQuerySet):
    def visible_to(self, acting: Membership | None) -> "IncidentQuerySet":
        """The incidents of the cases this capacity may open, without reading the cases."""
        reached = reached_by(acting, case="case_id")
        return self.none() if reached is None else self.filter(reached)


class Incident(ThreeDates, RouteTests, Controlled, Revised):
    """One incident, one case. Moved only by ``notifications.workflow.incident``.

    ``partnership`` is the case's own; a foreign key over both columns keeps it so (migration 0005).
    """

    Status = IncidentStatus

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="incident")
    partnership = models.ForeignKey("people.Partnership", models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=16, choices=STATUS.choices, default=STATUS.TRIAGE)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")
    views_requested_at = models.DateTimeField(null=True, blank=True)
    views_requested_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(max_length=20, choices=Answer, blank=True, default="")
    notified_at = models.DateTimeField(null=True, blank=True)
    notified_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+", null=True)
    linked_into = models.ForeignKey("self", models.PROTECT, related_name="linked", null=True, blank=True)
    linked_at = models.DateTimeField(null=True, blank=True)
    linked_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+", null=True)

    objects: ClassVar = IncidentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            *(paired(name) for name in (
                "dates_recorded", "aware", "routed", "opened", "views_requested", "decided", "notified", "linked"
            )),
            bounded("occurred", name="incident_occurred_agrees_with_precision", may_be_empty=True),
            models.CheckConstraint(
                name="incident_awareness_says_who_and_how",
                condition=Q(aware_at=None) | (~Q(aware_person="") & ~Q(aware_evidence="")),
            ),
            models.CheckConstraint(
                name="incident_route_says_why",
                condition=Q(route="", routed_at=None)
                | (~Q(route="") & ~Q(route_reason="") & Q(routed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="incident_asked_only_when_ready",
                condition=Q(status__in=[STATUS.TRIAGE, STATUS.LINKED]) | (Q(aware_at__isnull=False) & ~Q(route="")),
            ),
            models.CheckConstraint(
                name="incident_decided_says_what",
                condition=(Q(status__in=DECIDED, decided_at__isnull=False) & ~Q(outcome=""))
                | (~Q(status__in=DECIDED) & Q(decided_at=None, outcome="")),
            ),
            models.CheckConstraint(
                name="incident_linked_says_where",
                condition=Q(status=STATUS.LINKED, linked_into__isnull=False)
                | (~Q(status=STATUS.LINKED) & Q(linked_into=None)),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["partnership", "status"], include=["case"], name="incident_status"),
            models.Index(
                fields=["partnership", "status"],
                include=["case", "opened_at"],
                condition=waits(),
                name="incident_waits",
            ),
            models.Index(fields=["occurred_on"], name="incident_occurred_on"),
        ]

    def __str__(self) -> str:
        return f"Incident of {self.case.reference}"

    @property
    def is_open(self) -> bool:
        """Still being tested, or before the partners."""
        return self.status in {STATUS.TRIAGE, STATUS.VIEWS_REQUESTED}

    @property
    def is_serious(self) -> bool:
        """Decided to be a serious incident: the Panel is notified and a rapid review follows (route A, rule 4.4)."""
        return self.route == "A" and self.outcome == Answer.YES

    @property
    def is_to_be_sent(self) -> bool:
        """Something goes to the national system: it was decided notifiable, or a death is told anyway (C3)."""
        return self.outcome == Answer.YES or (self.outcome == Answer.NO and self.death_to_be_told)


class OtherArea(Controlled):
    """Another area the incident concerns (rule 4.8): a partnership we know, or one by name."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="other_areas")
    partnership = models.ForeignKey(
        "people.Partnership", models.PROTECT, related_name="+", null=True, blank=True
    )
    name = line()
    email = models.EmailField(blank=True, default="")
    why = narrative()
    is_lead = models.BooleanField(default=False, help_text="the incident happened there")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("people.Membership", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            paired("added"),
            models.CheckConstraint(
                name="other_area_known_or_named",
                condition=Q(partnership__isnull=False, name="") | (Q(partnership=None) & ~Q(name="")),
            ),
            models.UniqueConstraint(fields=["incident", "partnership"], name="other_area_once"),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(is_lead=True), name="other_area_one_lead"
            ),
        ]

    def __str__(self) -> str:
        return str(self.partnership) if self.partnership_id else self.name
