"""What every page of a rapid review shares: the case through need-to-know, its review, the way back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from cspr.govuk.dates import in_london
from cspr.now import now
from cspr.typed import services as typed
from cspr.views import CasePage, TransitionPage
from rapid_reviews.models import RapidReview
from rapid_reviews.presenters.review import crumbs
from rapid_reviews.selectors.review import find_review


class ReviewPage(CasePage):
    """A page of one rapid review; 404 where none is open."""

    review: RapidReview

    def find(self) -> None:
        super().find()
        found = find_review(self.case)
        if found is None:
            raise Http404
        self.review = found

    def context(self) -> dict[str, Any]:
        return {"review": self.review, "breadcrumbs": crumbs(self.case, self.title)}

    def own_url(self) -> str:
        return reverse("rapid_review", args=[self.case.pk])


class ReviewQuestion(ReviewPage, TransitionPage):
    """The page of one act on a rapid review."""

    template_name = "rapid_reviews/review/question.html"

    def subject(self) -> RapidReview:
        return self.review

    def back_url(self) -> str:
        return self.own_url()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "forget" in request.POST:
            typed.drop(self.acting.user, request.path)
            return HttpResponseRedirect(request.get_full_path())
        return super().post(request, *args, **kwargs)

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        more.setdefault("can_forget", True)
        more.setdefault("caption", f"{self.case.reference}, {self.case.pseudonym}")
        return super().show_form(form, **more)

    def saved(self) -> str:
        """Back to the review, saying when it was saved on the London clock."""
        messages.success(self.request, f"Saved at {in_london(now()):%H:%M}")
        return self.own_url()
