"""Every address of the private site."""

from django.urls import include, path

from cspr.casework.health import live, ready
from cspr.typed.views import KeepTyped, StayOn

urlpatterns = [
    path("health/live", live, name="health_live"),
    path("health/ready", ready, name="health_ready"),
    path("typed", KeepTyped.as_view(), name="keep_typed"),
    path("stay", StayOn.as_view(), name="stay_on"),
    path("account/", include("cspr.casework.sign_in_urls")),
    path("", include("cspr.casework.urls")),
    path("", include("cspr.deadlines.urls")),
    path("", include("cspr.documents.urls")),
    path("", include("cspr.dispatch.urls")),
    path("", include("notifications.urls")),
    path("", include("rapid_reviews.urls")),
]
