"""What the unit asks of one agency, what the agency returns, and the files it sends with it. Rule 6.3, clock C6."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from simple_history.models import HistoricalRecords

from cspr.cases.models import Case, Wall
from cspr.models import Controlled, ControlledQuerySet, Revised, paired
from cspr.people.models import Membership
from cspr.permissions import Permission, Role, can
from rapid_reviews.models.review import MEMBER, moment, person, prose
from rapid_reviews.options.requests import RefusalGround, RequestStatus, ReturnKind

STATUS = RequestStatus


class RequestQuerySet(ControlledQuerySet):
    def visible_to(self, acting: Membership | None) -> "RequestQuerySet":
        """An agency lead sees the agency's own, a contributor what is assigned to them, the unit those of its cases.

        Walls win (roles.md): a person walled off the case sees no request of it, whatever their role.
        """
        if acting is None:
            return self.none()
        if can(acting, Permission.SEE_CASES):
            return self.filter(case__in=Case.objects.visible_to(acting))
        if not can(acting, Permission.SEE_REQUESTS) or acting.agency_id is None:
            return self.none()
        walls = Wall.objects.filter(case=OuterRef("case_id"), user_id=acting.user_id, lifted_at__isnull=True)
        own = self.filter(agency_id=acting.agency_id).exclude(status=STATUS.DRAFT).filter(~Exists(walls))
        return own if acting.role == Role.AGENCY_LEAD else own.filter(contributor=acting)


class InformationRequest(Controlled, Revised):
    """One agency asked about one case. ``questions`` is frozen when it is issued. Moved only by ``workflow.requests``.

    ``shared_people`` are, in a draft, the keys of the people the agency is told of; once issued, what it is told.
    """

    Status = RequestStatus

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="information_requests")
    review = models.ForeignKey("rapid_reviews.RapidReview", models.PROTECT, related_name="requests")
    agency = models.ForeignKey("people.Agency", models.PROTECT, related_name="information_requests")
    is_guest = models.BooleanField(default=False, help_text="the organisation has no account: a link is used")
    guest_name = models.CharField(max_length=150, blank=True, default="")
    guest_email = models.EmailField(blank=True, default="")
    status = models.CharField(max_length=20, choices=STATUS.choices, default=STATUS.DRAFT)
    period_from_on = models.DateField(null=True, blank=True)
    period_until_on = models.DateField(null=True, blank=True)
    shared_context = prose()
    shared_people = models.JSONField(default=list, blank=True)
    edition = models.CharField(max_length=20, blank=True, default="")
    questions = models.JSONField(default=dict, blank=True)
    contributor = models.ForeignKey(MEMBER, models.PROTECT, related_name="+", null=True, blank=True)
    assigned_at, assigned_by = moment(), person()
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(MEMBER, models.PROTECT, related_name="+")
    issued_at, issued_by = moment(), person()
    answered_at, answered_by = moment(), person()
    signed_off_at, signed_off_by = moment(), person()
    refused_at, refused_by = moment(), person()
    refusal_ground = models.CharField(max_length=20, choices=RefusalGround.choices, blank=True, default="")
    refusal_reason = models.TextField(blank=True, default="")
    withdrawn_at, withdrawn_by = moment(), person()
    withdrawn_reason = models.TextField(blank=True, default="")
    chased_at, chased_by = moment(), person()

    history = HistoricalRecords()
    objects: ClassVar[Any] = RequestQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name", "started_at"]
        constraints = [
            *(
                paired(name)
                for name in (
                    "assigned",
                    "started",
                    "issued",
                    "answered",
                    "signed_off",
                    "refused",
                    "withdrawn",
                    "chased",
                )
            ),
            models.CheckConstraint(
                name="request_issued_with_its_questions",
                condition=Q(status=STATUS.DRAFT, issued_at=None)
                | (~Q(status=STATUS.DRAFT) & Q(issued_at__isnull=False) & ~Q(edition="")),
            ),
            models.CheckConstraint(
                name="request_returned_has_a_sign_off",
                condition=~Q(status__in=[STATUS.SIGNED_OFF, STATUS.NIL_RETURN])
                | Q(signed_off_at__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="request_signed_off_by_a_second_person",
                condition=Q(signed_off_by=None) | ~Q(signed_off_by=models.F("answered_by")),
            ),
            models.CheckConstraint(
                name="request_refused_with_a_ground",
                condition=~Q(status=STATUS.REFUSED) | (~Q(refusal_ground="") & ~Q(refusal_reason="")),
            ),
            models.CheckConstraint(
                name="request_withdrawn_with_a_reason",
                condition=~Q(status=STATUS.WITHDRAWN) | ~Q(withdrawn_reason=""),
            ),
            models.CheckConstraint(
                name="request_of_a_guest_has_an_address",
                condition=Q(is_guest=False, guest_email="") | (Q(is_guest=True) & ~Q(guest_email="")),
            ),
            models.UniqueConstraint(
                fields=["review", "agency"],
                condition=~Q(status=STATUS.WITHDRAWN),
                name="request_one_an_agency",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "status"], name="request_of_agency"),
            models.Index(
                fields=["status"],
                include=["review"],
                condition=Q(status__in=[STATUS.DRAFT, STATUS.ISSUED, STATUS.ANSWERED, STATUS.REFUSED]),
                name="request_open",
            ),
        ]

    def __str__(self) -> str:
        return f"Information request to {self.agency.name}"

    @property
    def is_draft(self) -> bool:
        return self.status == STATUS.DRAFT

    @property
    def is_with_agency(self) -> bool:
        """Whether the agency can write its answers now."""
        return self.status == STATUS.ISSUED

    @property
    def is_returned(self) -> bool:
        return self.status in {STATUS.SIGNED_OFF, STATUS.NIL_RETURN}

    @property
    def is_refused(self) -> bool:
        return self.status == STATUS.REFUSED

    @property
    def is_waiting(self) -> bool:
        """Whether the unit still waits for it."""
        return self.status in {STATUS.ISSUED, STATUS.ANSWERED}


class Return(Controlled, Revised):
    """One version of an agency's answers. A correction is the next version beside it; the highest one stands.

    ``answers`` are by field key of the request's frozen questions; ``authors`` the people who wrote any of them.
    """

    request = models.ForeignKey(InformationRequest, models.PROTECT, related_name="returns")
    version = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=4, choices=ReturnKind.choices, default=ReturnKind.FULL)
    answers = models.JSONField(default=dict, blank=True)
    page_revisions = models.JSONField(default=dict, blank=True)
    authors = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField()
    returned_at, returned_by = moment(), person()
    signed_off_at, signed_off_by = moment(), person()
    sent_back_at, sent_back_by = moment(), person()
    sent_back_note = models.TextField(blank=True, default="")

    history = HistoricalRecords()

    class Meta:
        ordering = ["request", "version"]
        constraints = [
            *(paired(name) for name in ("returned", "signed_off", "sent_back")),
            models.UniqueConstraint(fields=["request", "version"], name="return_one_a_version"),
            models.CheckConstraint(
                name="return_sent_back_with_a_note",
                condition=Q(sent_back_at=None) | ~Q(sent_back_note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Return of {self.request.agency.name}, version {self.version}"


class ReturnFile(Controlled):
    """A file the agency sends with a version of its return."""

    agency_return = models.ForeignKey(Return, models.PROTECT, related_name="files")
    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="+")
    description = models.CharField(max_length=150)
    position = models.PositiveSmallIntegerField()

    history = HistoricalRecords()

    class Meta:
        ordering = ["agency_return", "position"]
        constraints = [
            models.UniqueConstraint(fields=["agency_return", "position"], name="return_file_position_once")
        ]
