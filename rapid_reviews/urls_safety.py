"""Addresses of immediate safety actions."""

from django.urls import path

from rapid_reviews.views import safety

HERE = "cases/<uuid:case_id>/rapid-review/safety-actions"
ONE = f"{HERE}/<uuid:action_id>"

urlpatterns = [
    path(f"{HERE}/", safety.SafetyActions.as_view(), name="safety_actions"),
    path(f"{HERE}/new", safety.AddAction.as_view(), name="safety_add"),
    path(f"{HERE}/learning/new", safety.ShareLearning.as_view(), name="safety_learning"),
    path(f"{ONE}/change", safety.ChangeAction.as_view(), name="safety_change"),
    path(f"{ONE}/complete", safety.CompleteAction.as_view(), name="safety_complete"),
    path(f"{ONE}/drop", safety.DropAction.as_view(), name="safety_drop"),
    path(f"{ONE}/reopen", safety.ReopenAction.as_view(), name="safety_reopen"),
]
