"""The unit acts: asks agencies, writes what they are told, issues, sends back, withdraws."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from cspr.govuk.forms import ButtonForm, Form
from cspr.permissions import Permission
from cspr.views import TransitionPage
from cspr.workflow import Transition
from rapid_reviews.forms.requests import (
    AskAgainForm,
    AskForm,
    AskGuestForm,
    SendBackForm,
    TellingForm,
    WithdrawForm,
)
from rapid_reviews.models import InformationRequest
from rapid_reviews.presenters.returns import told
from rapid_reviews.selectors.network import can_be_asked, network_of, people_of, told_people
from rapid_reviews.selectors.requests import requests_of
from rapid_reviews.services import requests as services
from rapid_reviews.views.requests.base import OfARequest, RequestsQuestion
from rapid_reviews.workflow import requests as table

NOTHING_PREPARED = "No request is prepared."
NOT_ALL = "The requests go out together, and one of them cannot go out as it stands. Change it, or delete its draft."


class AskAgencies(RequestsQuestion):
    """Which agencies, and what all of them are told. Nothing is sent before the requests are issued."""

    title = "Ask agencies for information"
    button = "Prepare the requests"
    template_name = "rapid_reviews/requests/ask.html"
    once = True

    def form(self, **kwargs: Any) -> AskForm:
        network = network_of(self.review)
        free = [one for one in network.candidates if not one.asked]
        return AskForm(
            candidates=free, agencies=can_be_asked(self.review), people=people_of(self.case), **kwargs
        )

    def initial(self) -> dict[str, Any]:
        named = [
            one.agency.pk for one in network_of(self.review).candidates if one.is_named and not one.asked
        ]
        return {"agencies": named}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "unmatched": network_of(self.review).unmatched_by_key}

    def save(self, form: Any) -> str:
        agencies = form.cleaned_data["agencies"]
        services.start_requests(self.review, agencies=agencies, telling=form.telling(), by=self.acting)
        self.say_saved()
        return self.list_url()


class AskGuest(RequestsQuestion):
    """An organisation without account."""

    title = "Ask an organisation without an account"
    button = "Prepare the request"
    once = True

    def form(self, **kwargs: Any) -> AskGuestForm:
        return AskGuestForm(people=people_of(self.case), **kwargs)

    def initial(self) -> dict[str, Any]:
        named = dict(network_of(self.review).unmatched_by_key)
        return {"organisation": named.get(self.request.GET.get("named", ""), "")}

    def save(self, form: Any) -> str:
        given = {name: form.cleaned_data[name] for name in ("organisation", "name", "email")}
        services.start_guest_request(self.review, **given, telling=form.telling(), by=self.acting)
        self.say_saved()
        return self.list_url()


class IssueAll(RequestsQuestion):
    """Every prepared request at once, each as it stands; what cannot go out says why."""

    title = "Issue the prepared requests"
    form_class = ButtonForm
    template_name = "rapid_reviews/requests/issue_all.html"
    button = "Issue the requests"

    def context(self) -> dict[str, Any]:
        drafts = [one for one in requests_of(self.review) if one.is_draft]
        reasons = [(one, services.why_not_issued(one, by=self.acting)) for one in drafts]
        return {**super().context(), "drafts": reasons}

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        drafts = self.context()["drafts"]
        told = [] if drafts else [NOTHING_PREPARED]
        if any(reasons for _, reasons in drafts):
            told = [NOT_ALL]
        return super().show_form(form, **{"refusals": told, **more})

    def save(self, form: Any) -> str:
        done = services.issue_all(self.review, by=self.acting)
        word = "request was" if done == 1 else "requests were"
        messages.success(self.request, f"{done} {word} issued")
        return self.list_url()


class RequestQuestion(OfARequest, RequestsQuestion):
    """A question about one request."""

    def back_url(self) -> str:
        return self.request_url()


class DescribeRequest(RequestQuestion):
    """What one agency is told, before it is issued."""

    title = "What the agency is told"
    button = "Save"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.asked.is_draft:
            return HttpResponseRedirect(self.request_url())
        return super().get(request, *args, **kwargs)

    def revised(self) -> InformationRequest:
        return self.asked

    def form(self, **kwargs: Any) -> TellingForm:
        return TellingForm(people=people_of(self.case), **kwargs)

    def initial(self) -> dict[str, Any]:
        asked = self.asked
        return {
            "context": asked.shared_context,
            "people": asked.shared_people,
            "from_on": asked.period_from_on,
            "until_on": asked.period_until_on,
        }

    def save(self, form: Any) -> str:
        revision = self.typed_revision()
        services.describe(self.asked, telling=form.telling(), revision=revision, by=self.acting)
        self.say_saved()
        return self.request_url()


class DeleteDraft(RequestQuestion):
    title = "Delete this draft?"
    button = "Delete this draft"
    form_class = ButtonForm

    def save(self, form: Any) -> str:
        services.delete_draft(self.asked, by=self.acting)
        return self.list_url()


class RequestStep(RequestQuestion, TransitionPage):
    """The page of one step of a request."""

    transition: Transition

    def subject(self) -> InformationRequest:
        return self.asked

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        return super().show_form(form, about=self.asked.agency.name, **more)


class IssueRequest(RequestStep):
    title = "Issue this request"
    button = "Issue the request"
    transition = table.ISSUE
    form_class = ButtonForm
    template_name = "rapid_reviews/requests/issue.html"

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "told": told(self.asked, told_people(self.case, self.asked.shared_people)),
        }

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        more.setdefault("refusals", services.why_not_issued(self.asked, by=self.acting))
        return super().show_form(form, **more)

    def save(self, form: Any) -> str:
        services.issue(self.asked, by=self.acting)
        return self.request_url()


class SendBack(RequestStep):
    permission = Permission.SEND_BACK_RETURN
    title = "Send this back for correction"
    button = "Send back"
    transition = table.SEND_BACK

    def find(self) -> None:
        super().find()
        if self.asked.is_refused:
            self.title, self.button = "Ask again after a refusal", "Ask again"

    def form(self, **kwargs: Any) -> Form:
        return AskAgainForm(**kwargs) if self.asked.is_refused else SendBackForm(**kwargs)

    def save(self, form: Any) -> str:
        services.send_back(self.asked, note=form.cleaned_data["reason"], by=self.acting)
        return self.request_url()


class WithdrawRequest(RequestStep):
    title = "Withdraw this request"
    button = "Withdraw the request"
    transition = table.WITHDRAW
    form_class = WithdrawForm

    def save(self, form: Any) -> str:
        services.withdraw(self.asked, reason=form.cleaned_data["reason"], by=self.acting)
        return self.request_url()
