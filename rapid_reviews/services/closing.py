"""Close a review that was found not to meet the criteria after all, with the Panel's correspondence. Rule 4.7."""

from typing import Any

from django.core.files.base import File

from cspr.audit.recording import recorded
from cspr.documents import services as documents
from cspr.engine import apply
from cspr.people.models import Membership
from cspr.workflow import Refused, refusals
from rapid_reviews.models import Closing, RapidReview
from rapid_reviews.options.review import ReviewStatus
from rapid_reviews.selectors import review as reviews
from rapid_reviews.services.requests import withdraw_waiting
from rapid_reviews.services.sending import stream_of
from rapid_reviews.services.taking_back import changed
from rapid_reviews.workflow.sending import CLOSE_NOT_MEETING

CLOSED = "The rapid review was closed, so nothing more is asked of your agency."
"""What the agencies read; the reason of the closing is not theirs."""


@recorded
def close_not_meeting(
    review: RapidReview, *, reason: str, correspondence: "File[Any] | None", by: Membership
) -> RapidReview:
    """Close it as not meeting the criteria: signatures are taken back, C5 ends, requests not answered are withdrawn."""
    locked = reviews.locked(review)
    if not reviews.reaches(locked.case, by):
        raise Refused(reviews.NOT_OPEN_TO_YOU)
    if locked.status == ReviewStatus.CLOSED_NOT_MEETING:
        return apply(locked, CLOSE_NOT_MEETING, by=by)
    sentences = refusals(locked, CLOSE_NOT_MEETING, by)
    if sentences:
        raise Refused(*sentences)
    wrong = {}
    if not reason.strip():
        wrong["reason"] = "Enter the reason"
    if correspondence is None:
        wrong["correspondence"] = "Select the Panel’s correspondence"
    if wrong:
        raise Refused(fields=wrong)
    document = documents.attach(
        locked.case, stream=stream_of(locked), upload=correspondence, kind="panel_letter", by=by,  # type: ignore[arg-type]
        title="Correspondence with the Panel on closing", field="correspondence",
    )  # fmt: skip
    standing = changed(locked, what="found not to meet the criteria", by=by)

    def close(closed: RapidReview) -> None:
        Closing(
            review=closed, reason=reason, correspondence=document, closed_at=closed.closed_at, closed_by=by
        ).save(force_insert=True)

    done = apply(
        standing, CLOSE_NOT_MEETING, by=by, reason=reason, write=close, changes={"_history_user": by.user}
    )
    withdraw_waiting(done, reason=CLOSED, by=by)
    return done
