"""Addresses of this stage."""

from notifications.referral_urls import urlpatterns as referral_urls
from notifications.urls_incident import urlpatterns as incident_urls
from notifications.urls_notification import urlpatterns as notification_urls
from notifications.urls_sharing import urlpatterns as sharing_urls

urlpatterns = [*referral_urls, *incident_urls, *notification_urls, *sharing_urls]
