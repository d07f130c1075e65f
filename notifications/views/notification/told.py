"""Whom the case was told to, one by one (C2), and the dialogue with the Panel (3.3)."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cspr.cases.dialogue import dialogue_of
from cspr.deadlines.services import running
from cspr.dispatch.models import Telling
from cspr.permissions import Permission, can
from cspr.views import CasePage, CaseQuestion
from notifications.forms.notification import AgainForm, DialogueForm, InPersonForm
from notifications.presenters.told import said, told_rows, told_table
from notifications.selectors import told as selectors
from notifications.services.further import log_said
from notifications.services.tellings import tell_again, told_in_person


class Told(CasePage):
    """One table of everything told to anybody: what, to whom, how, when, with what proof, by whom."""

    permission = Permission.SEE_CASES
    template_name = "notifications/notification/told.html"
    title = "Told"
    what = "Told"

    def context(self) -> dict[str, Any]:
        may_tell = can(self.acting, Permission.TELL)
        tellings, mails = selectors.tellings_told(self.case), selectors.mails_of(self.case)
        return {
            "table": told_table(told_rows(self.case, tellings, mails, may_tell=may_tell)),
            "may_tell": may_tell,
            "clock": running(self.case, "C2"),
        }


class TellingQuestion(CaseQuestion):
    """A question about telling one recipient."""

    permission = Permission.TELL
    telling: Telling

    def find(self) -> None:
        super().find()
        found = selectors.telling_of(self.case, self.kwargs["telling_id"])
        if found is None:
            raise Http404
        self.telling = found

    def back_url(self) -> str:
        return reverse("case_told", args=[self.case.pk])

    def between(self) -> list[tuple[str, str]]:
        return [("Told", self.back_url())]

    @property
    def caption(self) -> str:  # type: ignore[override]
        return f"{super().caption}: {self.telling.recipient_name}"


class ToldInPerson(TellingQuestion):
    """A recipient was told by telephone, in person or by letter."""

    title = "Record that they were told"
    button = "Record as told"
    what = "Record a telling"
    form_class = InPersonForm
    once = True

    def save(self, form: InPersonForm) -> str:
        answers = form.cleaned_data
        told_in_person(
            self.telling,
            how=answers["how"],
            at=form.needed_moment,
            told_to=answers["told_to"],
            note=answers["note"],
            upload=form.upload("file"),
            by=self.acting,
        )
        return self.back_url()


class TellAgain(TellingQuestion):
    """A mail that could not be delivered is sent again, to this address or another."""

    title = "Send again"
    button = "Send again"
    what = "Send a telling again"
    form_class = AgainForm

    def initial(self) -> dict[str, Any]:
        return {"email": self.telling.email}

    def save(self, form: AgainForm) -> str:
        tell_again(self.telling, by=self.acting, email=form.cleaned_data["email"])
        return self.back_url()


class DialogueLog(CasePage):
    """What was said to and by the Panel, the latest first."""

    permission = Permission.SEE_NAMES
    template_name = "notifications/notification/dialogue.html"
    title = "Dialogue with the Panel"
    what = "Dialogue with the Panel"

    def context(self) -> dict[str, Any]:
        return {
            "said": said(dialogue_of(self.case)),
            "may_log": can(self.acting, Permission.TELL),
        }


class LogDialogue(CaseQuestion):
    """Write down what was said."""

    permission = Permission.TELL
    title = "Write down what was said"
    button = "Save"
    what = "Write down what was said to or by the Panel"
    form_class = DialogueForm
    once = True

    def back_url(self) -> str:
        return reverse("case_dialogue", args=[self.case.pk])

    def between(self) -> list[tuple[str, str]]:
        return [("Dialogue with the Panel", self.back_url())]

    def save(self, form: DialogueForm) -> str:
        answers = form.cleaned_data
        log_said(
            self.case,
            direction=answers["direction"],
            how=answers["how"],
            said_by=answers["said_by"],
            text=answers["text"],
            at=form.needed_moment,
            upload=form.upload("file"),
            by=self.acting,
        )
        return self.back_url()
