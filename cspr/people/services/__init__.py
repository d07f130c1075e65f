"""Verbs on people and organisations."""

from cspr.people.services.accounts import (
    deactivate,
    end_sessions,
    password_link,
    reactivate,
    reset_second_factor,
)
from cspr.people.services.guests import add_guest_organisation, end_guest, make_guest
from cspr.people.services.organisations import add_agency, add_body, add_partnership, change_agency
from cspr.people.services.roles import Place, change_role, end_role, give_role

__all__ = [
    "Place",
    "add_agency",
    "add_body",
    "add_guest_organisation",
    "add_partnership",
    "change_agency",
    "change_role",
    "deactivate",
    "end_guest",
    "end_role",
    "end_sessions",
    "give_role",
    "make_guest",
    "password_link",
    "reactivate",
    "reset_second_factor",
]
