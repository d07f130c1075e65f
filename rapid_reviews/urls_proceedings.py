"""Addresses of the register of proceedings. Its own page stands under the case's tab."""

from django.urls import path

from rapid_reviews.views import proceedings

HERE = "cases/<uuid:case_id>/proceedings"
ONE = f"{HERE}/<uuid:proceeding_id>"

urlpatterns = [
    path(HERE, proceedings.Register.as_view(), name="case_proceedings"),
    path(f"{HERE}/new", proceedings.AddProceeding.as_view(), name="proceeding_add"),
    path(f"{HERE}/family-contact", proceedings.NameFamilyLead.as_view(), name="family_lead"),
    path(
        f"{HERE}/told/<uuid:known_id>/take-over", proceedings.TakeOver.as_view(), name="proceeding_take_over"
    ),
    path(f"{HERE}/holds/<uuid:hold_id>/lift", proceedings.LiftHold.as_view(), name="hold_lift"),
    path(f"{ONE}/change", proceedings.ChangeProceeding.as_view(), name="proceeding_change"),
    path(f"{ONE}/end", proceedings.EndProceeding.as_view(), name="proceeding_end"),
    path(f"{ONE}/reopen", proceedings.ReopenProceeding.as_view(), name="proceeding_reopen"),
    path(f"{ONE}/hold", proceedings.PlaceHold.as_view(), name="hold_place"),
]
