from django.apps import AppConfig

from cspr.audit.sentences import register
from cspr.cases.events import SENTENCES


class CasesConfig(AppConfig):
    name = "cspr.cases"
    label = "cases"

    def ready(self) -> None:
        register(SENTENCES)
