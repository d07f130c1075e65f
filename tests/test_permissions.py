"""Who may do what, said again from roles.md without looking at the grants."""

from collections.abc import Callable

import pytest
from django.test import Client

from cspr.people.models import Membership
from cspr.people.workflow import SEE_THE_PARTNERSHIP
from cspr.permissions import GRANTS, ONLY_FOR_THE_LOCAL_AUTHORITY, Permission, Role, can
from tests.factories.people import World, make_administrator, make_bodies, make_member, make_partnership

P = Permission
UNIT = {Role.OFFICER, Role.MANAGER}
WHO = {
    P.SIGNED_IN: set(Role),
    P.SEE_BOARD: set(Role),
    P.HAVE_FEED: set(Role),
    P.MAKE_REFERRAL: {Role.REFERRER, Role.AGENCY_LEAD},
    P.SEE_REFERRALS: {Role.REFERRER, Role.AGENCY_LEAD, Role.PARTNER} | UNIT,
    P.SEE_CASES: UNIT | {Role.PARTNER, Role.LEAD_PARTNER, Role.SCRUTINEER},
    P.SEE_NAMES: UNIT | {Role.PARTNER},
    P.TRIAGE: UNIT,
    P.LINK_REFERRALS: UNIT,
    P.REQUEST_VIEWS: UNIT,
    P.GIVE_VIEW: {Role.PARTNER},
    P.DECIDE_NOTIFIABLE: {Role.PARTNER},
    P.PREPARE_NOTIFICATION: UNIT,
    P.RECORD_SENT: UNIT,
    P.TELL: UNIT,
    P.SHARE: UNIT,
    P.SEE_SHARED: UNIT | {Role.PARTNER},
    P.ANSWER_SHARED: UNIT,
    P.ADD_DOCUMENT: UNIT,
    P.CORRECT_AWARENESS: {Role.MANAGER},
    P.REOPEN: {Role.MANAGER},
    P.WALL_OFF: {Role.MANAGER},
    P.REVIEW_GLASS: {Role.MANAGER},
    P.MANAGE_CALENDAR: {Role.MANAGER},
    P.MANAGE_SETTINGS: {Role.MANAGER},
    P.MANAGE_PEOPLE: {Role.MANAGER, Role.ADMINISTRATOR},
    P.SEE_HEALTH: {Role.ADMINISTRATOR},
    P.BREAK_GLASS: UNIT | {Role.PARTNER, Role.LEAD_PARTNER},
    P.SEE_WHO_LOOKED: UNIT | {Role.PARTNER},
}


@pytest.mark.parametrize("permission", WHO, ids=lambda one: one.key)
def test_a_permission_is_held_by_the_roles_that_roles_md_names(permission: Permission) -> None:
    assert {role for role in Role if permission in GRANTS[role]} == WHO[permission]


def test_whoever_can_open_a_case_can_say_that_they_should_not() -> None:
    opening = {role for role in Role if P.SEE_CASES in GRANTS[role]}
    assert {role for role in Role if P.DECLARE_CONFLICT in GRANTS[role]} == opening


def test_nobody_but_those_roles_see_the_whole_partnership() -> None:
    assert {role for role in Role if P.SEE_CASES in GRANTS[role]} > SEE_THE_PARTNERSHIP
    assert Role.LEAD_PARTNER not in SEE_THE_PARTNERSHIP


def test_an_administrator_comes_to_no_content() -> None:
    assert GRANTS[Role.ADMINISTRATOR] == {
        P.SIGNED_IN, P.SEE_BOARD, P.HAVE_FEED, P.MANAGE_PEOPLE, P.SEE_HEALTH,
    }  # fmt: skip


def test_every_role_and_every_permission_is_somebody_s() -> None:
    assert set(GRANTS) == set(Role)
    assert set().union(*GRANTS.values()) == set(Permission)


@pytest.mark.parametrize("permission", ONLY_FOR_THE_LOCAL_AUTHORITY, ids=lambda one: one.key)
def test_the_local_authority_alone_is_the_notifier(northvale: World, permission: Permission) -> None:
    assert [can(one, permission) for one in northvale.partners] == [True, False, False]


def test_nobody_can_do_anything() -> None:
    assert not any(can(None, permission) for permission in Permission)


def test_every_role_has_a_board_even_where_nothing_waits(
    db: None, browser: Callable[[Membership], Client]
) -> None:
    own = make_partnership()
    others = [
        make_member(Role.REVIEWER, partnership=own),
        make_member(Role.REVIEWER),
        make_member(Role.PANEL_OFFICER, body=make_bodies()["panel"]),
        make_member(Role.LEAD_PARTNER, partnership=own, partner="ICB"),
        make_administrator(),
    ]
    for member in others:
        assert browser(member).get("/").status_code == 200, member.role
