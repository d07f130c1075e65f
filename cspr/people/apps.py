from django.apps import AppConfig

from cspr.audit.sentences import register
from cspr.people.events import SENTENCES


class PeopleConfig(AppConfig):
    name = "cspr.people"
    label = "people"

    def ready(self) -> None:
        register(SENTENCES)
