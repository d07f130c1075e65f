"""Whose act C6 waits for, whose files a return's are, what the review's section on agencies knows of the requests."""

from collections.abc import Iterable
from typing import Any

from cspr.deadlines.models import Deadline
from cspr.deadlines.owners import Reminded
from rapid_reviews.models import InformationRequest, RapidReview
from rapid_reviews.options.requests import GuestPurpose, RequestStatus
from rapid_reviews.selectors.requests import leads_of, readable_returns, request_of_clock, requests_of
from rapid_reviews.services.guests import address_of, standing_links


def owners_of_return(deadline: Deadline) -> list[Reminded]:
    """The agency's leads and its contributor; for a guest, whoever the return lies with."""
    request = request_of_clock(deadline)
    if request is None:
        return []
    answered = request.status == RequestStatus.ANSWERED
    if request.is_guest:
        purpose = GuestPurpose.SIGN_OFF if answered else GuestPurpose.ANSWER
        links = [one for one in standing_links(request) if one.purpose == purpose]
        return [Reminded(one.membership, address_of(one), email=one.email) for one in links]
    return [Reminded(one, f"/requests/{request.pk}/") for one in _people(request, answered=answered)]


def _people(request: InformationRequest, *, answered: bool) -> list[Any]:
    people = leads_of(request.agency, request.case)
    contributor = request.contributor
    if not answered and contributor is not None and contributor.is_current and contributor not in people:
        people.append(contributor)
    return people


def returns_open_to(acting: Any) -> Any:
    """The ids of the versions whose files a capacity may open, as a subquery."""
    return readable_returns(acting).values("pk")


def asked_and_answered(review: RapidReview) -> Iterable[list[str]]:
    """For the review's section on agencies: who was asked, and where each return stands."""
    return [
        [f"Asked: {one.agency.name}", one.get_status_display()]
        for one in requests_of(review)
        if one.issued_at
    ]
