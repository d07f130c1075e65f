from django.apps import AppConfig


class SeedingConfig(AppConfig):
    name = "cspr.seeding"
    label = "seeding"
