from django.apps import AppConfig

from cspr.audit.sentences import register
from cspr.dispatch.events import SENTENCES


class DispatchConfig(AppConfig):
    name = "cspr.dispatch"
    label = "dispatch"

    def ready(self) -> None:
        register(SENTENCES)
