"""The requests' rows of the board: what waits for an agency's lead or contributor, and for the unit."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse

from cspr.deadlines.models import Deadline
from cspr.govuk.dates import short_date
from cspr.govuk.parts import Step, Waiting
from cspr.now import london_day
from cspr.people.models import Membership
from cspr.permissions import Permission, Role, can
from cspr.statute.clocks import LETTERS, RETURN
from rapid_reviews.models import InformationRequest, RapidReview
from rapid_reviews.options.requests import RequestStatus
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.selectors.milestones import milestones_by_case
from rapid_reviews.selectors.requests import clocks_of, counts_of, reviews_asking, waiting_on_agencies

S = RequestStatus
MOST_NAMED = 3


def waiting(acting: Membership) -> list[Waiting]:
    """What the information requests wait for, of this person and of others."""
    return [*_for_agency(acting), *_for_unit(acting)]


def _for_agency(acting: Membership) -> Iterable[Waiting]:
    found = waiting_on_agencies(acting)
    clocks = clocks_of(found)
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


def _for_unit(acting: Membership) -> Iterable[Waiting]:
    found = reviews_asking(acting)
    days = milestones_by_case([one.case for one in found])
    return [
        row for one in found for row in _unit_rows(one, {day.key: day.due_on for day in days[one.case_id]})
    ]


def _unit_rows(review: RapidReview, days: Mapping[str, date]) -> Iterable[Waiting]:
    requests = [one for one in review.requests.all() if one.status != S.WITHDRAWN]
    drafts = [one for one in requests if one.is_draft]
    waited = [one for one in requests if one.is_waiting]
    if not requests and review.status == ReviewStatus.GATHERING:
        yield _unit_waits(review, "Ask the agencies for information", days.get(LETTERS.name))
    if drafts and review.is_open:
        yield _unit_waits(
            review, "Issue the information requests", days.get(LETTERS.name), told=_number(drafts)
        )
    for one in requests:
        if one.status == S.REFUSED and review.is_open:
            yield _unit_waits(review, f"Answer the refusal of {one.agency.name}", None, request=one)
    if waited:
        yield _returns_wait(review, waited, asked=len(requests) - len(drafts), due=days.get(RETURN.name))


def _returns_wait(
    review: RapidReview, waited: list[InformationRequest], *, asked: int, due: date | None
) -> Waiting:
    """Who has not answered, since when, and the chase."""
    named = [
        f"{one.agency.name} since {short_date(london_day(one.issued_at))}"
        for one in waited[:MOST_NAMED]
        if one.issued_at
    ]
    more = len(waited) - len(named)
    names = "; ".join(named) + (f" and {more} more" if more else "")
    return Waiting(
        title="The agencies’ returns",
        href=reverse("case_requests", args=[review.case_id]),
        reference=review.case.reference,
        pseudonym=review.case.pseudonym,
        due_on=due,
        told=f"{len(waited)} of {asked} not answered: {names}",
        for_others=True,
        offer=("Chase", reverse("case_requests_chase", args=[review.case_id])),
    )


def _number(drafts: list[InformationRequest]) -> str:
    return "1 request is prepared" if len(drafts) == 1 else f"{len(drafts)} requests are prepared"


def _unit_waits(
    review: RapidReview,
    title: str,
    due: date | None,
    *,
    told: str = "",
    request: InformationRequest | None = None,
) -> Waiting:
    case = review.case
    href = reverse("case_requests", args=[case.pk])
    if request is not None:
        href = reverse("case_request", args=[case.pk, request.pk])
    return Waiting(title, href, case.reference, case.pseudonym, due, told)


def steps(review: RapidReview, acting: Membership) -> list[Step]:
    """What this person can do about the requests from the case's own page."""
    if not review.is_open or not can(acting, Permission.REQUEST_INFORMATION):
        return []
    counts = counts_of(review)
    if counts.get(S.DRAFT):
        return [Step("Issue the information requests", reverse("case_requests_issue", args=[review.case_id]))]
    label = "Ask further agencies" if counts else "Ask the agencies for information"
    return [Step(label, reverse("case_requests_ask", args=[review.case_id]), (), bool(counts))]
