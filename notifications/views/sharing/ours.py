"""Pages of the area that holds the case: its other areas, what is shared with each, what they answered. Rule 4.8."""

from typing import Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse

from cspr.govuk.forms import ButtonForm
from cspr.permissions import Permission, can
from cspr.views import CaseQuestion
from notifications.forms.incident.partners import ReasonForm
from notifications.forms.sharing import PARTNERS, ShareForm
from notifications.models import AreaAnswer, OtherArea, Share
from notifications.presenters.sharing import own_area
from notifications.selectors import sharing as selectors
from notifications.selectors.incident import find_area
from notifications.services.sharing import (
    Chosen,
    note_answer,
    share,
    share_refusals,
    withdraw_share,
)
from notifications.views.incident.base import IncidentPage


class OtherAreas(IncidentPage):
    """Every other area with what it was shown and what it answered."""

    permission = Permission.SEE_CASES
    template_name = "notifications/sharing/areas.html"
    title = "Other areas"

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "areas": [own_area(one, self.acting) for one in selectors.areas_shown(self.incident)],
            "may_name": can(self.acting, Permission.TRIAGE),
            "breadcrumbs": [(self.case.reference, reverse("case", args=[self.case.pk])), (self.title, "")],
        }


class SharingQuestion(IncidentPage, CaseQuestion):
    """A question about sharing; it leads back to the areas."""

    permission = Permission.SHARE
    template_name = "notifications/sharing/question.html"

    def back_url(self) -> str:
        return reverse("case_areas", args=[self.case.pk])


class ShareWithArea(SharingQuestion):
    """What to share, why, with whom there, until when."""

    template_name = "notifications/sharing/share.html"
    button = "Share this"
    what = "Share with another area"
    once = True
    area: OtherArea

    def find(self) -> None:
        super().find()
        found = find_area(self.incident, self.kwargs["area_id"])
        if found is None:
            raise Http404
        self.area, self.title = found, f"Share with {found}"

    def form(self, **kwargs: Any) -> ShareForm:
        offered = {
            "facts": selectors.fact_choices(self.incident),
            "pages": selectors.copy_choices(self.case),
            "documents": selectors.document_choices(self.case, to=self.acting),
        }
        return ShareForm(offered=offered, **kwargs)

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "area": self.area,
            "refusals": share_refusals(self.area, self.acting),
            "readers": selectors.readers_of(self.area),
        }

    def save(self, form: ShareForm) -> str:
        given = form.cleaned_data
        chosen = Chosen(form.chosen("facts"), form.chosen("pages"), form.chosen("documents"), given["note"])
        share(
            self.area,
            chosen=chosen,
            reason=given["reason"],
            for_partners=given["readers"] == PARTNERS,
            until=given["until"],
            by=self.acting,
        )
        messages.success(self.request, f"Shared with {self.area}. Its business unit is told by email.")
        return self.back_url()


class WithdrawShare(SharingQuestion):
    """Stop showing what was shared."""

    form_class = ReasonForm
    template_name = "notifications/sharing/withdraw.html"
    title = "Withdraw what was shared"
    button = "Withdraw this"
    share: Share

    def find(self) -> None:
        super().find()
        found = selectors.find_share(self.case, self.kwargs["share_id"])
        if found is None:
            raise Http404
        self.share = found

    def context(self) -> dict[str, Any]:
        return {**super().context(), "share": self.share}

    def save(self, form: ReasonForm) -> str:
        withdraw_share(self.share, by=self.acting, reason=form.cleaned_data["reason"])
        messages.success(self.request, f"{self.share.area} is no longer shown this.")
        return self.back_url()


class NoteAnswer(SharingQuestion):
    """Record that an answer was read: the row leaves the board."""

    form_class = ButtonForm
    template_name = "notifications/sharing/note.html"
    title = "Record this answer as read"
    button = "We have read it"
    theirs: AreaAnswer

    def find(self) -> None:
        super().find()
        found = selectors.find_answer(self.case, self.kwargs["answer_id"])
        if found is None:
            raise Http404
        self.theirs = found

    def context(self) -> dict[str, Any]:
        return {**super().context(), "answer": self.theirs}

    def save(self, form: ButtonForm) -> str:
        note_answer(self.theirs, by=self.acting)
        return self.back_url()
