"""Sentences of this app's events."""

from rapid_reviews.events_chronology import SENTENCES as CHRONOLOGY_SENTENCES
from rapid_reviews.events_keeping import SENTENCES as KEEPING_SENTENCES
from rapid_reviews.events_requests import SENTENCES as REQUEST_SENTENCES
from rapid_reviews.events_review import SENTENCES as REVIEW_SENTENCES
from rapid_reviews.events_sending import SENTENCES as SENDING_SENTENCES

SENTENCES = {
    **CHRONOLOGY_SENTENCES,
    **KEEPING_SENTENCES,
    **REVIEW_SENTENCES,
    **REQUEST_SENTENCES,
    **SENDING_SENTENCES,
}
