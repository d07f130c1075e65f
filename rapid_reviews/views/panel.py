"""Pages of those who act for the Panel: what was sent to it, its answer, its national reviews. Rules 7.1 and 7.2.

Everything is found through the review that was recorded as sent; nothing else of the case has an address for them.
Every look and every file stands in the access record of the case.
"""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse

from cspr.documents.models import DocumentVersion
from cspr.documents.views import serve
from cspr.permissions import Permission
from cspr.views import CaseQuestion, Page
from cspr.workflow import refusals
from notifications.forms.incident.access import ConflictForm
from rapid_reviews.models import RapidReview, SentReview
from rapid_reviews.presenters import panel as present
from rapid_reviews.presenters.national import ShownNational
from rapid_reviews.selectors import panel as selectors
from rapid_reviews.selectors.sending import holds_a_national_review, versions_sent
from rapid_reviews.services.panel_conflict import declare_conflict_of_the_panel
from rapid_reviews.views.national import (
    NationalReview,
    OfANationalReview,
    RecordNationalConsidered,
    RecordNationalScope,
    RecordSecretaryTold,
)
from rapid_reviews.views.review.base import ReviewPage
from rapid_reviews.views.sending import RecordPanelAnswer
from rapid_reviews.workflow import sending

LIST = "Sent to the Panel"


class SentToThePanel(Page):
    """Every rapid review that was sent, of every partnership: what waits for the Panel on top."""

    permission = Permission.SEE_SENT
    template_name = "rapid_reviews/panel/list.html"
    title = LIST

    def context(self) -> dict[str, Any]:
        rows = selectors.in_order(selectors.sent_reviews(self.acting))
        page = Paginator(rows, selectors.A_PAGE).get_page(self.request.GET.get("page"))
        return {"table": present.table(page), "page_obj": page}


class SentPage(ReviewPage):
    """A page of one review that was sent: 404 for whoever does not act for the Panel, or is walled off its case."""

    permission: ClassVar[Permission] = Permission.SEE_SENT

    def found_review(self) -> RapidReview | None:
        return selectors.find_sent(self.kwargs["review_id"], to=self.request.acting)

    def own_url(self) -> str:
        return reverse("panel_review", args=[self.review.pk])

    def recorded_url(self) -> str:
        return self.own_url()

    def trail(self) -> list[tuple[str, str]]:
        """What stands above this page, from the widest."""
        own = reverse("panel_review", args=[self.review.pk])
        return [(LIST, reverse("panel_sent")), (self.case.reference, own)]

    def breadcrumbs(self, here: str) -> list[tuple[str, str]]:
        above = [one for one in self.trail() if one[1] != self.request.path]
        return [*above, (self.case.reference if len(above) == 1 else here, "")]


class SentReviewPage(SentPage):
    """Where it stands, what the Panel wrote and was answered, and the review as it was sent last."""

    template_name = "rapid_reviews/panel/review.html"
    title = "Rapid review sent to the Panel"

    def context(self) -> dict[str, Any]:
        where = present.where_in(self.review)
        last, *earlier = versions_sent(self.review)
        step = sending.step_of_an_answer(self.review)
        return {
            **super().context(),
            "caption": self.case.reference,
            "standing": present.standing_rows(self.review),
            "letters": present.letters_shown(selectors.letters(self.review), where),
            "copy": present.copy_shown(last, where),
            "earlier": earlier,
            "step": step,
            "refusals": refusals(self.review, step, self.acting),
            "is_national": holds_a_national_review(self.review),
        }


class SentVersion(SentPage):
    """One version as it was sent, also one before the last."""

    template_name = "rapid_reviews/panel/version.html"
    title = "Rapid review as it was sent"
    sent: SentReview

    def find(self) -> None:
        super().find()
        found = selectors.find_sending(self.review, self.kwargs["sent_id"])
        if found is None:
            raise Http404
        self.sent = found

    def context(self) -> dict[str, Any]:
        copy = present.copy_shown(self.sent, present.where_in(self.review))
        return {
            **super().context(),
            "copy": copy,
            "caption": self.case.reference,
            "title": copy.heading,
            "is_last": self.sent == versions_sent(self.review).first(),
        }


class SentFile(SentPage):
    """A file that went to the Panel, or a letter of its own."""

    version: DocumentVersion

    def find(self) -> None:
        super().find()
        found = selectors.find_file(self.review, self.kwargs["sent_file_id"])
        if found is None or not found.may_be_opened:
            raise Http404
        self.version = found

    @property
    def what(self) -> str:  # type: ignore[override]
        return f"{self.version.document.title}, opened by the Panel"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        return serve(self.version)


class AnswerOfThePanel(SentPage, RecordPanelAnswer):
    """The form by which the business unit records the Panel's letter, for the Panel itself."""

    permission = sending.RECORD_PANEL_ANSWER.permission
    template_name = "rapid_reviews/panel/answer.html"


class DeclareConflictOfThePanel(SentPage, CaseQuestion):
    """Step back from a case of which something was sent to the Panel."""

    template_name = "rapid_reviews/panel/declare_conflict.html"
    form_class = ConflictForm
    title = "Declare a conflict of interest"
    button = "Declare this conflict and leave the case"

    def back_url(self) -> str:
        return self.own_url()

    def save(self, form: ConflictForm) -> str:
        declare_conflict_of_the_panel(self.review, by=self.acting, reason=form.cleaned_data["reason"])
        words = "Your conflict of interest is recorded. The case is no longer shown to you."
        messages.success(self.request, words)
        return reverse("panel_sent")


class OfANationalReviewOfThePanel(SentPage, OfANationalReview):
    """The page of a national review, or a question under it."""

    def own_url(self) -> str:
        return reverse("panel_national", args=[self.review.pk])

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), ("National review", self.own_url())]


class NationalReviewOfThePanel(OfANationalReviewOfThePanel, NationalReview):
    permission = Permission.SEE_SENT
    template_name = "rapid_reviews/panel/national.html"

    def context(self) -> dict[str, Any]:
        return {**super().context(), "caption": self.case.reference}

    def shown(self) -> ShownNational:
        return present.national_of_the_panel(self.review)


class ConsideredByThePanel(OfANationalReviewOfThePanel, RecordNationalConsidered):
    permission = Permission.RECORD_PANEL_ANSWER


class ScopeOfThePanel(OfANationalReviewOfThePanel, RecordNationalScope):
    permission = Permission.RECORD_PANEL_ANSWER


class SecretaryToldByThePanel(OfANationalReviewOfThePanel, RecordSecretaryTold):
    permission = Permission.RECORD_PANEL_ANSWER
