"""Whose act C6 waits for, whose files a return's are, what the review's section on agencies knows of the requests."""

from collections.abc import Iterable
from typing import Any

from cspr.deadlines.models import Deadline
from cspr.deadlines.owners import Reminded
from cspr.govuk.words import inside_sentence
from rapid_reviews.models import InformationRequest, RapidReview
from rapid_reviews.options.requests import RefusalGround
from rapid_reviews.selectors.requests import readable_returns, request_of_clock, requests_of
from rapid_reviews.services.request_mail import who_has_it


def owners_of_return(deadline: Deadline) -> list[Reminded]:
    """Whoever the return lies with at the agency; nobody where the request is gone or its guest link has ended."""
    request = request_of_clock(deadline)
    return who_has_it(request) if request is not None else []


def returns_open_to(acting: Any) -> Any:
    """The ids of the versions whose files a capacity may open, as a subquery."""
    return readable_returns(acting).values("pk")


def asked_and_answered(review: RapidReview) -> Iterable[list[str]]:
    """For the review's section on agencies: who was asked, and where each return stands."""
    return [[f"Asked: {one.agency.name}", _standing(one)] for one in requests_of(review) if one.issued_at]


def _standing(request: InformationRequest) -> str:
    """Where a request stands; a refusal with its ground."""
    if not request.is_refused:
        return str(request.get_status_display())
    return f"{request.get_status_display()}: {inside_sentence(RefusalGround(request.refusal_ground).label)}"
