"""The rapid review."""

from django.apps import AppConfig

from cspr.audit.sentences import register
from rapid_reviews.events import SENTENCES


class RapidReviewsConfig(AppConfig):
    name = "rapid_reviews"
    label = "rapid_reviews"

    def ready(self) -> None:
        register(SENTENCES)
