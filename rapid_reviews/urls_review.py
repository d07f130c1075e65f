"""Addresses of the review: the last part of each is the act it takes."""

from django.urls import path

from rapid_reviews.views.review import read, sign, write

HERE = "cases/<uuid:case_id>/rapid-review"

urlpatterns = [
    path(f"{HERE}/", read.OneReview.as_view(), name="rapid_review"),
    path(f"{HERE}/read/", read.ReadReview.as_view(), name="rapid_review_read"),
    path(f"{HERE}/sections/<slug:section>/", write.WriteSection.as_view(), name="rapid_review_section"),
    path(
        f"{HERE}/criteria/<slug:criterion>/",
        write.AnswerCriterion.as_view(),
        name="rapid_review_criterion",
    ),
    path(f"{HERE}/decision/", write.WriteDecision.as_view(), name="rapid_review_decision"),
    path(f"{HERE}/decision/what-follows/", write.WriteDetail.as_view(), name="rapid_review_detail"),
    path(f"{HERE}/put-to-partners/", sign.PutToPartners.as_view(), name="rapid_review_put_to_partners"),
    path(f"{HERE}/take-back/", sign.TakeBack.as_view(), name="rapid_review_take_back"),
    path(f"{HERE}/sign/", sign.Sign.as_view(), name="rapid_review_sign"),
    path(f"{HERE}/escalation/", sign.AnswerEscalation.as_view(), name="rapid_review_escalation"),
    path(f"{HERE}/versions/<uuid:decision_id>/", read.OneVersion.as_view(), name="rapid_review_version"),
    path(
        f"{HERE}/versions/<uuid:decision_id>/comment/",
        sign.CommentOnVersion.as_view(),
        name="rapid_review_comment",
    ),
]
