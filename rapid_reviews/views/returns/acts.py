"""What an agency's lead does with a request: assign it, sign the return off, hand it back, refuse."""

from typing import Any

from cspr.govuk.forms import ButtonForm
from cspr.permissions import Permission
from rapid_reviews.forms.returns import AssignForm, HandBackForm, RefuseForm
from rapid_reviews.options.requests import RefusalGround
from rapid_reviews.presenters import returns as present
from rapid_reviews.selectors.requests import contributors_for, files_of
from rapid_reviews.services import returns as services
from rapid_reviews.views.returns.base import RequestQuestion, RequestStep
from rapid_reviews.workflow import requests as table


class AssignRequest(RequestQuestion):
    """Who of the agency writes the return."""

    permission = Permission.ASSIGN_CONTRIBUTOR
    template_name = "rapid_reviews/returns/assign.html"
    title = "Assign this request"
    button = "Assign"

    def form(self, **kwargs: Any) -> AssignForm:
        return AssignForm(people=contributors_for(self.asked), **kwargs)

    def initial(self) -> dict[str, Any]:
        return {"contributor": self.asked.contributor_id}

    def context(self) -> dict[str, Any]:
        return {**super().context(), "refusals": [] if self.asked.is_waiting else [services.NOT_WITH_YOU]}

    def save(self, form: Any) -> str:
        services.assign(self.asked, contributor=form.cleaned_data["contributor"], by=self.acting)
        self.say_saved()
        return self.address("request")


class SignOff(RequestStep):
    """Read the whole return, and sign it off as the second person."""

    permission = Permission.SIGN_OFF_RETURN
    template_name = "rapid_reviews/returns/sign_off.html"
    title = "Sign off this return"
    button = "Sign off and return"
    form_class = ButtonForm

    def find(self) -> None:
        super().find()
        self.transition = table.sign_off_of(self.asked)

    def context(self) -> dict[str, Any]:
        standing = table.latest(self.asked)
        files = files_of(standing) if standing else []
        return {
            **super().context(),
            "cards": present.cards(self.asked, standing, files=files, rows_url=self.address("chronology"))
            if standing
            else [],
            "standing": present.standing_rows(self.asked, None),
            "told": present.told(self.asked),
        }

    def save(self, form: Any) -> str:
        services.sign_off(self.asked, by=self.acting)
        return self.address("request")


class HandBack(RequestStep):
    """Give the return back to its author instead."""

    permission = Permission.SIGN_OFF_RETURN
    title = "Hand this return back to its author"
    button = "Hand it back"
    form_class = HandBackForm
    transition = table.HAND_BACK

    def save(self, form: Any) -> str:
        services.hand_back(self.asked, reason=form.cleaned_data["reason"], by=self.acting)
        return self.address("request")


class RefuseRequest(RequestStep):
    """Refuse, on a ground. The duty to comply is quoted beside the question."""

    permission = Permission.SIGN_OFF_RETURN
    template_name = "rapid_reviews/returns/refuse.html"
    title = "Refuse this request"
    button = "Refuse the request"
    form_class = RefuseForm
    transition = table.REFUSE

    def context(self) -> dict[str, Any]:
        return {**super().context(), "duty": table.DUTY}

    def save(self, form: Any) -> str:
        given = form.cleaned_data
        services.refuse(
            self.asked, ground=RefusalGround(given["ground"]), reason=given["reason"], by=self.acting
        )
        return self.address("request")
