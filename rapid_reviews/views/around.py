"""What the pages around a review share: actions, meetings, the family, proceedings."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from cspr.govuk.dates import in_london
from cspr.now import now
from cspr.typed import services as typed
from cspr.views import CaseQuestion
from rapid_reviews.presenters.review import crumbs
from rapid_reviews.views.review.base import ReviewPage


class AroundQuestion(CaseQuestion):
    """A question about something beside the review; ``home`` names the page it belongs to."""

    template_name = "rapid_reviews/review/question.html"
    home = "case"

    def back_url(self) -> str:
        return reverse(self.home, args=[self.case.pk])

    def context(self) -> dict[str, Any]:
        return {"breadcrumbs": [*crumbs(self.case)[:-1], (self.title, "")]}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "forget" in request.POST:
            typed.drop(request.user, request.path)  # type: ignore[arg-type]
            return HttpResponseRedirect(request.get_full_path())
        return super().post(request, *args, **kwargs)

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        more.setdefault("can_forget", True)
        more.setdefault("caption", f"{self.case.reference}, {self.case.pseudonym}")
        return super().show_form(form, **more)

    def saved(self) -> str:
        """Back to where it belongs, saying when it was saved on the London clock."""
        messages.success(self.request, f"Saved at {in_london(now()):%H:%M}")
        return self.back_url()


class ReviewAroundQuestion(ReviewPage, AroundQuestion):
    """The same, where there is nothing without a review."""

    def context(self) -> dict[str, Any]:
        return ReviewPage.context(self)
