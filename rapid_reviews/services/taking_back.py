"""A material change takes the signatures back, saying what changed; what was signed stays readable. Rule 6.5."""

from django.urls import reverse

from cspr.audit.recording import recorded
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.decisions import services as decisions
from cspr.decisions.models import Decision, DecisionStatus
from cspr.decisions.reopening import take_back_settled
from cspr.dispatch import services as dispatch
from cspr.engine import apply
from cspr.now import now
from cspr.people.models import Membership
from cspr.workflow import Refused, Transition
from rapid_reviews import phrases_review as phrases
from rapid_reviews.models import Escalation, RapidReview
from rapid_reviews.options.review import EscalationOutcome
from rapid_reviews.selectors import review as reviews
from rapid_reviews.selectors import signing
from rapid_reviews.services.review_told import no_longer_told
from rapid_reviews.workflow.review import NOT_PUT, TAKE_BACK


@recorded
def take_back(review: RapidReview, *, by: Membership, reason: str) -> RapidReview:
    """Take the review back from the partners, with a reason, to go on preparing it."""
    locked = reviews.locked(review)
    if not reviews.reaches(locked.case, by):
        raise Refused(NOT_OPEN_TO_YOU)
    return leave_the_partners(locked, TAKE_BACK, by=by, reason=reason)


@recorded
def leave_the_partners(
    locked: RapidReview, transition: Transition, *, by: Membership, reason: str
) -> RapidReview:
    """Take the version before the partners back, end its escalation, and tell every partner who had signed it.

    ``locked`` is the review, locked by the caller. The engine refuses where the step is not lawful now.
    """
    decision = signing.locked_version(locked.case)
    done = apply(locked, transition, by=by, reason=reason, changes={**NOT_PUT, "_history_user": by.user})
    if decision is not None:
        signed = [one.given_by for one in decision.sign_offs.select_related("given_by__user")]
        if decision.status == DecisionStatus.OPEN:
            decisions.take_back(decision, by=by, reason=reason)
        elif decision.status == DecisionStatus.SETTLED:
            take_back_settled(decision, by=by, reason=reason)
            no_longer_told(done, by=by, reason=reason)
        _end_escalation(decision, by=by, reason=reason)
        _tell(locked, signed, by=by)
    return done


def _end_escalation(decision: Decision, *, by: Membership, reason: str) -> None:
    standing = Escalation.objects.filter(decision=decision, outcome="").first()
    if standing is not None:
        standing.outcome, standing.reason = EscalationOutcome.ENDED, reason
        standing.decided_at, standing.decided_by = now(), by
        standing.save()


def _tell(review: RapidReview, signed: list[Membership], *, by: Membership) -> None:
    for partner in signed:
        if partner.user_id != by.user_id:
            dispatch.post(
                to=partner,
                subject=phrases.SIGNATURES_TAKEN_BACK,
                reference=review.case.reference,
                link=reverse("rapid_review", args=[review.case_id]),
                by=by,
                about=review.case,
            )


@recorded
def changed(locked: RapidReview, *, what: str, by: Membership) -> RapidReview:
    """After something was written: where the partners had it already, their signatures are taken back. Names what."""
    if locked.status not in TAKE_BACK.from_:
        return locked
    return leave_the_partners(locked, TAKE_BACK, by=by, reason=f"Changed: {what}")
