"""An agency reads: its requests, one request as a task list or as it stands."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from cspr.govuk.parts import Row
from cspr.now import now
from cspr.permissions import Permission, can
from cspr.views import Page
from cspr.workflow import refusals
from rapid_reviews.models import InformationRequest
from rapid_reviews.presenters import chronology
from rapid_reviews.presenters import returns as present
from rapid_reviews.presenters.return_tasks import progress, sections
from rapid_reviews.selectors.chronology import rows_of
from rapid_reviews.selectors.requests import (
    clocks_of,
    files_of,
    handed_back,
    refusals_of,
    visible_requests,
    who_can_sign,
)
from rapid_reviews.views.returns.base import RequestPage
from rapid_reviews.workflow import requests as table

A_PAGE = 50


def standing_rows(request: InformationRequest) -> list[Row]:
    """Where a request stands, with its clock and every refusal."""
    clock = clocks_of([request]).get(request.pk)
    return present.standing_rows(request, clock, refused=refusals_of(request))


def request_url(request: InformationRequest) -> str:
    return reverse("request", args=[request.pk])


class AgencyRequests(Page):
    """What one's agency was asked; for a contributor, what was given to them."""

    permission = Permission.SEE_REQUESTS
    template_name = "layouts/list.html"
    title = "Information requests"

    def context(self) -> dict[str, Any]:
        page = Paginator(visible_requests(self.acting), A_PAGE).get_page(self.request.GET.get("page"))
        found = list(page)
        rows = present.agency_table(found, clocks_of(found), request_url)
        lead = (
            "Safeguarding partners ask your agency for information about a child and what was done for them."
        )
        return {"page_obj": page, "table": rows, "lead": lead}


class ReturnCopy(RequestPage):
    """The request and the answers so far on one page, to print or save for the agency's file."""

    template_name = "rapid_reviews/returns/copy.html"
    what = "copy to print"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.title = f"Information request, {self.asked.case.reference}"
        return self.show()

    def context(self) -> dict[str, Any]:
        asked, standing = self.asked, table.latest(self.asked)
        return {
            **super().context(),
            "told": present.told(asked),
            "standing": standing_rows(asked),
            "cards": present.cards(asked, standing, files=files_of(standing)) if standing else [],
            "lines": chronology.lines(rows_of(standing), None) if standing else [],
            "printed_at": now(),
            "printed_by": self.acting,
        }


class OneRequest(RequestPage):
    """The task list while it is being answered; then what was answered and where it stands."""

    what = "task list or standing"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.title = f"Information request, {self.asked.case.reference}"
        kind = "tasks" if self.asked.is_with_agency else "standing"
        self.template_name = f"rapid_reviews/returns/{kind}.html"
        return self.show()

    def context(self) -> dict[str, Any]:
        asked, standing = self.asked, table.latest(self.asked)
        found = {
            **super().context(),
            "tag": present.tag_of(asked, for_agency=True),
            "told": present.told(asked),
            "standing": standing_rows(asked),
            "correction": present.correction(asked),
            "handed_back": handed_back(asked),
            "duty": table.DUTY,
            "may_assign": can(self.acting, Permission.ASSIGN_CONTRIBUTOR) and not asked.is_guest,
            "may_refuse": not refusals(asked, table.REFUSE, self.acting),
            **self.second_person(),
        }
        if asked.is_with_agency:
            may = can(self.acting, Permission.ANSWER_REQUEST)
            listed = sections(asked, self.address, may_answer=may)
            return {**found, "sections": listed, "progress": progress(listed)}
        files = files_of(standing) if standing else []
        rows_url = self.address("chronology")
        cards = []
        if standing is not None and asked.answered_at is not None:
            cards = present.cards(asked, standing, files=files, rows_url=rows_url)
        return {**found, "cards": cards, **self.signing()}

    def second_person(self) -> dict[str, Any]:
        """Rule 6.3: who there can sign off, or that nobody can, said before the work is done."""
        asked = self.asked
        sender = asked.answered_by or asked.contributor or self.acting
        names = who_can_sign(asked, sender=sender) if asked.is_waiting else []
        alone = asked.is_waiting and not asked.is_guest and not names
        return {"signers": present.either(names), "nobody_signs": alone}

    def signing(self) -> dict[str, Any]:
        """What this person can do about a return that waits for its sign-off."""
        asked = self.asked
        if asked.status != table.ANSWERED or not can(self.acting, Permission.SIGN_OFF_RETURN):
            return {}
        reasons = refusals(asked, table.sign_off_of(asked), self.acting)
        return {"may_sign": not reasons, "sign_refusals": reasons, "may_hand_back": True}
