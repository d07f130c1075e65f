from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "cspr.people"
    label = "people"
