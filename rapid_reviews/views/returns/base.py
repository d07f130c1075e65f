"""What every page of one request shares: its reach, its access record, where its other pages are."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from cspr.audit.access import looked
from cspr.permissions import Permission
from cspr.views import Page, Question
from cspr.workflow import Transition, refusals
from rapid_reviews.models import InformationRequest
from rapid_reviews.selectors.requests import visible_request

FROM_CHECK = "check"
LINKS = ("copy", "check", "nothing_known", "files", "sign_off", "hand_back", "refuse")


class RequestPage(Page):
    """A page of one request: 404 for whoever may not see it, an access record for whoever was shown it."""

    permission = Permission.SEE_REQUESTS
    asked: InformationRequest

    def find(self) -> None:
        found = self.find_request()
        if found is None:
            raise Http404
        self.asked = found

    def find_request(self) -> InformationRequest | None:
        """The request of this address, within the reach of who asks."""
        return visible_request(self.kwargs["request_id"], to=self.request.acting)  # type: ignore[attr-defined]

    def record_look(self, response: HttpResponseBase) -> None:
        if response.status_code == 200:
            what = f"information request to {self.asked.agency.name}: {self.what or self.title}"
            looked(by=self.acting, case=self.asked.case, what=what, path=self.request.path)

    def context(self) -> dict[str, Any]:
        links = {one: self.address(f"request_{one}") for one in LINKS}
        return {"asked": self.asked, "links": links, "request_url": self.address("request")}

    def address(self, name: str, *more: Any) -> str:
        """Where another page of this request is."""
        return reverse(name, args=[self.asked.pk, *more])


class RequestQuestion(RequestPage, Question):
    """A question about one request."""

    template_name = "rapid_reviews/returns/question.html"
    can_forget = True

    def back_url(self) -> str:
        return self.address("request")

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        more.setdefault("caption", self.asked.agency.name)
        return super().show_form(form, **more)


class RequestStep(RequestQuestion):
    """The page of one step of a request: why it cannot be taken now, or the form that takes it."""

    transition: Transition

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        more.setdefault("refusals", refusals(self.asked, self.transition, self.acting))
        return super().show_form(form, **more)


class WritingQuestion(RequestQuestion):
    """A question of the return: once it is not being written, its address leads to where it stands."""

    permission = Permission.ANSWER_REQUEST

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.asked.is_with_agency:
            return HttpResponseRedirect(self.address("request"))
        return super().get(request, *args, **kwargs)

    def keep_and_show(self, form: Any, **more: Any) -> HttpResponse:
        """A page somebody else changed shows what is saved now, which was read before they saved."""
        if more.get("changed"):
            self.find()
        return super().keep_and_show(form, **more)
