"""What a wall leaves undone in a rapid review: a request that somebody was writing goes back to their agency's lead."""

from cspr.audit.recording import recorded
from cspr.cases.models import Case
from cspr.people.models import Membership, User
from rapid_reviews.models import InformationRequest
from rapid_reviews.phrases_requests import REQUEST_WITHOUT_AUTHOR
from rapid_reviews.selectors.requests import leads_of
from rapid_reviews.services.request_mail import tell_member
from rapid_reviews.services.returns import record_of_return
from rapid_reviews.services.review import keep


@recorded
def give_back_requests(case: Case, *, user: User, by: Membership) -> None:
    """Nobody is named as writing what they can no longer open; the leads are told so, and not why (roles.md)."""
    rows = InformationRequest.objects.select_for_update(of=("self",)).select_related(
        "agency", "case__partnership"
    )
    for row in rows.filter(case=case, contributor__user=user).order_by("pk"):
        if not row.is_waiting:
            continue
        row.contributor, row.assigned_at, row.assigned_by = None, None, None
        row.advance(None)
        keep(row, by=by)
        record_of_return("unassigned", row, by=by, name=user.full_name)
        for lead in leads_of(row.agency, row.case):
            tell_member(row, to=lead, what=REQUEST_WITHOUT_AUTHOR, by=by)
