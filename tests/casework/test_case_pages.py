"""The list of cases counts what it lists."""

import pytest

from cspr.cases.services import wall_off
from cspr.casework.case_list import STAGES, CasePages, cases
from notifications.options.incident import IncidentStatus
from notifications.selectors.incident import incident_of
from notifications.services.linking import link
from tests.factories.incidents import asked, received
from tests.factories.people import World


@pytest.mark.parametrize("stage", ["", *(key for key, _ in STAGES)])
def test_count_is_of_the_rows(northvale: World, southmere: World, stage: str) -> None:
    first, second = received(northvale), received(northvale)
    walled = received(northvale)
    asked(northvale)
    received(southmere)
    link(first, into=second, by=northvale.officer, reason="The same invented incident")
    wall_off(walled.case, user=northvale.officer.user, by=northvale.manager, reason="Knows the family")
    assert incident_of(first.case).status == IncidentStatus.LINKED
    pages = CasePages(northvale.officer, stage=stage)
    assert pages.count == cases(northvale.officer, stage=stage).count()
    if not stage:
        assert pages.count == 2
