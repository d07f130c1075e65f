"""Verbs of signing: put to the partners, sign for one's own partner, complete, decide again. Rules 6.5 and 7.1.

Each locks the review first, then the version: two at one second come one after the other.
"""

from django.urls import reverse

from cspr.audit.recording import recorded
from cspr.cases.reach import NOT_OPEN_TO_YOU
from cspr.decisions import services as decisions
from cspr.decisions.models import Answer, Decision, DecisionStatus, Question, SignOff
from cspr.dispatch import services as dispatch
from cspr.engine import apply
from cspr.govuk.dates import long_moment
from cspr.now import now
from cspr.people.models import Membership
from cspr.people.selectors import partners_of, unit_of
from cspr.permissions import can
from cspr.workflow import Refused, refusals
from rapid_reviews import phrases_review as phrases
from rapid_reviews.models import Papers, Proposal, RapidReview
from rapid_reviews.selectors import papers as content
from rapid_reviews.selectors import review as reviews
from rapid_reviews.selectors import signing
from rapid_reviews.services.escalating import escalate
from rapid_reviews.services.review import keep
from rapid_reviews.services.review_told import no_longer_told, tell_what_was_decided
from rapid_reviews.workflow.content import current_proposal
from rapid_reviews.workflow.review import (
    COMPLETE_SIGNING,
    GATHERING,
    NOT_PUT,
    PUT_TO_PARTNERS,
    REDECIDE,
    SIGN,
    WITH_PARTNERS,
)
from rapid_reviews.workflow.signing import all_agree, answers_that_count, goes_to_the_leads

PREPARED = "You prepared this review, so somebody else has to sign for your partner."
NOTHING_OPEN = "The review is not before the partners now. The page of the rapid review says where it stands."
READ_AGAIN = "The review changed after you opened this page. Read what changed, then sign."


@recorded
def put_to_partners(review: RapidReview, *, by: Membership) -> RapidReview:
    """Ask the three partners to sign, with everything frozen as it stands, its hash, and what changed since last time.

    Raises Refused while a required section, a criterion or the decision is missing.
    """
    locked = reviews.locked(review)
    if not reviews.reaches(locked.case, by):
        raise Refused(NOT_OPEN_TO_YOU)
    if locked.status == WITH_PARTNERS:
        return apply(locked, PUT_TO_PARTNERS, by=by)
    sentences = refusals(locked, PUT_TO_PARTNERS, by)
    if sentences:
        raise Refused(*sentences)
    before, papers = signing.latest_version(locked.case), content.papers_of(locked)
    sha256 = content.hash_of(papers)

    def ask(asked: RapidReview) -> None:
        decision = decisions.ask(
            asked.case,
            question=Question.RAPID_REVIEW,
            by=by,
            proposal=content.proposal_of(locked),
            papers=papers,
        )
        Papers(
            review=asked,
            decision=decision,
            proposal=current_proposal(locked),
            sha256=sha256,
            changed=content.what_changed(before.papers, papers) if before else [],
        ).save(force_insert=True)
        _tell_partners(asked, by=by)

    detail = {"version": before.version + 1 if before else 1, "sha256": sha256}
    return apply(locked, PUT_TO_PARTNERS, by=by, write=ask, detail=detail, changes={"_history_user": by.user})


def _tell_partners(review: RapidReview, *, by: Membership) -> None:
    for partner in partners_of(review.case.partnership):
        if partner.user_id != by.user_id:
            dispatch.post(
                to=partner,
                subject=phrases.SIGNATURE_ASKED,
                reference=review.case.reference,
                link=reverse("rapid_review_sign", args=[review.case_id]),
                until=signing.due_on(review.case),
                by=by,
                about=review.case,
            )


def sign_refusals(
    review: RapidReview, by: Membership, *, opened: signing.VersionTo | None = None
) -> list[str]:
    """Why this person cannot sign now, as sentences: the page and the verb ask here.

    ``opened`` is the version last put, read by a page that found the case by what this person may open.
    """
    if opened is None and not reviews.reaches(review.case, by):
        return [NOT_OPEN_TO_YOU]
    sentences = refusals(review, SIGN, by)
    if sentences:
        away = can(by, SIGN.permission) and review.status not in SIGN.from_
        return [NOTHING_OPEN] if away else sentences
    if signing.prepared(review, by.user_id):
        return [PREPARED]
    version = opened or signing.version_to(by, review.case)
    if version is None:
        return [NOTHING_OPEN]
    if version.own_signature and version.is_open:
        signed = signing.signature(version.own_signature)
        return [f"{signed.given_by} signed this version on {long_moment(signed.given_at)}."]
    refusal = decisions.answer_refusal(
        by,
        asked_by_user=version.asked_by_user,
        answered_for=version.answered_for,
        is_open=version.is_open,
    )
    return [refusal] if refusal else []


@recorded
def sign(
    review: RapidReview, *, by: Membership, answer: Answer, reason: str, version: int | None = None
) -> SignOff:
    """Give one's own partner's signature on the version last put: agree, disagree or cannot take part (6.5).

    The third that agrees completes the signing. One that does not escalates to the lead safeguarding partners; the
    others may still sign. ``version`` is the one that was read. Twice the same by one person is one signature; raises
    AlreadyDone when the partner has signed otherwise or by a colleague, Refused for anybody else.
    """
    locked = reviews.locked(review)
    decision = signing.locked_version(locked.case)
    reviews.hold_walls(locked.case)
    if _has_signed(decision, locked, by) and version in (None, decision.version):  # type: ignore[union-attr]
        return decisions.give_view(decision, by=by, answer=answer, reason=reason)  # type: ignore[arg-type]
    sentences = sign_refusals(locked, by)
    if sentences or decision is None:
        raise Refused(*(sentences or [NOTHING_OPEN]))
    if version is not None and version != decision.version:
        raise Refused(READ_AGAIN)
    signed = decisions.give_view(decision, by=by, answer=answer, reason=reason)
    if all_agree(answers_that_count(decision)):
        _complete(locked, decision, by=by)
    elif goes_to_the_leads(answer):
        escalate(locked, decision, signed, by=by)
    return signed


def _has_signed(decision: Decision | None, review: RapidReview, by: Membership) -> bool:
    """Whether this person's partner has answered the version that stands, and they may know of it."""
    if (
        decision is None
        or decision.status == DecisionStatus.TAKEN_BACK
        or not reviews.reaches(review.case, by)
    ):
        return False
    own = can(by, SIGN.permission) and by.partnership_id == review.case.partnership_id
    return own and signing.own_signature(decision, by) is not None


def _complete(locked: RapidReview, decision: Decision, *, by: Membership) -> None:
    proposal = current_proposal(locked)
    rationale = proposal.rationale if proposal else decision.proposal
    decisions.settle(decision, by=by, outcome=Answer.YES, rationale=rationale)
    changes = {"family_to_tell": True, "_history_user": by.user}
    done = apply(locked, COMPLETE_SIGNING, by=by, changes=changes)
    tell_what_was_decided(done, at=now(), by=by)
    tell_unit(locked, phrases.ALL_SIGNED, by=by)


def tell_unit(review: RapidReview, words: str, *, by: Membership) -> None:
    """One mail to each of the unit's people: that something waits, nothing of what it says."""
    for one in unit_of(review.case.partnership):
        dispatch.post(
            to=one,
            subject=words,
            reference=review.case.reference,
            link=reverse("rapid_review", args=[review.case_id]),
            until=signing.due_on(review.case),
            by=by,
            about=review.case,
        )


@recorded
def redecide(review: RapidReview, *, by: Membership, reason: str) -> RapidReview:
    """Open the decision again because the Panel asks to reconsider (7.1): a new version beside the first.

    What was signed and sent stays as it is; the review goes back to the unit, and to the partners again after that.
    """
    locked = reviews.locked(review)
    last = current_proposal(locked)

    def begin(opened: RapidReview) -> None:
        version = last.version + 1 if last else 1
        again = Proposal(review=opened, version=version, why_again=reason, created_at=now())
        keep(again, by=by, force_insert=True)

    changes = {**NOT_PUT, "_history_user": by.user}
    again = locked.status == GATHERING
    done = apply(locked, REDECIDE, by=by, reason=reason, changes=changes, write=begin)
    if not again:
        no_longer_told(done, by=by, reason=reason)
    return done
