"""The private site's addresses with those of every stage, whichever of them the site includes already."""

from cspr.urls import urlpatterns as site
from notifications.urls_incident import urlpatterns as incident
from notifications.urls_notification import urlpatterns as notification
from rapid_reviews.urls import urlpatterns as rapid_reviews

urlpatterns = [*site, *incident, *notification, *rapid_reviews]
