"""Addresses of this stage."""

from rapid_reviews.urls_chronology import urlpatterns as chronology_urls
from rapid_reviews.urls_family import urlpatterns as family_urls
from rapid_reviews.urls_meeting import urlpatterns as meeting_urls
from rapid_reviews.urls_national import urlpatterns as national_urls
from rapid_reviews.urls_panel import urlpatterns as panel_urls
from rapid_reviews.urls_proceedings import urlpatterns as proceedings_urls
from rapid_reviews.urls_requests import urlpatterns as request_urls
from rapid_reviews.urls_review import urlpatterns as review_urls
from rapid_reviews.urls_safety import urlpatterns as safety_urls
from rapid_reviews.urls_sending import urlpatterns as sending_urls

urlpatterns = [
    *chronology_urls,
    *review_urls,
    *request_urls,
    *safety_urls,
    *meeting_urls,
    *family_urls,
    *proceedings_urls,
    *sending_urls,
    *national_urls,
    *panel_urls,
]
