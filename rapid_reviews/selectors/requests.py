"""Reads of information requests and returns, each within the reach of whoever asks."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from cspr.cases.models import Case, StatusChange, Wall
from cspr.deadlines.models import Deadline, Reminder
from cspr.people.models import Agency, Membership
from cspr.permissions import Permission, Role, can
from rapid_reviews.models import GuestLink, InformationRequest, RapidReview, Return, ReturnFile
from rapid_reviews.options.requests import GuestPurpose, RequestStatus, ReturnKind
from rapid_reviews.workflow.requests import HAND_BACK, latest, not_the_only_author

PEOPLE = (
    "issued_by__user", "answered_by__user", "signed_off_by__user", "contributor__user", "refused_by__user",
    "withdrawn_by__user",
)  # fmt: skip
WAITING = (RequestStatus.ISSUED, RequestStatus.ANSWERED)
C6 = "C6"


def _with_all(rows: "QuerySet[InformationRequest]") -> "QuerySet[InformationRequest]":
    people = (
        *PEOPLE,
        "issued_by__partnership",
        "answered_by__agency",
        "signed_off_by__agency",
        "contributor__agency",
    )
    return rows.select_related("agency", "case__partnership", "review__case", *people).prefetch_related(
        "returns"
    )


def visible_requests(to: Membership) -> "QuerySet[InformationRequest]":
    """The requests a capacity may see, the newest first."""
    return _with_all(InformationRequest.objects.visible_to(to)).order_by("-issued_at", "agency__name")


def visible_request(request_id: UUID, *, to: Membership | None) -> InformationRequest | None:
    """One request of one's own agency; foreign, of a case one is walled off, and missing are the same."""
    if to is None or not to.is_agency:
        return None
    return _with_all(InformationRequest.objects.visible_to(to)).filter(pk=request_id).first()


def requests_of(review: RapidReview) -> list[InformationRequest]:
    """Every request of a review by agency, with the versions of its return."""
    return list(_with_all(review.requests.all()).order_by("agency__name", "started_at"))


def request_of(case: Case, request_id: UUID) -> InformationRequest | None:
    """One request of this case."""
    return _with_all(InformationRequest.objects.filter(case=case)).filter(pk=request_id).first()


def locked_request(request: InformationRequest) -> InformationRequest:
    """The row, locked for writing, with what the verbs read."""
    rows = InformationRequest.objects.select_for_update(of=("self",))
    related = ("case__partnership", "review__case", "agency", "contributor__user", "issued_by__user")
    return rows.select_related(*related).prefetch_related("returns").get(pk=request.pk)


def standing_returns(review: RapidReview) -> "QuerySet[Return]":
    """Of each request the latest version that was signed off: what the unit reads and the chronology is merged from.

    It stands also where a correction was asked for and withdrawn, until a later request to that agency is answered.
    """
    later = Return.objects.filter(
        request=OuterRef("request"), version__gt=OuterRef("version"), signed_off_at__isnull=False
    )
    rows = Return.objects.filter(request__review=review, signed_off_at__isnull=False).filter(~Exists(later))
    asked_again = Return.objects.filter(
        request__review=review,
        request__agency=OuterRef("request__agency"),
        request__issued_at__gt=OuterRef("request__issued_at"),
        signed_off_at__isnull=False,
    )
    replaced = Q(request__status=RequestStatus.WITHDRAWN) & Exists(asked_again)
    return rows.exclude(replaced).select_related("request__agency")


def readable_returns(acting: Membership) -> "QuerySet[Return]":
    """The versions a capacity may read: its agency's own; for the unit and partners, those that were signed off."""
    rows = Return.objects.filter(request__in=InformationRequest.objects.visible_to(acting))
    return rows.filter(signed_off_at__isnull=False) if can(acting, Permission.SEE_CASES) else rows


def files_of(version: Return) -> "QuerySet[ReturnFile]":
    """The files of one version, with the newest version of each document."""
    return version.files.select_related("document").prefetch_related("document__versions")


def file_of(request: InformationRequest, file_id: UUID) -> ReturnFile | None:
    """One file of the version of this request that stands, or None."""
    standing = max(request.returns.all(), key=lambda one: one.version, default=None)
    return standing.files.filter(pk=file_id).first() if standing else None


def not_walled(case: Case) -> Q:
    """People not walled off a case."""
    return Q(~Exists(Wall.objects.filter(case=case, user_id=OuterRef("user_id"), lifted_at__isnull=True)))


def leads_of(agency: Agency, case: Case) -> list[Membership]:
    """The agency's leads today who may see this case's request: who receives it and signs the return off."""
    return leads_by_agency([agency.pk], case).get(agency.pk, [])


def leads_by_agency(agencies: Iterable[UUID], case: Case) -> dict[UUID, list[Membership]]:
    """The leads of several agencies, in one query."""
    rows = Membership.objects.current().filter(not_walled(case), agency__in=agencies, role=Role.AGENCY_LEAD)
    found: dict[UUID, list[Membership]] = {}
    for one in rows.select_related("user", "agency").order_by("user__full_name"):
        if one.agency_id is not None:
            found.setdefault(one.agency_id, []).append(one)
    return found


def second_people(
    request: InformationRequest, *, leads: Iterable[Membership], sender: Membership | None
) -> list[Membership]:
    """Rule 6.3: who of the leads can sign off what ``sender`` puts to them, or has put to them."""
    standing = latest(request)
    wrote_it = standing is not None and standing.kind == ReturnKind.FULL
    return [
        one
        for one in leads
        if (sender is None or one.user_id != sender.user_id)
        and not (wrote_it and not_the_only_author(request, one))
    ]


def who_can_sign(request: InformationRequest, *, sender: Membership | None) -> list[str]:
    """By name, who can sign off what ``sender`` puts to them; of a guest's organisation, who was sent the link."""
    if request.is_guest:
        rows = request.guest_links.filter(purpose=GuestPurpose.SIGN_OFF, revoked_at__isnull=True)
        return list(rows.values_list("name", flat=True))
    leads = leads_of(request.agency, request.case)
    return [one.user.full_name for one in second_people(request, leads=leads, sender=sender)]


def contributors_for(request: InformationRequest) -> "QuerySet[Membership]":
    """The people of the agency who can be given its request."""
    roles = [Role.CONTRIBUTOR, Role.AGENCY_LEAD]
    rows = Membership.objects.current().filter(
        not_walled(request.case), agency=request.agency_id, role__in=roles
    )
    return rows.select_related("user", "agency").order_by("user__full_name", "role")


def clock_subject(request: InformationRequest, version: int) -> str:
    """Which C6 of the case: one a request, and another for each version sent back."""
    return str(request.pk) if version == 1 else f"{request.pk}/{version}"


def request_of_clock(deadline: Deadline) -> InformationRequest | None:
    """The request a C6 belongs to."""
    rows = InformationRequest.objects.filter(pk=deadline.subject.partition("/")[0])
    return rows.select_related("agency", "case").first()


def due_of(request: InformationRequest) -> date | None:
    """When the standing version of a return is due, while its clock runs."""
    clock = clocks_of([request]).get(request.pk)
    return clock.due_on if clock is not None and clock.is_open else None


def clocks_of(requests: list[InformationRequest]) -> dict[UUID, Deadline]:
    """The C6 of each request's standing version, in one query."""
    subjects = {
        clock_subject(one, max((each.version for each in one.returns.all()), default=1)): one.pk
        for one in requests
    }
    cases = {one.case_id for one in requests}
    found = Deadline.objects.filter(case__in=cases, clock=C6, subject__in=list(subjects)).order_by(
        "started_at"
    )
    return {subjects[one.subject]: one for one in found}


def reminded_at(requests: list[InformationRequest]) -> dict[UUID, datetime]:
    """When each agency was last reminded of what it was asked: by its clock, or chased by a person."""
    told = Reminder.objects.filter(
        deadline__case__in={one.case_id for one in requests}, deadline__clock=C6, escalates=False,
        told_at__isnull=False, told_nobody_because="",
    )  # fmt: skip
    found = {one.pk: one.chased_at for one in requests if one.chased_at is not None}
    keys = {str(one.pk): one.pk for one in requests}
    for subject, moment in told.values_list("deadline__subject", "told_at"):
        key = keys.get(subject.partition("/")[0])
        if key is not None and moment is not None:
            found[key] = max(found.get(key, moment), moment)
    return found


def refusals_of(request: InformationRequest) -> list[Any]:
    """Every refusal of a request as it stood, the first one first: those stay that the unit came back on."""
    rows = request.history.filter(status=RequestStatus.REFUSED).order_by("refused_at", "history_date")
    people = ("refused_by__user", "refused_by__agency", "refused_by__partnership")
    return list(rows.distinct("refused_at").select_related(*people))


def handed_back(request: InformationRequest) -> StatusChange | None:
    """The step by which a return came back to its author, where that was the last step."""
    steps = StatusChange.objects.filter(subject_id=request.pk).select_related("changed_by__user")
    last = steps.order_by("-changed_at").first()
    return last if last is not None and last.transition == HAND_BACK.name else None


def links_of(request: InformationRequest) -> "QuerySet[GuestLink]":
    """Every link a request was ever given, the newest first."""
    return request.guest_links.order_by("-made_at")


def counts_of(review: RapidReview) -> dict[str, int]:
    """How many requests stand in each status."""
    rows = review.requests.order_by().values("status").annotate(number=Count("pk"))
    return {row["status"]: row["number"] for row in rows}


def waiting_on_agencies(acting: Membership) -> list[InformationRequest]:
    """For an agency's board: the requests that wait for it, or that this person was given."""
    if not can(acting, Permission.SEE_REQUESTS):
        return []
    own = InformationRequest.objects.visible_to(acting).filter(status__in=WAITING)
    return list(
        own.select_related("agency", "case", "answered_by", "contributor__user").prefetch_related("returns")
    )
