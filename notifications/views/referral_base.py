"""What every page of one referral shares: its reach, its access record, and refusals beside their fields."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from cspr.audit.access import looked
from cspr.permissions import Permission
from cspr.views import Page, Question
from cspr.workflow import Refused
from notifications.forms.referral import LATER, PageForm
from notifications.models import Referral
from notifications.selectors.referral import visible_referral
from notifications.services.referral import stream_of
from notifications.workflow.referral_pages import after
from notifications.workflow.referral_pages import page as page_of

FROM_CHECK = "check"


class ReferralPage(Page):
    """A page of one referral: 404 for whoever may not see it, an access record for whoever was shown it."""

    permission = Permission.SEE_REFERRALS
    referral: Referral

    def find(self) -> None:
        found = visible_referral(self.kwargs["referral_id"], to=self.request.acting)  # type: ignore[attr-defined]
        if found is None:
            raise Http404
        self.referral = found

    def record_look(self, response: HttpResponseBase) -> None:
        if response.status_code == 200:
            stream = "" if self.referral.case_id else stream_of(self.referral)
            what = f"referral: {self.what or self.title}"
            looked(by=self.acting, case=self.referral.case, stream=stream, what=what, path=self.request.path)

    def context(self) -> dict[str, Any]:
        return {"referral": self.referral}

    def breadcrumbs(self, here: str) -> list[tuple[str, str]]:
        """A draft's pages are asked one by one and need a way back only."""
        is_own = self.request.path == self.own_url()
        if self.referral.is_draft and not is_own:
            return []
        own = [] if is_own else [(str(self.referral.reference), self.own_url())]
        return [("Referrals", reverse("referrals")), *own, (here, "")]

    def own_url(self) -> str:
        """The referral's first page: the task list of a draft, the standing of a sent one."""
        return reverse("referral", args=[self.referral.pk])


class ReferralQuestion(ReferralPage, Question):
    """A question about one referral."""

    permission = Permission.MAKE_REFERRAL
    can_forget = True

    def back_url(self) -> str:
        return self.own_url()


class DraftQuestion(ReferralQuestion):
    """A question of a draft: once sent, its address leads to the referral. A post is refused, and kept, by the verb."""

    template_name = "notifications/referral_question.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.referral.is_draft:
            return HttpResponseRedirect(self.own_url())
        return super().get(request, *args, **kwargs)

    def keep_and_show(self, form: Any, **more: Any) -> HttpResponse:
        """A page somebody else changed shows what is saved now, which was read before they saved."""
        if more.get("changed"):
            self.find()
        return super().keep_and_show(form, **more)

    def next_url(self, key: str) -> str:
        """Where saving a page leads: back to the check, on to the next page of the section, or to the task list."""
        if LATER in self.request.POST:
            return self.own_url()
        if self.request.GET.get("from") == FROM_CHECK:
            return reverse("referral_check", args=[self.referral.pk])
        following = after(key)
        if following is None or following.section != page_of(key).section:
            return self.own_url()
        name = "referral_list" if following.rows else "referral_page"
        return reverse(name, args=[self.referral.pk, following.key])


def beside_fields(form: PageForm, refused: Refused) -> Refused:
    """A verb refuses by column; the page shows it beside the field that asks for that column."""
    fields = {form.field_of(column): sentence for column, sentence in refused.fields.items()}
    return Refused(*refused.sentences, fields=fields)
