"""The partnership beside an incident is its case's own, and the database keeps it so."""

import pytest
from django.db import IntegrityError, connection

from cspr.models import writing
from notifications.models import Incident
from tests.factories.incidents import received
from tests.factories.people import World


def test_incident_has_its_cases_partnership(northvale: World) -> None:
    incident = received(northvale)
    assert incident.partnership_id == incident.case.partnership_id


def test_another_partnership_is_refused_by_the_database(northvale: World, southmere: World) -> None:
    incident = received(northvale)
    with writing():
        Incident.objects.filter(pk=incident.pk).update(partnership=southmere.partnership)
    with (
        pytest.raises(IntegrityError, match="incident_partnership_is_its_cases"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
