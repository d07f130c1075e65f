"""Addresses of people and organisations."""

from django.urls import path

from cspr.casework.people_pages.views.access import (
    ChangeRole,
    CloseAccount,
    EndAccess,
    InviteAgain,
    OpenAccount,
    ResetSecondFactor,
)
from cspr.casework.people_pages.views.organisations import (
    AddAgency,
    AddBody,
    AddPartnership,
    ChangeAgency,
    Organisations,
)
from cspr.casework.people_pages.views.people import ChooseRole, Invite, People, Person

ONE = "people/<uuid:membership_id>"

urlpatterns = [
    path("people/", People.as_view(), name="people"),
    path("people/give", ChooseRole.as_view(), name="person_choose_role"),
    path("people/give/<slug:role>", Invite.as_view(), name="person_invite"),
    path(f"{ONE}/", Person.as_view(), name="person"),
    path(f"{ONE}/change", ChangeRole.as_view(), name="person_change"),
    path(f"{ONE}/end", EndAccess.as_view(), name="person_end"),
    path(f"{ONE}/second-factor", ResetSecondFactor.as_view(), name="person_second_factor"),
    path(f"{ONE}/link", InviteAgain.as_view(), name="person_invite_again"),
    path(f"{ONE}/close", CloseAccount.as_view(), name="person_close"),
    path(f"{ONE}/open", OpenAccount.as_view(), name="person_open"),
    path("organisations/", Organisations.as_view(), name="organisations"),
    path("organisations/agencies/add", AddAgency.as_view(), name="agency_add"),
    path("organisations/agencies/<uuid:agency_id>", ChangeAgency.as_view(), name="agency"),
    path("organisations/partnerships/add", AddPartnership.as_view(), name="partnership_add"),
    path("organisations/bodies/add", AddBody.as_view(), name="body_add"),
]
