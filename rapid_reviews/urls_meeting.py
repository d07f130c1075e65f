"""Addresses of the meetings: the last part of each is the act it takes."""

from django.urls import path

from rapid_reviews.views.meeting import acts, read, record

HERE = "cases/<uuid:case_id>/rapid-review/meetings"
ONE = f"{HERE}/<uuid:meeting_id>"
SOMEBODY = f"{ONE}/people/<uuid:attendance_id>"

urlpatterns = [
    path(f"{HERE}/", read.Meetings.as_view(), name="meetings"),
    path(f"{HERE}/new", acts.PlanMeeting.as_view(), name="meeting_new"),
    path(f"{ONE}/", read.OneMeeting.as_view(), name="meeting"),
    path(f"{ONE}/plan", acts.ChangePlan.as_view(), name="meeting_plan"),
    path(f"{ONE}/hold", acts.HoldMeeting.as_view(), name="meeting_hold"),
    path(f"{ONE}/cancel", acts.CancelMeeting.as_view(), name="meeting_cancel"),
    path(f"{ONE}/people/new", record.AddAttendee.as_view(), name="meeting_attend"),
    path(f"{ONE}/people/invite", record.InvitePeople.as_view(), name="meeting_invite"),
    path(f"{ONE}/people/attendance", record.RecordRoll.as_view(), name="meeting_roll"),
    path(f"{SOMEBODY}/presence", record.RecordPresence.as_view(), name="meeting_presence"),
    path(f"{SOMEBODY}/conflict", record.DeclareConflict.as_view(), name="meeting_conflict"),
    path(
        f"{SOMEBODY}/conflict/withdraw", record.WithdrawConflict.as_view(), name="meeting_withdraw_conflict"
    ),
    path(f"{ONE}/minutes/item", record.MinuteItem.as_view(), name="meeting_minute_item"),
    path(f"{ONE}/minutes/decision", record.MinuteDecision.as_view(), name="meeting_minute_decision"),
    path(f"{ONE}/minutes/<uuid:minute_id>", record.ChangeMinute.as_view(), name="meeting_minute"),
    path(f"{ONE}/minutes/agree", acts.AgreeMinutes.as_view(), name="meeting_agree_minutes"),
    path(f"{ONE}/minutes/correct", acts.CorrectMinutes.as_view(), name="meeting_correct_minutes"),
    path(f"{ONE}/papers/freeze", acts.FreezePack.as_view(), name="meeting_freeze_pack"),
    path(f"{ONE}/papers/<str:version>/", read.OnePack.as_view(), name="meeting_pack"),
    path(f"{ONE}/papers/<str:version>/word", read.PackInWord.as_view(), name="meeting_pack_word"),
    path("settings/meeting-quorum", acts.SetQuorum.as_view(), name="settings_quorum"),
]
