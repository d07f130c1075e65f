"""Pages to read a rapid review: where it stands, what it says now, one version as the partners had it."""

from typing import Any

from cspr.permissions import Permission, can
from rapid_reviews.presenters.papers import parts_shown, since_asked
from rapid_reviews.presenters.review import standing_rows, task_list
from rapid_reviews.presenters.sending import closings_shown
from rapid_reviews.presenters.signing import escalation_shown, shown, shown_all
from rapid_reviews.selectors.papers import papers_of
from rapid_reviews.selectors.signing import escalations, version_before, versions
from rapid_reviews.services.signing import sign_refusals
from rapid_reviews.views.review.base import OfAVersion, ReviewPage
from rapid_reviews.workflow.content import missing_before_signing
from rapid_reviews.workflow.review import GATHERING, TAKE_BACK


class OneReview(ReviewPage):
    """The task list, the signatures of every version, the escalations."""

    permission = Permission.SEE_CASES
    template_name = "rapid_reviews/review/review.html"
    title = "Rapid review"

    def context(self) -> dict[str, Any]:
        may_sign = not sign_refusals(self.review, self.acting)
        prepares = can(self.acting, Permission.PREPARE_REVIEW)
        decisions = list(versions(self.case))
        put = self.review.status in TAKE_BACK.from_
        return {
            **super().context(),
            "parts": task_list(self.review, self.acting) if prepares and self.review.is_open else [],
            "missing": missing_before_signing(self.review) if prepares and self.review.is_open else [],
            "standing": standing_rows(self.review),
            "versions": shown_all(decisions, self.acting, may_sign=may_sign),
            "since": since_asked(self.review, decisions[0]) if put and decisions else [],
            "escalations": [escalation_shown(one) for one in escalations(self.review)],
            "prepares": prepares,
            "being_written": self.review.status == GATHERING,
            "closings": closings_shown(self.review),
            "may_read_draft": can(self.acting, Permission.SEE_DRAFT),
            "may_comment": can(self.acting, Permission.COMMENT_ON_DECISION),
        }


class ReadReview(ReviewPage):
    """What the review says now, as the partners would have it. Not the scrutineer's, who reads what is decided."""

    permission = Permission.SEE_DRAFT
    template_name = "rapid_reviews/review/read.html"
    title = "The rapid review as it stands now"

    def context(self) -> dict[str, Any]:
        return {**super().context(), "parts": parts_shown(papers_of(self.review))}


class OneVersion(OfAVersion, ReviewPage):
    """One version as it was put to the partners, frozen."""

    permission = Permission.SEE_CASES
    template_name = "rapid_reviews/review/version.html"
    title = "The rapid review as it was put to the partners"

    def context(self) -> dict[str, Any]:
        before = version_before(self.version)
        version = shown(self.version, self.acting, may_sign=False, before=before)
        return {**super().context(), "version": version}
