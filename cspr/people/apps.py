from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from cspr.audit.sentences import register
from cspr.people.events import SENTENCES


class PeopleConfig(AppConfig):
    name = "cspr.people"
    label = "people"

    def ready(self) -> None:
        register(SENTENCES)
        autodiscover_modules("sign_in_events")
