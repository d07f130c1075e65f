"""Addresses of the review: the last part of each is the step it takes."""

from django.urls import URLPattern

CASE = "cases/<uuid:case_id>"
HERE = f"{CASE}/rapid-review"

urlpatterns: list[URLPattern] = []
