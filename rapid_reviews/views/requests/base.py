"""What the unit's pages of requests share: the review of the case, one request of it, the way back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from cspr.govuk.dates import in_london
from cspr.now import now
from cspr.permissions import Permission
from cspr.typed import services as typed
from cspr.views import CaseQuestion
from rapid_reviews.models import InformationRequest
from rapid_reviews.presenters.requests import crumbs
from rapid_reviews.selectors.requests import request_of
from rapid_reviews.views.review.base import ReviewPage


class RequestsPage(ReviewPage):
    """A page about the requests of one review."""

    permission = Permission.SEE_CASES

    def context(self) -> dict[str, Any]:
        return {"review": self.review, "breadcrumbs": crumbs(self.case, self.title)}

    def list_url(self) -> str:
        return reverse("case_requests", args=[self.case.pk])


class RequestsQuestion(RequestsPage, CaseQuestion):
    """A question of the unit about requests."""

    permission = Permission.REQUEST_INFORMATION
    template_name = "rapid_reviews/requests/question.html"

    def back_url(self) -> str:
        return self.list_url()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "forget" in request.POST:
            typed.drop(self.acting.user, request.path)
            return HttpResponseRedirect(request.get_full_path())
        return super().post(request, *args, **kwargs)

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        more.setdefault("can_forget", True)
        more.setdefault("caption", f"{self.case.reference}, {self.case.pseudonym}")
        return super().show_form(form, **more)

    def say_saved(self) -> None:
        messages.success(self.request, f"Saved at {in_london(now()):%H:%M}")


class OfARequest(RequestsPage):
    """A page of one request: one of another case is not found."""

    asked: InformationRequest

    def find(self) -> None:
        super().find()
        found = request_of(self.case, self.kwargs["request_id"])
        if found is None:
            raise Http404
        self.asked = found

    def context(self) -> dict[str, Any]:
        return {**super().context(), "asked": self.asked}

    def request_url(self) -> str:
        return reverse("case_request", args=[self.case.pk, self.asked.pk])
