"""Addresses of what goes to the Panel and comes back."""

from django.urls import path

from rapid_reviews.views import sending as views

HERE = "cases/<uuid:case_id>/rapid-review"

urlpatterns = [
    path(f"{HERE}/send/", views.SendReview.as_view(), name="rapid_review_send"),
    path(
        f"{HERE}/versions/<uuid:decision_id>/copy.<slug:ending>",
        views.CopyToSend.as_view(),
        name="rapid_review_copy",
    ),
    path(f"{HERE}/sent/", views.Sent.as_view(), name="rapid_review_sent"),
    path(f"{HERE}/panel-answer/", views.RecordPanelAnswer.as_view(), name="rapid_review_panel_answer"),
    path(f"{HERE}/panel-answers/<uuid:answer_id>/reply/", views.Reply.as_view(), name="rapid_review_reply"),
    path(f"{HERE}/decide-again/", views.DecideAgain.as_view(), name="rapid_review_decide_again"),
    path(f"{HERE}/close/", views.CloseNotMeeting.as_view(), name="rapid_review_close"),
    path(f"{HERE}/reopen/", views.ReopenReview.as_view(), name="rapid_review_reopen"),
]
