"""Addresses of a national review the Panel holds: they lie under what was sent and answered."""

from django.urls import path

from rapid_reviews.views import national as views

HERE = "cases/<uuid:case_id>/rapid-review/sent/national-review"

urlpatterns = [
    path(f"{HERE}/", views.NationalReview.as_view(), name="rapid_review_national"),
    path(
        f"{HERE}/considered/",
        views.RecordNationalConsidered.as_view(),
        name="rapid_review_national_considered",
    ),
    path(f"{HERE}/scope/", views.RecordNationalScope.as_view(), name="rapid_review_national_scope"),
    path(f"{HERE}/secretary-told/", views.RecordSecretaryTold.as_view(), name="rapid_review_secretary_told"),
]
