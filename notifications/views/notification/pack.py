"""The pack: every field of the national form in order, to copy, print and download. Rules 4.5, 4.6."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.text import slugify

from cspr.cases.dialogue import dialogue_of
from cspr.cases.models import Case
from cspr.documents.selectors import documents_of
from cspr.govuk.forms import ButtonForm
from cspr.now import now
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.views import CasePage, CaseQuestion
from cspr.workflow import refusals
from notifications.frozen_copy import is_unchanged
from notifications.presenters import notification as present
from notifications.presenters.told import said
from notifications.selectors.notification import Pack, deadline_told, incident_of, notification_of, pack_of
from notifications.services.notification import open_pack, stream_of
from notifications.services.sending import days_late, late_in_words
from notifications.views.notification.base import NotificationPage
from notifications.word.pack import CONTENT_TYPE, pack_document
from notifications.workflow.incident import goes_to_the_national_system
from notifications.workflow.notification import RECORD_SENT

EVIDENCE_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Copy(NotificationPage):
    """The pack as a page, a print or a file shows it: live until it was sent, frozen from then on."""

    @cached_property
    def pack(self) -> Pack:
        return pack_of(self.notification)

    def shown(self) -> list[present.Card]:
        if self.notification.frozen is not None:
            return present.frozen_cards(self.notification.frozen)
        return present.cards(self.pack, may_edit=self.may_edit)

    def late(self) -> str:
        """How late it was sent, in words."""
        days = days_late(self.notification, self.notification.sent_at) if self.notification.sent_at else None
        return "" if days is None else late_in_words(days)

    def sentences(self) -> list[str]:
        """What a reader of a copy must know: what the form's wording rests on, or which copy this is."""
        if self.notification.frozen is not None:
            kept = self.notification.frozen_hash
            return [f"This is the copy kept when the notification was recorded as sent. SHA-256 {kept}."]
        pack = self.pack
        return [pack.edition.how_known, *present.children_told(pack)]

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "cards": self.shown(),
            "facts": present.sent_rows(self.notification, late=self.late()),
            "sentences": self.sentences(),
            "marking": present.marking(self.notification, self.acting),
        }


class NotificationPack(Copy):
    """The pack on the screen, or how to open it."""

    template_name = "notifications/notification/pack.html"
    title = "Notification"
    what = "Notification pack, with names"

    def between(self) -> list[tuple[str, str]]:
        return []

    def find(self) -> None:
        CasePage.find(self)
        found = notification_of(self.case)
        if found is None:
            self.template_name, self.what = (
                "notifications/notification/none.html",
                "Notification, not opened yet",
            )
        else:
            self.notification = found

    def context(self) -> dict[str, Any]:
        if not hasattr(self, "notification"):
            return not_opened(self.case, self.acting)
        shown = super().context()
        pack, notification = self.pack, self.notification
        about = {
            **shown,
            "edition": pack.edition,
            "deadline": deadline_told(self.case),
            "late_now": self.late_now(),
            "may_send": can(self.acting, Permission.RECORD_SENT),
        }
        if notification.frozen is not None:
            return {**about, **self._after_sending(pack, notification.frozen)}
        missing, too_long = present.problems(pack)
        return {
            **about,
            "missing": missing,
            "too_long": too_long,
            "refusals": refusals(notification, RECORD_SENT, self.acting),
            "several_children": len(present.child_choices(pack)) > 1,
        }

    def _after_sending(self, pack: Pack, frozen: Mapping[str, Any]) -> dict[str, Any]:
        notification = self.notification
        return {
            "unchanged": is_unchanged(frozen, notification.frozen_hash),
            "differences": present.differences(pack, frozen),
            "further": said(dialogue_of(self.case, further=True)),
            "evidence": documents_of(stream_of(notification), to=self.acting),
        }


class PrintPack(Copy):
    """The same on paper."""

    template_name = "notifications/notification/print.html"
    what = "Notification pack, print view"

    def context(self) -> dict[str, Any]:
        title = f"Notification, {self.case.reference}"
        return {**super().context(), "title": title, "printed_at": now()}


class WordPack(Copy):
    """The same as a Word document, named by reference only."""

    what = "Notification pack, Word copy"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        shown = self.context()
        content = pack_document(
            shown["cards"],
            title=f"Notification, {self.case.reference}",
            marking=shown["marking"],
            facts=shown["facts"],
            told=shown["sentences"],
            at=now(),
        )
        name = f"{slugify(self.case.reference).upper()}-notification.docx"
        headers = {**EVIDENCE_HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)


def not_opened(case: Case, acting: Membership) -> dict[str, Any]:
    """Why there is no pack, and whether this person may open one."""
    incident = incident_of(case)
    refusal = goes_to_the_national_system(incident, acting) if incident else "The case has no incident yet."
    return {"refusal": refusal, "may_open": can(acting, Permission.PREPARE_NOTIFICATION) and not refusal}


class OpenPack(CaseQuestion):
    """Open the pack of an incident that goes to the national system."""

    permission = Permission.PREPARE_NOTIFICATION
    title = "Open the notification pack"
    button = "Open the notification pack"
    form_class = ButtonForm

    def back_url(self) -> str:
        return reverse("case", args=[self.case.pk])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if notification_of(self.case) is not None:
            return HttpResponseRedirect(reverse("notification", args=[self.case.pk]))
        return super().get(request, *args, **kwargs)

    def context(self) -> dict[str, Any]:
        refusal = not_opened(self.case, self.acting)["refusal"]
        return {**super().context(), "refusals": [refusal] if refusal else []}

    def save(self, form: ButtonForm) -> str:
        incident = incident_of(self.case)
        if incident is not None:
            open_pack(incident, by=self.acting)
        return reverse("notification", args=[self.case.pk])
