"""Addresses of the incident: the last part of each is the step it takes."""

from django.urls import path

from notifications.views.incident import access, facts, links, partners

CASE = "cases/<uuid:case_id>"
HERE = f"{CASE}/incident"

urlpatterns = [
    path(f"{HERE}/", facts.OneIncident.as_view(), name="incident"),
    path(f"{HERE}/record-dates/", facts.RecordDates.as_view(), name="incident_record_dates"),
    path(f"{HERE}/record-awareness/", facts.RecordAwareness.as_view(), name="incident_record_awareness"),
    path(f"{HERE}/correct-awareness/", facts.CorrectAwareness.as_view(), name="incident_correct_awareness"),
    path(f"{HERE}/answer-test/<slug:test>/", facts.AnswerTest.as_view(), name="incident_answer_test"),
    path(f"{HERE}/confirm-route/", facts.ConfirmRoute.as_view(), name="incident_confirm_route"),
    path(f"{HERE}/areas/", links.Areas.as_view(), name="incident_areas"),
    path(f"{HERE}/areas/<uuid:area_id>/remove/", links.RemoveArea.as_view(), name="incident_remove_area"),
    path(f"{HERE}/link/", links.FindOther.as_view(), name="incident_link"),
    path(f"{HERE}/link/<uuid:other_id>/", links.LinkTo.as_view(), name="incident_link_to"),
    path(f"{HERE}/request-views/", partners.RequestViews.as_view(), name="incident_request_views"),
    path(f"{HERE}/take-back/", partners.TakeBack.as_view(), name="incident_take_back"),
    path(f"{HERE}/give-view/", partners.GiveView.as_view(), name="incident_give_view"),
    path(
        f"{HERE}/decide-notifiable/", partners.DecideNotifiable.as_view(), name="incident_decide_notifiable"
    ),
    path(f"{HERE}/reopen/", partners.Reopen.as_view(), name="incident_reopen"),
    path(f"{CASE}/declare-conflict/", access.DeclareConflict.as_view(), name="declare_conflict"),
    path(f"{CASE}/wall-off/", access.WallOff.as_view(), name="wall_off"),
    path(f"{CASE}/wall-off/<uuid:wall_id>/lift/", access.LiftWall.as_view(), name="lift_wall"),
    path(f"{CASE}/open-to/", access.OpenTo.as_view(), name="open_to"),
    path(f"{CASE}/broken-glass/", access.BrokenGlass.as_view(), name="broken_glass"),
    path("cases/break-glass/", access.BreakGlass.as_view(), name="break_glass"),
]
