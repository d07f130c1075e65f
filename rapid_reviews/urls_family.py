"""Addresses of the family's log."""

from django.urls import path

from rapid_reviews.views import family

HERE = "cases/<uuid:case_id>/rapid-review/family"
ONE = f"{HERE}/<uuid:person_id>"

urlpatterns = [
    path(f"{HERE}/", family.Family.as_view(), name="family"),
    path(f"{HERE}/new", family.AddPerson.as_view(), name="family_add"),
    path(f"{ONE}/change", family.ChangePerson.as_view(), name="family_change"),
    path(f"{ONE}/told", family.RecordTold.as_view(), name="family_told"),
    path(f"{ONE}/not-told", family.RecordNotTold.as_view(), name="family_not_told"),
]
