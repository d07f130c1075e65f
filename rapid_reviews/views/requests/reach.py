"""The unit reaches an agency that was asked: chases one or all of them, sends a guest a new link, ends it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from cspr.govuk.forms import ButtonForm
from cspr.workflow import refusals
from rapid_reviews.forms.requests import LinkForm
from rapid_reviews.options.requests import GuestPurpose
from rapid_reviews.presenters.requests import standing_rows
from rapid_reviews.selectors.requests import links_of, requests_of
from rapid_reviews.services import chasing, guest_links
from rapid_reviews.views.requests.base import RequestsQuestion
from rapid_reviews.views.requests.read import listed
from rapid_reviews.views.requests.write import RequestStep
from rapid_reviews.workflow import requests as table


class ReachAgency(RequestStep):
    """A step that reaches the agency; it shows with whom the request lies now."""

    template_name = "rapid_reviews/requests/reach.html"

    def context(self) -> dict[str, Any]:
        links = links_of(self.asked) if self.asked.is_guest else ()
        standing = standing_rows(self.asked, listed([self.asked], self.case, to=self.acting), links)
        return {**super().context(), "standing": standing}


class ChaseRequest(ReachAgency):
    title = "Chase this return"
    button = "Chase now"
    transition = table.CHASE
    form_class = ButtonForm

    def save(self, form: Any) -> str:
        chasing.chase(self.asked, by=self.acting)
        messages.success(self.request, f"{self.asked.agency} was reminded")
        return self.request_url()


class SendLink(ReachAgency):
    """To the same person again, or to another: the earlier link ends at once."""

    title = "Send a new link"
    button = "Send the link"
    transition = table.SEND_LINK
    form_class = LinkForm

    def initial(self) -> dict[str, Any]:
        if self.asked.is_with_agency:
            return {"name": self.asked.guest_name, "email": self.asked.guest_email}
        last = links_of(self.asked).filter(purpose=GuestPurpose.SIGN_OFF).first()
        return {"name": last.name, "email": last.email} if last is not None else {}

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        guest_links.send_link(self.asked, name=given["name"], email=given["email"], by=self.acting)
        messages.success(self.request, f"A new link was sent to {given['email']}")
        return self.request_url()


class EndLink(ReachAgency):
    title = "End the link"
    button = "End the link"
    transition = table.END_LINK
    form_class = ButtonForm

    def save(self, form: Any) -> str:
        guest_links.end_links(self.asked, by=self.acting)
        messages.success(self.request, "The link opens nothing any more")
        return self.request_url()


class ChaseAll(RequestsQuestion):
    """Everybody who has not answered and was not chased today, at one press."""

    title = "Chase the agencies that have not answered"
    button = "Chase them now"
    form_class = ButtonForm
    template_name = "rapid_reviews/requests/chase_all.html"

    def context(self) -> dict[str, Any]:
        waited = [one for one in requests_of(self.review) if one.is_waiting]
        rows = [(one, refusals(one, table.CHASE, self.acting)) for one in waited]
        return {**super().context(), "waited": rows}

    def show_form(self, form: Any, **more: Any) -> HttpResponse:
        waited = self.context()["waited"]
        if not any(not sentences for _, sentences in waited):
            more.setdefault("refusals", [chasing.NOBODY_TO_CHASE])
        return super().show_form(form, **more)

    def save(self, form: Any) -> str:
        done = chasing.chase_all(self.review, by=self.acting)
        messages.success(self.request, f"{done} {'agency was' if done == 1 else 'agencies were'} reminded")
        return self.list_url()
