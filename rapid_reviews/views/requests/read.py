"""The unit reads: all requests with who has not answered, one request with every version, what an agency sees."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from cspr.cases.models import Case
from cspr.documents.selectors import latest as latest_version
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from rapid_reviews.models import InformationRequest
from rapid_reviews.presenters import requests as present
from rapid_reviews.presenters.returns import tag_of, told
from rapid_reviews.selectors.milestones import milestones_of
from rapid_reviews.selectors.network import network_of, told_people
from rapid_reviews.selectors.requests import (
    clocks_of,
    files_of,
    leads_by_agency,
    links_of,
    refusals_of,
    reminded_at,
    requests_of,
)
from rapid_reviews.views.requests.base import OfARequest, RequestsPage


def listed(requests: list[InformationRequest], case: Case, *, to: Membership) -> present.Listed:
    """What the list knows beside the requests, a query each."""
    agencies = [one.agency_id for one in requests if one.is_waiting]
    leads = leads_by_agency(agencies, case)
    return present.Listed(clocks_of(requests), reminded_at(requests), leads, can(to, Permission.SEE_NAMES))


class Requests(RequestsPage):
    """Every request of the review, first those that are not answered."""

    template_name = "rapid_reviews/requests/requests.html"
    title = "Information requests"

    def context(self) -> dict[str, Any]:
        requests = requests_of(self.review)
        may_ask = can(self.acting, Permission.REQUEST_INFORMATION) and self.review.is_open
        return {
            "review": self.review,
            "groups": present.groups(requests, listed(requests, self.case, to=self.acting)),
            "milestones": present.milestone_rows(milestones_of(self.case)) if self.review.is_open else [],
            "may_ask": may_ask,
            "may_chase": can(self.acting, Permission.REQUEST_INFORMATION)
            and any(one.is_waiting for one in requests),
            "drafts": sum(one.is_draft for one in requests),
            "unmatched": network_of(self.review).unmatched_by_key if may_ask else [],
        }


class OneRequest(OfARequest):
    """One request: where it stands, what the agency is told, each version of its return that was signed off.

    People are named in all of it, so it is closed to whoever may not see names.
    """

    permission = Permission.SEE_NAMES

    template_name = "rapid_reviews/requests/request.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.title = f"Information request: {self.asked.agency.name}"
        return self.show()

    def context(self) -> dict[str, Any]:
        asked = self.asked
        people = told_people(self.case, asked.shared_people) if asked.is_draft else None
        files = {
            one.pk: [(file, latest_version(file.document)) for file in files_of(one)]
            for one in present.signed_off(asked)
        }
        links = links_of(asked) if asked.is_guest else ()
        return {
            **super().context(),
            "standing": present.standing_rows(
                asked, listed([asked], self.case, to=self.acting), links, refused=refusals_of(asked)
            ),
            "tag": tag_of(asked),
            "told": told(asked, people),
            "versions": present.versions(asked, files),
            "steps": present.steps(asked, self.acting),
        }


class PreviewRequest(OfARequest):
    """The request as its agency will read it, and the questions it will be asked."""

    permission = Permission.REQUEST_INFORMATION
    template_name = "rapid_reviews/requests/preview.html"
    title = "As the agency sees it"

    def context(self) -> dict[str, Any]:
        asked = self.asked
        people = told_people(self.case, asked.shared_people) if asked.is_draft else None
        return {**super().context(), "told": told(asked, people), "questions": present.questions_shown(asked)}
