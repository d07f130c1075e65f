"""Recording that the notification was sent, and what was sent after it. Rule 4.6."""

from typing import Any

from django.urls import reverse

from cspr.permissions import Permission
from cspr.views import TransitionPage
from notifications.forms.notification import FurtherForm, SentForm
from notifications.models import Notification
from notifications.presenters import notification as present
from notifications.selectors.notification import deadline_told, pack_of
from notifications.services.further import send_further
from notifications.services.notification import record_sent
from notifications.services.sending import Sent
from notifications.views.notification.base import NotificationQuestion, WithNotification
from notifications.workflow.notification import RECORD_SENT


class RecordSent(WithNotification, TransitionPage):
    """Reference, moment, who pressed, evidence. Freezes the copy."""

    permission = Permission.RECORD_SENT
    transition = RECORD_SENT
    template_name = "notifications/notification/record_sent.html"
    title = "Record the notification as sent"
    button = "Record as sent"
    what = "Record the notification as sent"
    form_class = SentForm
    once = True

    def subject(self) -> Notification:
        return self.notification

    def initial(self) -> dict[str, Any]:
        return {"sender_name": self.acting.user.full_name}

    def context(self) -> dict[str, Any]:
        missing, too_long = present.problems(pack_of(self.notification))
        return {
            **super().context(),
            "missing": missing,
            "too_long": too_long,
            "deadline": deadline_told(self.case),
            "late_now": self.late_now(),
        }

    def save(self, form: SentForm) -> str:
        answers = form.cleaned_data
        sent = Sent(
            at=form.needed_moment,
            system_reference=answers["system_reference"],
            sender_name=answers["sender_name"],
            evidence=form.upload("evidence"),
            late_reason=answers["late_reason"],
            early_reason=answers["early_reason"],
        )
        record_sent(self.notification, sent, by=self.acting)
        return reverse("notification", args=[self.case.pk])


class SendFurther(NotificationQuestion):
    """Information sent after the notification: it stands beside the frozen copy."""

    permission = Permission.RECORD_SENT
    title = "Record further information sent"
    button = "Record what was sent"
    what = "Record further information sent"
    form_class = FurtherForm
    once = True

    def initial(self) -> dict[str, Any]:
        return {"said_by": self.acting.user.full_name}

    def save(self, form: FurtherForm) -> str:
        answers = form.cleaned_data
        send_further(
            self.notification,
            text=answers["text"],
            sender_name=answers["said_by"],
            at=form.needed_moment,
            upload=form.upload("file"),
            by=self.acting,
        )
        return f"{self.back_url()}#further"
