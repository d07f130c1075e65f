"""What an agency does with a referral as a whole: begin, check and send, add to, withdraw, delete a draft."""

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.urls import reverse

from cspr.govuk.forms import ButtonForm
from cspr.permissions import Permission
from cspr.views import Question
from cspr.workflow import refusals
from notifications.forms.referral import questions_of
from notifications.forms.referral.acts import AdditionForm, StartForm, WithdrawForm
from notifications.presenters.referral import cards, still_missing
from notifications.selectors.referral import partnerships_of, with_rows
from notifications.services.receiving import receive_referral
from notifications.services.referral import delete_draft, start_referral, withdraw
from notifications.services.referral_files import NOT_WAITING, add_to
from notifications.views.referral_base import DraftQuestion, ReferralQuestion
from notifications.workflow.referral import SUBMIT, WITHDRAW
from notifications.workflow.referral_completeness import missing_answers


def token_of(post_token: str) -> UUID:
    """The form's own token as a database key: the same form sent twice gives the same one."""
    return uuid5(NAMESPACE_URL, post_token) if post_token else uuid4()


class StartReferral(Question):
    """What a referral is for, and for which partnership. Sent twice it begins one draft."""

    permission = Permission.MAKE_REFERRAL
    template_name = "notifications/referral_start.html"
    title = "Refer a case for the notifiable-incident decision"
    button = "Start the referral"
    once = True

    def form(self, **kwargs: Any) -> StartForm:
        return StartForm(partnerships=partnerships_of(self.acting), **kwargs)

    def initial(self) -> dict[str, Any]:
        served = list(partnerships_of(self.acting)[:2])
        return {"partnership": served[0].pk} if len(served) == 1 else {}

    def back_url(self) -> str:
        return reverse("referrals")

    def save(self, form: Any) -> str:
        token = token_of(self.request.POST.get("post_token", ""))
        referral = start_referral(form.cleaned_data["partnership"], by=self.acting, token=token)
        return reverse("referral", args=[referral.pk])


class CheckReferral(DraftQuestion):
    """Check your answers, and send."""

    form_class = ButtonForm
    template_name = "notifications/referral_check.html"
    title = "Check your answers before you send this referral"
    button = "Send the referral"

    def context(self) -> dict[str, Any]:
        whole = with_rows(self.referral)
        return {
            **super().context(),
            "cards": cards(whole, questions_of, change=True),
            "missing": still_missing(whole, missing_answers(whole)),
            "refusals": refusals(whole, SUBMIT, self.acting) if whole.is_draft else [],
        }

    def save(self, form: Any) -> str:
        receive_referral(self.referral, by=self.acting)
        return reverse("referral_receipt", args=[self.referral.pk])


class WithdrawReferral(ReferralQuestion):
    """Take a referral back before the decision."""

    form_class = WithdrawForm
    title = "Withdraw this referral"
    button = "Withdraw the referral"

    def context(self) -> dict[str, Any]:
        return {**super().context(), "refusals": refusals(self.referral, WITHDRAW, self.acting)}

    def save(self, form: Any) -> str:
        withdraw(self.referral, by=self.acting, reason=form.cleaned_data["reason"])
        return self.own_url()


class AddToReferral(ReferralQuestion):
    """Add text or a file to a sent referral, until the decision."""

    form_class = AdditionForm
    title = "Add to this referral"
    button = "Add this to the referral"
    once = True

    def context(self) -> dict[str, Any]:
        return {**super().context(), "refusals": [] if self.referral.is_waiting else [NOT_WAITING]}

    def save(self, form: Any) -> str:
        given, token = form.cleaned_data, token_of(self.request.POST.get("post_token", ""))
        upload = given["file"][0] if given["file"] else None
        add_to(self.referral, text=given["text"], upload=upload, token=token, by=self.acting)
        self.say_saved()
        return self.own_url()


class DeleteDraft(DraftQuestion):
    """Ask before a draft is deleted."""

    form_class = ButtonForm
    template_name = "notifications/referral_delete.html"
    title = "Delete this draft?"
    button = "Delete this draft"

    def save(self, form: Any) -> str:
        delete_draft(self.referral, by=self.acting)
        return reverse("referrals")
