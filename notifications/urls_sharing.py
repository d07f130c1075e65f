"""Addresses of what is shared with other areas (rule 4.8): of those who share, and of those it is shared with."""

from django.urls import path

from notifications.views.sharing import ours, theirs

AREAS = "cases/<uuid:case_id>/areas"
SHARED = "cases/shared"
ONE = f"{SHARED}/<uuid:shared_id>"

urlpatterns = [
    path(f"{AREAS}/", ours.OtherAreas.as_view(), name="case_areas"),
    path(f"{AREAS}/<uuid:area_id>/share/", ours.ShareWithArea.as_view(), name="share_with_area"),
    path(f"{AREAS}/shares/<uuid:share_id>/withdraw/", ours.WithdrawShare.as_view(), name="withdraw_share"),
    path(f"{AREAS}/answers/<uuid:answer_id>/note/", ours.NoteAnswer.as_view(), name="note_answer"),
    path(f"{SHARED}/", theirs.SharedWithUs.as_view(), name="shared"),
    path(f"{ONE}/", theirs.SharedCase.as_view(), name="shared_case"),
    path(f"{ONE}/copies/<uuid:copy_id>/", theirs.SharedCopy.as_view(), name="shared_copy"),
    path(f"{ONE}/files/<uuid:file_id>/", theirs.SharedFile.as_view(), name="shared_file"),
    path(
        f"{ONE}/answers/<uuid:given_id>/file/", theirs.SharedAnswerFile.as_view(), name="shared_answer_file"
    ),
    path(f"{ONE}/receive/", theirs.ReceiveShared.as_view(), name="receive_shared"),
    path(f"{ONE}/answer/", theirs.AnswerShared.as_view(), name="answer_shared"),
    path(f"{ONE}/declare-conflict/", theirs.DeclareConflictHere.as_view(), name="shared_declare_conflict"),
    path(f"{ONE}/wall-off/", theirs.WallOffColleague.as_view(), name="shared_wall_off"),
]
