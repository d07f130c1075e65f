from django.apps import AppConfig

from cspr.audit.sentences import register
from cspr.documents.events import SENTENCES


class DocumentsConfig(AppConfig):
    name = "cspr.documents"
    label = "documents"

    def ready(self) -> None:
        register(SENTENCES)
