"""The private site, with the download address whether or not the site's own list has it yet."""

from django.urls import include, path

from cspr.urls import urlpatterns as site

urlpatterns = [*site, path("", include("cspr.documents.urls"))]
