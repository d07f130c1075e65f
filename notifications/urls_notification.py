"""Addresses of the notification, of whom a case was told to, and of the dialogue with the Panel."""

from django.urls import path

from notifications.views.notification.pack import NotificationPack, OpenPack, PrintPack, WordPack
from notifications.views.notification.questions import AnswerSection, ChooseChildren
from notifications.views.notification.sending import RecordSent, SendFurther
from notifications.views.notification.told import (
    DialogueLog,
    LogDialogue,
    TellAgain,
    Told,
    ToldInPerson,
)

CASE = "cases/<uuid:case_id>"
ONE = f"{CASE}/notification"

urlpatterns = [
    path(f"{ONE}/", NotificationPack.as_view(), name="notification"),
    path(f"{ONE}/open", OpenPack.as_view(), name="notification_open"),
    path(f"{ONE}/children", ChooseChildren.as_view(), name="notification_children"),
    path(f"{ONE}/sections/<slug:section>", AnswerSection.as_view(), name="notification_section"),
    path(f"{ONE}/print", PrintPack.as_view(), name="notification_print"),
    path(f"{ONE}/word", WordPack.as_view(), name="notification_word"),
    path(f"{ONE}/record-sent", RecordSent.as_view(), name="record_sent"),
    path(f"{ONE}/further", SendFurther.as_view(), name="send_further"),
    path(f"{CASE}/told", Told.as_view(), name="case_told"),
    path(f"{CASE}/told/<uuid:telling_id>/in-person", ToldInPerson.as_view(), name="told_in_person"),
    path(f"{CASE}/told/<uuid:telling_id>/again", TellAgain.as_view(), name="tell_again"),
    path(f"{CASE}/dialogue", DialogueLog.as_view(), name="case_dialogue"),
    path(f"{CASE}/dialogue/new", LogDialogue.as_view(), name="log_dialogue"),
]
