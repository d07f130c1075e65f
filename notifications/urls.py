"""Addresses of this stage."""

from notifications.referral_urls import urlpatterns as referral_urls

urlpatterns = [*referral_urls]
