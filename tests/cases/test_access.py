"""Grants, walls and broken glass: who gives what to whom, how long it lasts, and what a join does to it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission as ObjectPermission
from django.db import connection
from guardian.shortcuts import assign_perm

from cspr.audit.models import Event
from cspr.cases.models import Case, CaseGrant, PartnershipGrant, Wall
from cspr.cases.services import (
    break_glass,
    close_case,
    give_partnership_access,
    grant_access,
    lift_wall,
    open_case,
    wall_off,
)
from cspr.now import now
from cspr.people.models import Membership, Partner
from cspr.permissions import Role
from cspr.workflow import Refused
from tests.audit.test_races import together
from tests.factories.people import World, make_member, make_world


@pytest.fixture
def case(northvale: World) -> Case:
    return open_case(northvale.partnership, by=northvale.officer)


@pytest.fixture
def other_case(northvale: World) -> Case:
    return open_case(northvale.partnership, by=northvale.officer)


def sees(who: Membership, case: Case) -> bool:
    return Case.objects.visible_to(who).filter(pk=case.pk).exists()


def in_hours(hours: float) -> time_machine.travel:
    return time_machine.travel(now() + timedelta(hours=hours))


def test_a_short_grant_does_not_shorten_a_long_one(northvale: World, case: Case) -> None:
    grant_access(case, to=northvale.la_lead, by=northvale.manager, reason="Escalated")
    soon = now() + timedelta(hours=1)
    grant_access(case, to=northvale.la_lead, by=northvale.manager, reason="Again", until=soon)
    with in_hours(2):
        assert sees(northvale.la_lead, case)
    assert CaseGrant.objects.count() == 2


def test_glass_is_broken_again_after_it_ended(northvale: World, case: Case) -> None:
    first = break_glass(case, by=northvale.la_lead, reason="Urgent call")
    with in_hours(5):
        assert not sees(northvale.la_lead, case)
        second = break_glass(case, by=northvale.la_lead, reason="Another call")
        assert sees(northvale.la_lead, case)
    assert first.pk != second.pk


def test_glass_pressed_twice_is_broken_once(northvale: World, case: Case) -> None:
    first = break_glass(case, by=northvale.la_lead, reason="Urgent call")
    assert break_glass(case, by=northvale.la_lead, reason="Urgent call").pk == first.pk
    assert Event.objects.filter(kind="access.glass_broken").count() == 1


def test_glass_is_not_broken_by_whoever_can_open_the_case(northvale: World, case: Case) -> None:
    with pytest.raises(Refused, match="already"):
        break_glass(case, by=northvale.officer, reason="Urgent")


@pytest.mark.parametrize("who", ["officer", "la", "la_lead", "manager", "referrer"])
def test_glass_of_another_partnership_holds(southmere: World, case: Case, who: str) -> None:
    with pytest.raises(Refused, match="not yours"):
        break_glass(case, by=getattr(southmere, who), reason="Urgent")
    assert not CaseGrant.objects.exists()


@pytest.mark.parametrize("who", ["scrutineer", "referrer", "agency_lead"])
def test_a_role_that_breaks_no_glass_is_refused(northvale: World, case: Case, who: str) -> None:
    with pytest.raises(Refused, match="not yours"):
        break_glass(case, by=getattr(northvale, who), reason="Urgent")


def test_only_who_can_open_a_case_opens_it_to_another(
    northvale: World, southmere: World, administrator: Membership, case: Case
) -> None:
    for by in (southmere.manager, administrator, northvale.referrer):
        with pytest.raises(Refused):
            grant_access(case, to=northvale.la_lead, by=by, reason="Invented")
    for to in (southmere.officer, northvale.referrer, administrator):
        with pytest.raises(Refused, match="does not open"):
            grant_access(case, to=to, by=northvale.manager, reason="Invented")
    assert not CaseGrant.objects.exists()


def test_a_case_is_not_opened_behind_a_wall(northvale: World, case: Case) -> None:
    wall_off(case, user=northvale.la_lead.user, by=northvale.manager, reason="Invented")
    with pytest.raises(Refused, match="conflict"):
        grant_access(case, to=northvale.la_lead, by=northvale.manager, reason="Escalated")


def test_a_grant_is_one_capacity_s_and_not_the_person_s(northvale: World, case: Case) -> None:
    lead = northvale.la_lead
    second = make_member(
        Role.LEAD_PARTNER, user=lead.user, partnership=northvale.partnership, partner=Partner.POLICE
    )
    grant_access(case, to=lead, by=northvale.manager, reason="Escalated")
    assert (sees(lead, case), sees(second, case)) == (True, False)
    grant_access(case, to=second, by=northvale.manager, reason="Escalated")
    assert (sees(lead, case), sees(second, case)) == (True, True)


def test_a_grant_without_a_capacity_opens_nothing(northvale: World, case: Case) -> None:
    CaseGrant.objects.create(
        permission=ObjectPermission.objects.get(codename="open_case"),
        user=northvale.la_lead.user,
        content_object=case,
    )
    assert not sees(northvale.la_lead, case)


def test_a_lead_partner_does_not_see_through_what_another_role_of_theirs_was_given(
    northvale: World, case: Case
) -> None:
    lead = northvale.la_lead
    officer = make_member(Role.OFFICER, user=lead.user, partnership=northvale.partnership)
    assert sees(officer, case)
    assert not sees(lead, case)
    with pytest.raises(Refused):
        give_partnership_access(lead, by=None)


def test_another_permission_on_the_partnership_opens_no_case(northvale: World, case: Case) -> None:
    stranger = make_member(Role.OFFICER, partnership=northvale.partnership)
    PartnershipGrant.objects.filter(user=stranger.user).delete()
    assign_perm("view_partnership", stranger.user, northvale.partnership)
    assert not sees(stranger, case)


def test_a_permission_given_to_the_account_opens_no_case(northvale: World, case: Case) -> None:
    stranger = make_member(Role.OFFICER, partnership=northvale.partnership)
    PartnershipGrant.objects.filter(user=stranger.user).delete()
    for codename in ("open_case", "see_its_cases"):
        stranger.user.user_permissions.add(ObjectPermission.objects.get(codename=codename))
    assert not sees(stranger, case)


def test_an_ended_role_sees_nothing(northvale: World, case: Case) -> None:
    acting = northvale.officer
    acting.ended_at, acting.ended_by = now(), northvale.manager
    assert not sees(acting, case)


def test_a_wall_stands_on_every_case_of_an_incident(northvale: World, case: Case, other_case: Case) -> None:
    wall_off(case, user=northvale.icb.user, by=northvale.manager, reason="Knows the family")
    close_case(case, by=northvale.officer, reason="Same incident", merged_into=other_case)
    assert not sees(northvale.icb, other_case)
    case.refresh_from_db()
    later = wall_off(case, user=northvale.police.user, by=northvale.manager, reason="Managed the worker")
    assert not sees(northvale.police, other_case)
    lift_wall(later, by=northvale.manager, reason="Invented")
    assert sees(northvale.police, other_case)
    assert sees(northvale.police, case)
    assert not sees(northvale.icb, case)


def test_a_case_joined_twice_stands_under_the_last(northvale: World, case: Case, other_case: Case) -> None:
    third = open_case(northvale.partnership, by=northvale.officer)
    wall_off(case, user=northvale.icb.user, by=northvale.manager, reason="Invented")
    close_case(case, by=northvale.officer, reason="Same", merged_into=other_case)
    close_case(other_case, by=northvale.officer, reason="Same", merged_into=third)
    case.refresh_from_db()
    assert case.merged_into == third
    assert not sees(northvale.icb, third)


def test_a_case_is_closed_once_and_never_joined_to_itself(northvale: World, case: Case) -> None:
    with pytest.raises(Refused):
        close_case(case, by=northvale.officer, reason="Same", merged_into=case)
    close_case(case, by=northvale.officer, reason="Over")
    with pytest.raises(Refused, match="already"):
        close_case(case, by=northvale.manager, reason="Over again")
    case.refresh_from_db()
    assert case.closed_reason == "Over"


def test_walls_and_closings_are_for_those_who_can_open_the_case(
    northvale: World, southmere: World, case: Case
) -> None:
    wall = wall_off(case, user=northvale.icb.user, by=northvale.manager, reason="Invented")
    for by in (southmere.manager, northvale.la_lead):
        with pytest.raises(Refused):
            wall_off(case, user=northvale.la.user, by=by, reason="Invented")
        with pytest.raises(Refused):
            lift_wall(wall, by=by, reason="Invented")
        with pytest.raises(Refused):
            close_case(case, by=by, reason="Invented")


def test_who_stands_behind_a_wall_does_not_lift_it(northvale: World, case: Case) -> None:
    wall = wall_off(case, user=northvale.manager.user, by=northvale.manager, reason="Own conflict")
    with pytest.raises(Refused):
        lift_wall(wall, by=northvale.manager, reason="Invented")
    assert not sees(northvale.manager, case)


def test_a_wall_raised_twice_is_one_wall(northvale: World, case: Case) -> None:
    first = wall_off(case, user=northvale.icb.user, by=northvale.manager, reason="Invented")
    assert wall_off(case, user=northvale.icb.user, by=northvale.officer, reason="Other").pk == first.pk


@pytest.mark.usefixtures("committed")
def test_many_at_once_raise_one_wall_and_break_one_glass() -> None:
    world = make_world()
    case = open_case(world.partnership, by=world.officer)
    presses = [
        lambda: wall_off(case, user=world.icb.user, by=world.manager, reason="Invented"),
        lambda: break_glass(case, by=world.la_lead, reason="Invented"),
    ]
    assert together(6, lambda number: presses[number % 2]() and None) == []
    assert Wall.objects.count() == CaseGrant.objects.count() == 1
    connection.close()
