from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "cspr.casework"
    label = "casework"
