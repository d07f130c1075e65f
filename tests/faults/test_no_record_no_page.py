"""A page with case content writes its access record or is not shown; a step whose event fails is not taken. R3, R26."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from cspr.audit.models import Access, Event
from cspr.cases.models import Case
from cspr.postgres.ownership import as_owner
from notifications.models import Incident, Referral
from tests.factories import incidents, referrals
from tests.factories.fixtures import sign_in
from tests.factories.people import World, make_world

pytestmark = pytest.mark.faults
PAGES = (
    "", "people", "chronology", "documents", "decisions", "proceedings", "timeline", "looked", "incident/", "told",
    "dialogue",
)  # fmt: skip


@pytest.fixture
def world(committed: None) -> World:
    return make_world("NVL", "Northvale")


def as_the_owner(statement: str) -> None:
    """One statement on a connection of its own that keeps the owner's rights."""
    connection.close()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


@contextmanager
def no_more_rows_in(table: str) -> Iterator[None]:
    """The application may not write to a table of the record: as if its disk were full."""
    as_the_owner(f"REVOKE INSERT ON {table} FROM cspr_app")
    try:
        yield
    finally:
        as_the_owner(f"GRANT INSERT ON {table} TO cspr_app")


def test_no_page_of_a_case_is_shown_without_its_access_record(world: World) -> None:
    case = incidents.received(world).case
    client = sign_in(world.officer)
    client.raise_request_exception = False
    shown = []
    with no_more_rows_in("audit_access"):
        for page in PAGES:
            answer = client.get(f"/cases/{case.pk}/{page}")
            body = answer.content.decode()
            if answer.status_code < 500 or case.reference in body or case.pseudonym in body:
                shown.append(f"{page}: {answer.status_code}")
    assert shown == []
    assert Access.objects.count() == 0
    assert client.get(f"/cases/{case.pk}/").status_code == 200


def test_a_referral_is_not_sent_when_its_event_cannot_be_written(world: World) -> None:
    draft = referrals.complete(world.referrer)
    client = sign_in(world.referrer)
    client.raise_request_exception = False
    events = Event.objects.count()
    with no_more_rows_in("audit_event"):
        answer = client.post(f"/referrals/{draft.pk}/check", {})
    assert answer.status_code >= 500
    assert Referral.objects.get(pk=draft.pk).is_draft
    assert (Case.objects.count(), Incident.objects.count(), Event.objects.count()) == (0, 0, events)
