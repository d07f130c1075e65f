"""The design system: fields, renderer and template tags over govuk-frontend. No models."""

from django.apps import AppConfig


class GovukConfig(AppConfig):
    name = "cspr.govuk"
    verbose_name = "Design system"
