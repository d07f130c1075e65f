"""The chase: the business unit reminds an agency now, beside the reminders of C6. Once a day; it stops on return."""

from cspr.audit.recording import record, recorded
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.dispatch.services import post
from cspr.now import london_day, now, today
from cspr.people.models import Membership
from cspr.workflow import Refused, refusals
from rapid_reviews.models import InformationRequest, RapidReview
from rapid_reviews.options.requests import RequestStatus
from rapid_reviews.phrases_requests import REQUEST_CHASED, SIGN_OFF_CHASED
from rapid_reviews.selectors.requests import due_of, locked_request, requests_of
from rapid_reviews.selectors.review import reaches
from rapid_reviews.services.request_mail import who_has_it
from rapid_reviews.services.review import keep
from rapid_reviews.workflow.requests import CHASE

NOBODY = "Nobody there can be reached now. Give somebody the role of agency lead, or send a new link."
NOBODY_TO_CHASE = "There is nobody to chase now."


@recorded
def chase(request: InformationRequest, *, by: Membership) -> InformationRequest:
    """Remind whoever the request lies with. Pressed twice they are told once; Refused where nobody can be reached."""
    row = locked_request(request)
    if row.chased_at is not None and row.chased_by == by and london_day(row.chased_at) == today():
        return row
    sentences = refusals(row, CHASE, by)
    if sentences or not reaches(row.case, by):
        raise Refused(*(sentences or [NOT_OPEN_TO_YOU]))
    if not _remind(row, by=by):
        raise Refused(NOBODY)
    row.chased_at, row.chased_by = now(), by
    keep(row, by=by)
    record("informationrequest.chased", by=by, subject=row, case=row.case, detail={"agency": row.agency.name})
    return row


@recorded
def chase_all(review: RapidReview, *, by: Membership) -> int:
    """Chase every agency of a review that has not answered and can be chased now; answers how many."""
    done = 0
    for one in requests_of(review):
        if refusals(one, CHASE, by):
            continue
        try:
            chase(one, by=by)
        except Refused as refused:
            if refused.sentences != [NOBODY]:
                raise
        else:
            done += 1
    if not done:
        raise Refused(NOBODY_TO_CHASE)
    return done


def _remind(row: InformationRequest, *, by: Membership) -> int:
    """Post one mail to each person the request lies with; answers to how many."""
    until = due_of(row)
    what = SIGN_OFF_CHASED if row.status == RequestStatus.ANSWERED else REQUEST_CHASED
    sent = [
        post(
            to=one.email or one.to, subject=what, reference=row.case.reference, link=one.link, until=until, by=by,
            about=row.case,
        )
        for one in who_has_it(row)
    ]  # fmt: skip
    return sum(message is not None for message in sent)
