"""Board, case file, calendar, feed."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
