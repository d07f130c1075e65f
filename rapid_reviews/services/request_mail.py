"""Whom the steps of a request are told to: an agency's leads and its contributor, a guest, the asking unit."""

from datetime import date

from cspr.deadlines.owners import Reminded
from cspr.dispatch.services import post
from cspr.people.models import Membership
from cspr.people.selectors import unit_of
from rapid_reviews.models import InformationRequest
from rapid_reviews.options.requests import GuestPurpose, RequestStatus
from rapid_reviews.phrases_requests import REQUEST_WAITS, REQUEST_WITHDRAWN
from rapid_reviews.selectors.requests import leads_of
from rapid_reviews.services.guests import address_of, open_links, reach_author, tell_guest


def who_has_it(request: InformationRequest) -> list[Reminded]:
    """Whom the next step lies with: the agency's leads and its contributor; to sign off, the leads; a guest by link."""
    answered = request.status == RequestStatus.ANSWERED
    if request.is_guest:
        purpose = GuestPurpose.SIGN_OFF if answered else GuestPurpose.ANSWER
        links = [one for one in open_links(request) if one.purpose == purpose]
        return [Reminded(one.membership, address_of(one), email=one.email) for one in links]
    people = leads_of(request.agency, request.case)
    contributor = request.contributor
    if not answered and contributor is not None and contributor.is_current and contributor not in people:
        people.append(contributor)
    return [Reminded(one, f"/requests/{request.pk}/") for one in people]


def tell_of_request(request: InformationRequest, *, until: date, by: Membership) -> None:
    """Tell the agency's leads of a request."""
    for one in leads_of(request.agency, request.case):
        tell_member(request, to=one, what=REQUEST_WAITS, until=until, by=by)


def tell_agency(request: InformationRequest, *, what: str, by: Membership, until: date | None = None) -> None:
    """Tell everybody at the agency who has to do with a request, each once; a guest by the link they were given."""
    if request.is_guest:
        reach_author(request, what=what, until=until, by=by)
        return
    people = {one.user_id: one for one in leads_of(request.agency, request.case)}
    if request.contributor is not None and request.contributor.is_current:
        people.setdefault(request.contributor.user_id, request.contributor)
    for one in people.values():
        tell_member(request, to=one, what=what, until=until, by=by)


def tell_withdrawn(request: InformationRequest, *, by: Membership) -> None:
    """Tell the agency that a request was withdrawn; guests without the link, which opens nothing any more."""
    if not request.is_guest:
        tell_agency(request, what=REQUEST_WITHDRAWN, by=by)
        return
    for link in open_links(request):
        tell_guest(link, what=REQUEST_WITHDRAWN, by=by, ended=True)


def tell_member(
    request: InformationRequest, *, to: Membership, what: str, by: Membership, until: date | None = None
) -> None:
    """Tell one person with an account; whoever acts is not told of their own act."""
    if to.user_id == by.user_id:
        return
    link = f"/requests/{request.pk}/"
    case = request.case
    post(to=to, subject=what, reference=case.reference, link=link, until=until, by=by, about=case)


def tell_unit(request: InformationRequest, *, what: str, by: Membership) -> None:
    """Tell who issued the request; where they left, the unit."""
    asker = request.issued_by
    people = [asker] if asker is not None and asker.is_current else unit_of(request.case.partnership)
    case = request.case
    link = f"/cases/{case.pk}/rapid-review/requests/{request.pk}/"
    for one in people:
        post(to=one, subject=what, reference=case.reference, link=link, by=by, about=case)
