"""Sentences of this app's events."""

from rapid_reviews.events_review import SENTENCES as REVIEW_SENTENCES

SENTENCES = {**REVIEW_SENTENCES}
