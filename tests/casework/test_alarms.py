"""The banner over the board: who read more cases than work needs is shown to their manager, and to nobody else."""

from datetime import timedelta

import pytest
import time_machine

from cspr.audit.access import looked
from cspr.cases.models import Case
from cspr.cases.services import open_case
from cspr.casework.alarms import MANY_CASES, alarms
from cspr.deadlines import calendar
from cspr.now import now
from cspr.people.models import Membership
from tests.factories.people import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases(northvale: World) -> list[Case]:
    """One case more than anybody needs in an hour."""
    return [open_case(northvale.partnership, by=northvale.officer) for _ in range(MANY_CASES + 1)]


def read(cases: list[Case], *, by: Membership) -> None:
    for case in cases:
        for path in ("/a", "/b"):
            looked(by=by, case=case, what="The case", path=path)


def told(member: Membership) -> list[str]:
    return [one for one in alarms(member, calendar.current()) if "different cases" in one]


def test_many_different_cases_within_an_hour_are_told_to_the_manager_only(
    northvale: World, southmere: World, cases: list[Case]
) -> None:
    read(cases, by=northvale.officer)
    (sentence,) = told(northvale.manager)
    assert sentence.startswith(
        f"{northvale.officer.user.full_name} opened 31 different cases within an hour."
    )
    assert told(northvale.officer) == told(northvale.la) == told(southmere.manager) == []


def test_as_many_as_work_may_need_are_told_to_nobody(northvale: World, cases: list[Case]) -> None:
    read(cases[1:], by=northvale.officer)
    assert told(northvale.manager) == []


def test_an_hour_later_it_is_told_no_more(northvale: World, cases: list[Case]) -> None:
    read(cases, by=northvale.officer)
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert told(northvale.manager) == []
