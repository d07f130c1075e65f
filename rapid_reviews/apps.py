"""The rapid review."""

from importlib import import_module

from django.apps import AppConfig

from cspr.audit.sentences import register
from cspr.cases.walls import when_walled_off
from cspr.deadlines.owners import register_clock_owners
from cspr.dispatch.completions import when_all_told
from cspr.documents.owners import register_owner
from notifications.following import when_sent
from rapid_reviews.events import SENTENCES


class RapidReviewsConfig(AppConfig):
    name = "rapid_reviews"
    label = "rapid_reviews"

    def ready(self) -> None:
        register(SENTENCES)
        when_sent(import_module("rapid_reviews.services.review").open_if_required)
        when_walled_off(import_module("rapid_reviews.services.walled_off").give_back_requests)
        import_module("rapid_reviews.services.chronology")
        owners = import_module("rapid_reviews.request_owners")
        when_all_told("C7", import_module("rapid_reviews.services.review_told").all_told)
        register_clock_owners("C6", owners.owners_of_return)
        register_owner("agency-return", owners.returns_open_to)
        import_module("rapid_reviews.selectors.facts").contribute("agencies", owners.asked_and_answered)
        import_module("rapid_reviews.connections").connect()
