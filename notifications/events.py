"""Sentences of this app's events."""

from notifications.referral_events import SENTENCES as REFERRAL_SENTENCES

SENTENCES = {**REFERRAL_SENTENCES}
