"""Addresses of information requests: the unit's, an agency's, a guest's. The last part is the act it takes."""

from django.urls import path

from rapid_reviews.views import guest
from rapid_reviews.views.requests import reach, read, write
from rapid_reviews.views.returns import acts, answer
from rapid_reviews.views.returns.read import AgencyRequests, OneRequest, ReturnCopy

CASE = "cases/<uuid:case_id>/rapid-review/requests"
ONE = f"{CASE}/<uuid:request_id>"
OWN = "requests/<uuid:request_id>"
LINK = "guest/<uuid:secret>"
BY_LINK = "guest/requests/<uuid:request_id>"

urlpatterns = [
    path(f"{CASE}/", read.Requests.as_view(), name="case_requests"),
    path(f"{CASE}/ask/", write.AskAgencies.as_view(), name="case_requests_ask"),
    path(f"{CASE}/ask-guest/", write.AskGuest.as_view(), name="case_requests_ask_guest"),
    path(f"{CASE}/issue/", write.IssueAll.as_view(), name="case_requests_issue"),
    path(f"{CASE}/chase/", reach.ChaseAll.as_view(), name="case_requests_chase"),
    path(f"{ONE}/", read.OneRequest.as_view(), name="case_request"),
    path(f"{ONE}/describe/", write.DescribeRequest.as_view(), name="case_request_describe"),
    path(f"{ONE}/preview/", read.PreviewRequest.as_view(), name="case_request_preview"),
    path(f"{ONE}/issue/", write.IssueRequest.as_view(), name="case_request_issue"),
    path(f"{ONE}/chase/", reach.ChaseRequest.as_view(), name="case_request_chase"),
    path(f"{ONE}/send-link/", reach.SendLink.as_view(), name="case_request_send_link"),
    path(f"{ONE}/end-link/", reach.EndLink.as_view(), name="case_request_end_link"),
    path(f"{ONE}/send-back/", write.SendBack.as_view(), name="case_request_send_back"),
    path(f"{ONE}/withdraw/", write.WithdrawRequest.as_view(), name="case_request_withdraw"),
    path(f"{ONE}/delete/", write.DeleteDraft.as_view(), name="case_request_delete"),
    path("requests/", AgencyRequests.as_view(), name="requests"),
    path(f"{OWN}/", OneRequest.as_view(), name="request"),
    path(f"{OWN}/copy/", ReturnCopy.as_view(), name="request_copy"),
    path(f"{OWN}/questions/<slug:page>/", answer.AnswerPage.as_view(), name="request_page"),
    path(f"{OWN}/files/", answer.Files.as_view(), name="request_files"),
    path(f"{OWN}/files/<uuid:file_id>/remove/", answer.RemoveFile.as_view(), name="request_file_remove"),
    path(f"{OWN}/check/", answer.CheckReturn.as_view(), name="request_check"),
    path(f"{OWN}/nothing-known/", answer.NothingKnown.as_view(), name="request_nothing_known"),
    path(f"{OWN}/assign/", acts.AssignRequest.as_view(), name="request_assign"),
    path(f"{OWN}/sign-off/", acts.SignOff.as_view(), name="request_sign_off"),
    path(f"{OWN}/hand-back/", acts.HandBack.as_view(), name="request_hand_back"),
    path(f"{OWN}/refuse/", acts.RefuseRequest.as_view(), name="request_refuse"),
    path("guest/leave/", guest.LeaveRequest.as_view(), name="guest_leave"),
    path("guest/typed/", guest.GuestTyped.as_view(), name="guest_typed"),
    path(f"{LINK}/", guest.OpenLink.as_view(), name="guest_open"),
    path(f"{LINK}/code/", guest.TypeCode.as_view(), name="guest_code"),
    path(f"{BY_LINK}/", guest.GuestRequest.as_view(), name="guest_request"),
    path(f"{BY_LINK}/copy/", guest.GuestCopy.as_view(), name="guest_request_copy"),
    path(f"{BY_LINK}/questions/<slug:page>/", guest.GuestPage.as_view(), name="guest_request_page"),
    path(f"{BY_LINK}/files/", guest.GuestFiles.as_view(), name="guest_request_files"),
    path(
        f"{BY_LINK}/files/<uuid:file_id>/remove/",
        guest.GuestRemoveFile.as_view(),
        name="guest_request_file_remove",
    ),
    path(f"{BY_LINK}/check/", guest.GuestCheck.as_view(), name="guest_request_check"),
    path(f"{BY_LINK}/nothing-known/", guest.GuestNothingKnown.as_view(), name="guest_request_nothing_known"),
    path(f"{BY_LINK}/bring-in/", guest.GuestBringIn.as_view(), name="guest_request_bring_in"),
    path(f"{BY_LINK}/sign-off/", guest.GuestSignOff.as_view(), name="guest_request_sign_off"),
    path(f"{BY_LINK}/hand-back/", guest.GuestHandBack.as_view(), name="guest_request_hand_back"),
    path(f"{BY_LINK}/refuse/", guest.GuestRefuse.as_view(), name="guest_request_refuse"),
]
