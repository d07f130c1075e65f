from django.apps import AppConfig

from cspr.audit.sentences import register
from cspr.decisions.events import SENTENCES


class DecisionsConfig(AppConfig):
    name = "cspr.decisions"
    label = "decisions"

    def ready(self) -> None:
        register(SENTENCES)
