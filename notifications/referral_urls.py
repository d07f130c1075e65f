"""Addresses of referrals."""

from django.urls import path

from notifications.views.referral_acts import (
    AddToReferral,
    CheckReferral,
    DeleteDraft,
    StartReferral,
    WithdrawReferral,
)
from notifications.views.referral_lists import AddRow, AnswerRow, AttachFile, ListPage, RemoveRow
from notifications.views.referral_questions import AddChild, AnswerChild, AnswerPage, ChildTasks
from notifications.views.referral_record import Copy, OneReferral, Receipt, Referrals

ONE = "referrals/<uuid:referral_id>"

urlpatterns = [
    path("referrals/", Referrals.as_view(), name="referrals"),
    path("referrals/start", StartReferral.as_view(), name="referral_start"),
    path(f"{ONE}/", OneReferral.as_view(), name="referral"),
    path(f"{ONE}/questions/<slug:page>", AnswerPage.as_view(), name="referral_page"),
    path(f"{ONE}/children/add", AddChild.as_view(), name="referral_child_add"),
    path(f"{ONE}/children/<uuid:child_id>/", ChildTasks.as_view(), name="referral_child"),
    path(f"{ONE}/children/<uuid:child_id>/<slug:page>", AnswerChild.as_view(), name="referral_child_page"),
    path(f"{ONE}/lists/<slug:page>", ListPage.as_view(), name="referral_list"),
    path(f"{ONE}/lists/<slug:page>/add", AddRow.as_view(), name="referral_row_add"),
    path(f"{ONE}/lists/<slug:page>/<uuid:row_id>", AnswerRow.as_view(), name="referral_row"),
    path(f"{ONE}/lists/<slug:page>/<uuid:row_id>/remove", RemoveRow.as_view(), name="referral_row_remove"),
    path(f"{ONE}/attach", AttachFile.as_view(), name="referral_attach"),
    path(f"{ONE}/check", CheckReferral.as_view(), name="referral_check"),
    path(f"{ONE}/receipt", Receipt.as_view(), name="referral_receipt"),
    path(f"{ONE}/add", AddToReferral.as_view(), name="referral_add_to"),
    path(f"{ONE}/withdraw", WithdrawReferral.as_view(), name="referral_withdraw"),
    path(f"{ONE}/delete", DeleteDraft.as_view(), name="referral_delete"),
    path(f"{ONE}/copy", Copy.as_view(), name="referral_copy"),
]
