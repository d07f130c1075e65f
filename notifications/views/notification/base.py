"""What the notification's pages share: the case through need-to-know, its notification, who may change it."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cspr.cases.models import Case
from cspr.now import now
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.views import CasePage, CaseQuestion
from notifications.models import Notification
from notifications.selectors.notification import notification_of
from notifications.services.sending import days_late, late_in_words


class WithNotification:
    """Mixin: finds the case's notification after the case; without one there is nothing at this address."""

    case: Case
    acting: Membership
    notification: Notification

    def find(self) -> None:
        super().find()  # type: ignore[misc]
        found = notification_of(self.case)
        if found is None:
            raise Http404
        self.notification = found

    @property
    def may_edit(self) -> bool:
        """Whether this person may change the pack: the unit, until it was sent."""
        return can(self.acting, Permission.PREPARE_NOTIFICATION) and not self.notification.is_sent

    def late_now(self) -> str:
        """How late a sending at this moment would be, in words; empty where it would be in time, or was sent."""
        days = None if self.notification.is_sent else days_late(self.notification, now())
        return "" if days is None else late_in_words(days)

    def back_url(self) -> str:
        return reverse("notification", args=[self.case.pk])

    def between(self) -> list[tuple[str, str]]:
        return [("Notification", reverse("notification", args=[self.case.pk]))]


class NotificationPage(WithNotification, CasePage):
    """A page that shows the pack. Names stand on it: who may not see names may not see it."""

    permission = Permission.SEE_NAMES

    def context(self) -> dict[str, Any]:
        return {"notification": self.notification, "may_edit": self.may_edit}


class NotificationQuestion(WithNotification, CaseQuestion):
    """A question about the notification."""

    permission = Permission.PREPARE_NOTIFICATION
