"""Reading referrals: my referrals, one referral, its receipt, its copy for the agency's file."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from cspr.now import now
from cspr.permissions import Permission, can
from cspr.views import Page
from notifications.forms.referral import questions_of
from notifications.presenters.referral import (
    STATUS_TAGS,
    cards,
    file_of,
    list_table,
    progress,
    standing,
    task_sections,
    title_of,
    told_outcome,
    working,
)
from notifications.selectors.referral import decision_deadline, visible_referrals, with_rows
from notifications.views.referral_base import ReferralPage

A_PAGE = 50


class Referrals(Page):
    """My referrals, or my agency's, or those sent to my partnership."""

    permission = Permission.SEE_REFERRALS
    template_name = "notifications/referrals.html"
    title = "Referrals"

    def context(self) -> dict[str, Any]:
        page = Paginator(visible_referrals(self.acting), A_PAGE).get_page(self.request.GET.get("page"))
        may_start = can(self.acting, Permission.MAKE_REFERRAL)
        return {
            "page_obj": page,
            "table": list_table(list(page), of_agency=may_start),
            "may_start": may_start,
        }


class OneReferral(ReferralPage):
    """A draft's task list; once sent, where it stands, what it says, what was added, and the outcome."""

    what = "task list or standing"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.referral = with_rows(self.referral)
        self.title = title_of(self.referral)
        self.template_name = f"notifications/referral_{'tasks' if self.referral.is_draft else 'sent'}.html"
        return self.show()

    def may_act(self) -> bool:
        return self.referral.is_waiting and can(self.acting, Permission.MAKE_REFERRAL)

    def context(self) -> dict[str, Any]:
        found = {**super().context(), "tag": STATUS_TAGS[self.referral.status]}
        if self.referral.is_draft:
            return {**found, "sections": task_sections(self.referral), "progress": progress(self.referral)}
        additions = [
            (one, file_of(one.document) if one.document else None) for one in self.referral.additions.all()
        ]
        files = [(one, file_of(one.document)) for one in self.referral.attachments.all()]
        return {
            **found,
            "standing": standing(self.referral),
            "cards": cards(self.referral, questions_of, change=False),
            "additions": additions,
            "files": files,
            "may_act": self.may_act(),
            "may_open_case": can(self.acting, Permission.SEE_CASES),
        }


class Receipt(ReferralPage):
    """What an agency keeps: reference, moment, what happens next. No personal data."""

    template_name = "notifications/referral_receipt.html"
    title = "Referral sent"
    what = "receipt"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return HttpResponseRedirect(self.own_url()) if self.referral.is_draft else self.show()

    def context(self) -> dict[str, Any]:
        deadline = decision_deadline(self.referral)
        return {
            **super().context(),
            "deadline": deadline,
            "strip": working(deadline),
            "is_agency": can(self.acting, Permission.MAKE_REFERRAL),
        }


class Copy(ReferralPage):
    """The whole of one's own referral on one page, to print or save for the agency's file."""

    template_name = "notifications/referral_copy.html"
    what = "copy to print"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.referral = with_rows(self.referral)
        title = title_of(self.referral)
        self.title = f"Copy of {title[0].lower()}{title[1:]}"
        return self.show()

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "cards": cards(self.referral, questions_of, change=False),
            "standing": [*standing(self.referral), *told_outcome(self.referral)],
            "additions": self.referral.additions.all(),
            "printed_at": now(),
        }
