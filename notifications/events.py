"""Sentences of this app's events."""

from notifications.incident_events import SENTENCES as INCIDENT_SENTENCES
from notifications.notification_events import SENTENCES as NOTIFICATION_SENTENCES
from notifications.referral_events import SENTENCES as REFERRAL_SENTENCES
from notifications.sharing_events import SENTENCES as SHARING_SENTENCES

SENTENCES = {**INCIDENT_SENTENCES, **NOTIFICATION_SENTENCES, **REFERRAL_SENTENCES, **SHARING_SENTENCES}
