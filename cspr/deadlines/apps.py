from django.apps import AppConfig

from cspr.audit.sentences import register
from cspr.deadlines.events import SENTENCES


class DeadlinesConfig(AppConfig):
    name = "cspr.deadlines"
    label = "deadlines"

    def ready(self) -> None:
        register(SENTENCES)
