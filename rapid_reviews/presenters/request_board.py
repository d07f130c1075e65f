"""The requests' rows on an agency's own board, and what the unit can do about them on a case's page."""

from django.urls import reverse

from cspr.deadlines.models import Deadline
from cspr.govuk.parts import Step, Waiting
from cspr.people.models import Membership
from cspr.permissions import Permission, Role, can
from rapid_reviews.models import InformationRequest, RapidReview
from rapid_reviews.options.requests import RequestStatus
from rapid_reviews.selectors.requests import clocks_of, counts_of, waiting_on_agencies

S = RequestStatus


def waiting(acting: Membership) -> list[Waiting]:
    """What the requests to this person's agency wait for, of them and of others."""
    found = waiting_on_agencies(acting)
    clocks = clocks_of(found) if found else {}
    return [_agency_row(one, clocks.get(one.pk), acting) for one in found]


def _agency_row(request: InformationRequest, clock: Deadline | None, acting: Membership) -> Waiting:
    lead = acting.role == Role.AGENCY_LEAD
    contributor = request.contributor
    if request.status == S.ANSWERED:
        own = lead and request.answered_by is not None and request.answered_by.user_id != acting.user_id
        title = "Sign off the return" if own else "The sign-off of your agency’s return"
        told = "" if own else "Waiting for a second person of your agency"
        return _agency_waits(request, title, clock, told=told, for_others=not own)
    if contributor is None:
        return _agency_waits(request, "Answer or assign the information request", clock)
    if not contributor.is_current:
        told = f"{contributor.user.full_name} no longer works on it"
        return _agency_waits(request, "Answer or assign the information request", clock, told=told)
    if contributor.user_id != acting.user_id:
        told = f"Waiting for {contributor.user.full_name}"
        return _agency_waits(request, "Your agency’s return", clock, told=told, for_others=True)
    return _agency_waits(request, "Answer the information request", clock)


def _agency_waits(
    request: InformationRequest,
    title: str,
    clock: Deadline | None,
    *,
    told: str = "",
    for_others: bool = False,
) -> Waiting:
    due = clock.due_on if clock is not None and clock.is_open else None
    href = reverse("request", args=[request.pk])
    return Waiting(title, href, request.case.reference, "", due, told, for_others)


def steps(review: RapidReview, acting: Membership) -> list[Step]:
    """What this person can do about the requests from the case's own page."""
    if not review.is_open or not can(acting, Permission.REQUEST_INFORMATION):
        return []
    counts = counts_of(review)
    if counts.get(S.DRAFT):
        return [Step("Issue the information requests", reverse("case_requests_issue", args=[review.case_id]))]
    label = "Ask further agencies" if counts else "Ask the agencies for information"
    return [Step(label, reverse("case_requests_ask", args=[review.case_id]), (), bool(counts))]
