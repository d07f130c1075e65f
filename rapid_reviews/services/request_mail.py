"""Whom the steps of a request are told to: an agency's leads and its contributor, a guest, the asking unit."""

from datetime import date

from cspr.dispatch.services import post
from cspr.people.models import Membership
from cspr.people.selectors import unit_of
from rapid_reviews.models import InformationRequest
from rapid_reviews.phrases_requests import REQUEST_WAITS
from rapid_reviews.selectors.requests import leads_of
from rapid_reviews.services.guests import standing_links, tell_guest


def tell_of_request(request: InformationRequest, *, until: date, by: Membership) -> None:
    """Tell the agency's leads of a request."""
    for one in leads_of(request.agency, request.case):
        tell_member(request, to=one, what=REQUEST_WAITS, until=until, by=by)


def tell_agency(request: InformationRequest, *, what: str, by: Membership, until: date | None = None) -> None:
    """Tell everybody at the agency who has to do with a request, each once; a guest by the link they were given."""
    if request.is_guest:
        for link in standing_links(request):
            tell_guest(link, what=what, until=until, by=by)
        return
    people = {one.user_id: one for one in leads_of(request.agency, request.case)}
    if request.contributor is not None and request.contributor.is_current:
        people.setdefault(request.contributor.user_id, request.contributor)
    for one in people.values():
        tell_member(request, to=one, what=what, until=until, by=by)


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
