"""Opening a rapid review. Rules 5.1 and 6.2."""

from datetime import datetime
from typing import Any

from cspr.audit.recording import record, recorded
from cspr.models import Controlled
from cspr.now import now
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import Refused
from notifications.models import Notification
from rapid_reviews.models import CriterionAnswer, Proposal, RapidReview, Section
from rapid_reviews.workflow.content import CRITERIA
from rapid_reviews.workflow.review import why_no_review
from rapid_reviews.workflow.sections import SECTIONS


def keep(row: Controlled, *, by: Membership, **save: Any) -> None:
    """Save a row with its author in the field history."""
    row._history_user = by.user  # type: ignore[attr-defined]
    row.save(**save)


def open_if_required(notification: Notification, *, by: Membership, at: datetime) -> RapidReview | None:
    """What follows a notification recorded as sent: a rapid review where its route has one (4.4), else nothing."""
    return None if why_no_review(notification) else open_review(notification, by=by, at=at)


@recorded
def open_review(notification: Notification, *, by: Membership, at: datetime | None = None) -> RapidReview:
    """Open the rapid review that a notification by route A asks for, with every section and criterion to be answered.

    Opened twice it is one review. Raises Refused without a notification sent (6.2), or on a route that has none (4.4).
    """
    if not can(by, Permission.RECORD_SENT):
        raise Refused(f"This is not yours to do: it needs {Permission.RECORD_SENT.whose}.")
    locked = (
        Notification.objects.select_for_update(of=("self",)).select_related("case").get(pk=notification.pk)
    )
    standing = RapidReview.objects.filter(case=locked.case).first()
    if standing is not None:
        return standing
    refusal = why_no_review(locked)
    if refusal:
        raise Refused(refusal)
    moment = at or now()
    review = RapidReview(
        case=locked.case,
        partnership_id=locked.case.partnership_id,
        notification=locked,
        opened_at=moment,
        opened_by=by,
    )
    keep(review, by=by, force_insert=True)
    for section in SECTIONS:
        keep(Section(review=review, key=section.key), by=by, force_insert=True)
    for criterion in CRITERIA:
        keep(CriterionAnswer(review=review, key=criterion.what), by=by, force_insert=True)
    keep(Proposal(review=review, version=1, created_at=moment), by=by, force_insert=True)
    detail = {"system_reference": locked.system_reference}
    record("rapidreview.opened", by=by, subject=review, case=review.case, detail=detail)
    return review
