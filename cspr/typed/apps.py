from django.apps import AppConfig


class TypedConfig(AppConfig):
    name = "cspr.typed"
    label = "typed"
