"""Pages of a national review the Panel holds: what is recorded, what is not yet, and each entry. Rule 7.2."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cspr.permissions import Permission
from rapid_reviews.forms.national import ConsideredForm, ScopeForm, SecretaryToldForm
from rapid_reviews.presenters.national import ShownNational, national_shown
from rapid_reviews.selectors.national import considered, national_letters
from rapid_reviews.selectors.sending import holds_a_national_review
from rapid_reviews.services.national import (
    record_national_considered,
    record_national_scope,
    record_secretary_told,
)
from rapid_reviews.views.review.base import ReviewPage, ReviewQuestion
from rapid_reviews.workflow import national as table


class OfANationalReview(ReviewPage):
    """Nothing is found where the Panel has not answered that it will hold one."""

    def find(self) -> None:
        super().find()
        if not holds_a_national_review(self.review):
            raise Http404

    def between(self) -> list[tuple[str, str]]:
        """The page of the national review lies under what was sent and answered, its questions under it."""
        pages = (("Rapid review", "rapid_review"), ("Sent and answered", "rapid_review_sent"))
        above = [(label, reverse(name, args=[self.case.pk])) for label, name in pages]
        own = self.own_url()
        return above if self.request.path == own else [*above, ("National review", own)]

    def own_url(self) -> str:
        return reverse("rapid_review_national", args=[self.case.pk])


class NationalReview(OfANationalReview):
    permission = Permission.SEE_CASES
    template_name = "rapid_reviews/national/national.html"
    title = "National review"

    def context(self) -> dict[str, Any]:
        return {**super().context(), "national": self.shown()}

    def shown(self) -> ShownNational:
        return national_shown(self.review, self.acting)


class NationalQuestion(OfANationalReview, ReviewQuestion):
    """One entry: sent twice it is one. A correction is another entry."""

    permission = Permission.RECORD_PANEL_ANSWER
    button = "Save"
    once = True


class RecordNationalConsidered(NationalQuestion):
    transition = table.RECORD_NATIONAL_CONSIDERED
    form_class = ConsideredForm
    title = transition.label

    def initial(self) -> dict[str, Any]:
        """What stands for the Panel's last letter."""
        last = considered(national_letters(self.review).reverse()[0]).first()
        return {"criteria": last.criteria, "circumstances": last.circumstances} if last else {}

    def save(self, form: Any) -> str:
        record_national_considered(self.review, by=self.acting, **form.cleaned_data)
        return self.saved()


class RecordNationalScope(NationalQuestion):
    transition = table.RECORD_NATIONAL_SCOPE
    form_class = ScopeForm
    title = transition.label

    def save(self, form: Any) -> str:
        record_national_scope(self.review, by=self.acting, **form.cleaned_data)
        return self.saved()


class RecordSecretaryTold(NationalQuestion):
    transition = table.RECORD_SECRETARY_TOLD
    form_class = SecretaryToldForm
    title = transition.label

    def save(self, form: Any) -> str:
        record_secretary_told(self.review, by=self.acting, **form.cleaned_data)
        return self.saved()
