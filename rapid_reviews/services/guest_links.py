"""The unit's verbs on a guest link: sent anew, to the same person or another, and ended (roles.md, guests)."""

from cspr.audit.recording import recorded
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.people.models import Membership
from cspr.workflow import Refused, Transition, refusals
from rapid_reviews.models import GuestLink, InformationRequest
from rapid_reviews.options.requests import GuestPurpose
from rapid_reviews.phrases_requests import REQUEST_TO_DECIDE
from rapid_reviews.selectors.requests import due_of, locked_request
from rapid_reviews.selectors.review import reaches
from rapid_reviews.services.guests import make_link, refuse_second, revoke_links
from rapid_reviews.services.returns import open_version
from rapid_reviews.workflow.requests import END_LINK, SEND_LINK

NOT_A_GUEST = "Your agency has accounts: its lead can refuse the request."


@recorded
def send_link(request: InformationRequest, *, name: str, email: str, by: Membership) -> GuestLink:
    """Send whoever the request lies with a new link; the earlier one ends at once.

    That is who writes the return; once it is written, the second person who signs it off.
    """
    row = _allowed(request, SEND_LINK, by=by)
    purpose = GuestPurpose.ANSWER if row.is_with_agency else GuestPurpose.SIGN_OFF
    if purpose == GuestPurpose.SIGN_OFF:
        refuse_second(row, email=email)
    else:
        row.guest_name, row.guest_email = name, email.strip().lower()
    return make_link(row, purpose=purpose, name=name, email=email.strip(), until=due_of(row), by=by)


@recorded
def bring_in(request: InformationRequest, *, name: str, email: str, by: Membership) -> GuestLink:
    """A guest brings in who decides for their organisation before anything is sent: only they can refuse."""
    row, _ = open_version(request, by=by)
    if not row.is_guest:
        raise Refused(NOT_A_GUEST)
    refuse_second(row, email=email)
    purpose, due = GuestPurpose.SIGN_OFF, due_of(row)
    return make_link(row, purpose=purpose, name=name, email=email, until=due, by=by, what=REQUEST_TO_DECIDE)


@recorded
def end_links(request: InformationRequest, *, by: Membership) -> None:
    """End every link of a request at once: a message that went astray opens nothing any more."""
    revoke_links(_allowed(request, END_LINK, by=by), by=by)


def _allowed(request: InformationRequest, step: Transition, *, by: Membership) -> InformationRequest:
    """The row, locked, for somebody who may take this step on it now. Raises Refused."""
    row = locked_request(request)
    sentences = refusals(row, step, by)
    if sentences or not reaches(row.case, by):
        raise Refused(*(sentences or [NOT_OPEN_TO_YOU]))
    return row
