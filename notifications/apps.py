"""Referral, incident and the statutory notification."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from cspr.audit.sentences import register
from cspr.dispatch.completions import when_all_told
from cspr.documents.owners import register_owner
from notifications.events import SENTENCES
from notifications.file_owners import referrals_open_to


class NotificationsConfig(AppConfig):
    name = "notifications"
    label = "notifications"

    def ready(self) -> None:
        register(SENTENCES)
        register_owner("referral", referrals_open_to)
        when_all_told("C2", import_string("cspr.deadlines.services.meet"))
