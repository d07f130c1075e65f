"""Pages of signing: put to the partners, take back, sign, decide a disagreement, comment. Rule 6.5."""

from typing import Any

from django.http import HttpResponse

from cspr.decisions.commenting import comment
from cspr.govuk.forms import ButtonForm
from cspr.people.models import Partner
from cspr.permissions import Permission
from rapid_reviews.forms.signing import CommentForm, LeadAnswerForm, ReasonForm, SignForm
from rapid_reviews.presenters.papers import changes_shown, parts_shown, since_asked
from rapid_reviews.presenters.signing import absent_leads, escalation_shown, shown
from rapid_reviews.selectors.papers import papers_of, proposal_of
from rapid_reviews.selectors.signing import (
    escalations,
    find_version,
    latest_version,
    open_escalation,
    version_before,
)
from rapid_reviews.services.escalating import answer_escalation, answer_refusals
from rapid_reviews.services.signing import put_to_partners, sign, sign_refusals
from rapid_reviews.services.taking_back import take_back
from rapid_reviews.views.review.base import OfAVersion, ReviewQuestion
from rapid_reviews.workflow import review as table
from rapid_reviews.workflow.content import missing_before_signing


class PutToPartners(ReviewQuestion):
    """Ask the three partners to sign, with everything as they will see it and what changed since last time."""

    permission = table.PUT_TO_PARTNERS.permission
    transition = table.PUT_TO_PARTNERS
    form_class = ButtonForm
    template_name = "rapid_reviews/review/put_to_partners.html"
    title = "Put the rapid review to the three partners"
    button = table.PUT_TO_PARTNERS.label

    def context(self) -> dict[str, Any]:
        papers, before = papers_of(self.review), latest_version(self.case)
        return {
            **super().context(),
            "missing": missing_before_signing(self.review),
            "proposal": proposal_of(self.review),
            "parts": parts_shown(papers),
            "changes": changes_shown(before.papers, papers) if before else [],
        }

    def save(self, form: Any) -> str:
        put_to_partners(self.review, by=self.acting)
        return self.own_url()


class TakeBack(ReviewQuestion):
    permission = table.TAKE_BACK.permission
    transition = table.TAKE_BACK
    form_class = ReasonForm
    title = "Take the rapid review back from the partners"
    button = table.TAKE_BACK.label

    def save(self, form: Any) -> str:
        take_back(self.review, by=self.acting, reason=form.cleaned_data["reason"])
        return self.own_url()


class Sign(ReviewQuestion):
    """One's own partner's signature on the version that is read here. Who cannot sign is told why."""

    permission = table.SIGN.permission
    transition = table.SIGN
    form_class = SignForm
    template_name = "rapid_reviews/review/sign.html"
    title = "Sign the rapid review"
    button = "Sign"

    def context(self) -> dict[str, Any]:
        latest = latest_version(self.case)
        before = version_before(latest) if latest else None
        version = shown(latest, self.acting, may_sign=False, before=before) if latest else None
        partner = Partner(self.acting.partner).label if self.acting.partner else ""
        return {
            **super().context(),
            "version": version,
            "since": since_asked(self.review, latest)
            if latest and self.review.status == table.WITH_PARTNERS
            else [],
            "for_partner": partner,
            "acting": self.acting,
        }

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        more.setdefault("refusals", sign_refusals(self.review, self.acting))
        return super().show_form(form, **more)

    def version_read(self) -> int:
        """The version on the page that was sent; 0, which none is, where it does not say."""
        given = self.request.POST.get("version", "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        sign(
            self.review,
            by=self.acting,
            answer=given["answer"],
            reason=given["reason"],
            version=self.version_read(),
        )
        return self.saved()


class AnswerEscalation(ReviewQuestion):
    """A lead partner's answer to a disagreement, with the version and its dissent in sight."""

    permission = table.ANSWER_ESCALATION.permission
    transition = table.ANSWER_ESCALATION
    template_name = "rapid_reviews/review/escalation.html"
    title = "Decide on the disagreement"
    button = "Record this decision"

    def context(self) -> dict[str, Any]:
        last = escalations(self.review).first()
        found = find_version(self.case, last.decision_id) if last else None
        return {
            **super().context(),
            "version": shown(found, self.acting, may_sign=False) if found else None,
            "escalation": escalation_shown(last) if last else None,
        }

    def form(self, **kwargs: Any) -> LeadAnswerForm:
        standing = open_escalation(self.review)
        return LeadAnswerForm(absent=absent_leads(self.review, standing) if standing else "", **kwargs)

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        more.setdefault("refusals", answer_refusals(self.review, self.acting))
        return super().show_form(form, **more)

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        answer_escalation(
            self.review,
            by=self.acting,
            answer=given["answer"],
            reason=given["reason"],
            without_reason=given.get("without_reason", ""),
        )
        return self.saved()


class CommentOnVersion(OfAVersion, ReviewQuestion):
    """The independent scrutineer's comment on a version."""

    permission = Permission.COMMENT_ON_DECISION
    form_class = CommentForm
    template_name = "rapid_reviews/review/comment.html"
    title = "Comment on the decision"
    button = "Save the comment"

    def context(self) -> dict[str, Any]:
        return {**super().context(), "version": shown(self.version, self.acting, may_sign=False)}

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        more.setdefault("refusals", [])
        return super().show_form(form, **more)

    def save(self, form: Any) -> str:
        comment(self.version, by=self.acting, text=form.cleaned_data["text"])
        return self.saved()
