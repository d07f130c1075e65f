"""Who may open a case: the partnership's people, minus walls; strangers never."""

from datetime import timedelta

import pytest
import time_machine

from cspr.cases.models import Case
from cspr.cases.services import break_glass, grant_access, open_case, wall_off
from cspr.now import now
from cspr.workflow import Refused
from tests.factories.people import World


@pytest.fixture
def case(northvale: World) -> Case:
    return open_case(northvale.partnership, by=northvale.officer)


@pytest.mark.parametrize("who", ["officer", "manager", "la", "icb", "police", "scrutineer"])
def test_partnership_staff_see_the_case(northvale: World, case: Case, who: str) -> None:
    assert list(Case.objects.visible_to(getattr(northvale, who))) == [case]


@pytest.mark.parametrize("who", ["referrer", "agency_lead", "la_lead"])
def test_agency_people_and_lead_partners_see_no_case_by_role(northvale: World, case: Case, who: str) -> None:
    assert not Case.objects.visible_to(getattr(northvale, who)).exists()


def test_other_partnership_sees_nothing(southmere: World, case: Case) -> None:
    assert not any(Case.objects.visible_to(one).exists() for one in southmere.everybody().values())


def test_administrator_sees_no_case(administrator, case: Case) -> None:
    assert not Case.objects.visible_to(administrator).exists()


def test_wall_hides_the_case_whatever_was_granted(northvale: World, case: Case) -> None:
    grant_access(case, to=northvale.la_lead, by=northvale.manager, reason="escalated")
    wall_off(case, user=northvale.la_lead.user, by=northvale.manager, reason="knows the family")
    wall_off(case, user=northvale.la.user, by=northvale.manager, reason="managed the worker")
    assert not Case.objects.visible_to(northvale.la_lead).exists()
    assert not Case.objects.visible_to(northvale.la).exists()


def test_grant_ends_by_itself(northvale: World, case: Case) -> None:
    grant_access(
        case, to=northvale.la_lead, by=northvale.manager, reason="escalated", until=now() + timedelta(hours=2)
    )
    assert Case.objects.visible_to(northvale.la_lead).exists()
    with time_machine.travel(now() + timedelta(hours=3)):
        assert not Case.objects.visible_to(northvale.la_lead).exists()


def test_nobody_grants_themselves(northvale: World, case: Case) -> None:
    with pytest.raises(Refused):
        grant_access(case, to=northvale.officer, by=northvale.officer, reason="want to")


def test_broken_glass_ends_after_four_hours_and_a_wall_still_denies(northvale: World, case: Case) -> None:
    break_glass(case, by=northvale.la_lead, reason="urgent call from the Panel")
    assert Case.objects.visible_to(northvale.la_lead).exists()
    wall_off(case, user=northvale.icb.user, by=northvale.manager, reason="knows the family")
    with pytest.raises(Refused):
        break_glass(case, by=northvale.icb, reason="urgent")
    with time_machine.travel(now() + timedelta(hours=5)):
        assert not Case.objects.visible_to(northvale.la_lead).exists()
