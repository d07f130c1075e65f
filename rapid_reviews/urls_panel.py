"""Addresses of those who act for the Panel: what was sent to it, its answer, its national reviews."""

from django.urls import path

from rapid_reviews.views import panel as views

LIST = "sent-to-the-panel"
ONE = f"{LIST}/<uuid:review_id>"
NATIONAL = f"{ONE}/national-review"

urlpatterns = [
    path(f"{LIST}/", views.SentToThePanel.as_view(), name="panel_sent"),
    path(f"{ONE}/", views.SentReviewPage.as_view(), name="panel_review"),
    path(f"{ONE}/versions/<uuid:sent_id>/", views.SentVersion.as_view(), name="panel_version"),
    path(f"{ONE}/files/<uuid:sent_file_id>/", views.SentFile.as_view(), name="panel_file"),
    path(f"{ONE}/panel-answer/", views.AnswerOfThePanel.as_view(), name="panel_record_answer"),
    path(
        f"{ONE}/declare-conflict/", views.DeclareConflictOfThePanel.as_view(), name="panel_declare_conflict"
    ),
    path(f"{NATIONAL}/", views.NationalReviewOfThePanel.as_view(), name="panel_national"),
    path(f"{NATIONAL}/considered/", views.ConsideredByThePanel.as_view(), name="panel_national_considered"),
    path(f"{NATIONAL}/scope/", views.ScopeOfThePanel.as_view(), name="panel_national_scope"),
    path(f"{NATIONAL}/secretary-told/", views.SecretaryToldByThePanel.as_view(), name="panel_secretary_told"),
]
