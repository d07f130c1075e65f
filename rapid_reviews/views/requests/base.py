"""What the unit's pages of requests share: the review of the case, one request of it, the way back."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cspr.permissions import Permission
from cspr.views import CaseQuestion
from rapid_reviews.models import InformationRequest
from rapid_reviews.selectors.requests import request_of
from rapid_reviews.views.review.base import ReviewPage


class RequestsPage(ReviewPage):
    """A page about the requests of one review."""

    permission = Permission.SEE_CASES

    def list_url(self) -> str:
        return reverse("case_requests", args=[self.case.pk])

    def between(self) -> list[tuple[str, str]]:
        own = self.list_url()
        here = [] if self.request.path == own else [("Requests and returns", own)]
        return [*super().between(), *here]


class RequestsQuestion(RequestsPage, CaseQuestion):
    """A question of the unit about requests."""

    permission = Permission.REQUEST_INFORMATION
    template_name = "rapid_reviews/requests/question.html"
    can_forget = True

    def back_url(self) -> str:
        return self.list_url()


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
