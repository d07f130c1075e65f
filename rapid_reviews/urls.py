"""Addresses of this stage."""

from rapid_reviews.urls_review import urlpatterns as review_urls

urlpatterns = [*review_urls]
