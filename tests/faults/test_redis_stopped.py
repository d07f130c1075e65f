"""With Redis stopped everything a person does succeeds, and quickly: only the mail leaves later. R14."""

import socket
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine

from cspr.dispatch.doorbell import bell
from cspr.dispatch.models import Message
from cspr.dispatch.services import drain
from notifications.models import Notification, Referral
from tests.factories import incidents, notifications, referrals
from tests.factories.people import World, make_bodies, make_world
from tests.faults.at_the_desk import Desk

pytestmark = pytest.mark.faults
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)
LONGEST = 2.0  # seconds, on a machine that is not busy with something else


@pytest.fixture
def world(committed: None, settings: Any) -> World:
    """A committed partnership, and a broker's address at which nobody listens."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    settings.BROKER_URL = settings.REDIS_URL = f"redis://127.0.0.1:{port}/0"
    bell.silent_until = 0.0
    make_bodies()
    return make_world("NVL", "Northvale")


def wake_the_bell() -> None:
    """As if every request met a fresh process: the broken bell is tried again."""
    bell.silent_until = 0.0


@time_machine.travel(NOON, tick=True)
def test_a_case_goes_from_referral_to_notification_without_redis(world: World) -> None:
    draft = referrals.complete(world.referrer)
    referrer, officer, second = Desk.of(world.referrer), Desk.of(world.officer), Desk.of(world.second_officer)
    referrer.sends(f"/referrals/{draft.pk}/check")
    incident = incidents.incident_of(Referral.objects.get(pk=draft.pk).case)
    incidents.with_dates(incident, by=world.officer)
    at = f"/cases/{incident.case_id}"
    awareness = {"aware_on_day": "13", "aware_on_month": "11", "aware_on_year": "2026", "aware_time": "10:00"}
    officer.sends(
        f"{at}/incident/record-awareness/", **awareness, aware_person="Invented", aware_evidence="Invented"
    )
    incident.refresh_from_db()
    incidents.with_answers(incident, by=world.officer)
    officer.sends(f"{at}/incident/confirm-route/", route="A", reason="Invented reason")
    wake_the_bell()
    second.sends(f"{at}/incident/request-views/")
    partners = [Desk.of(one) for one in world.partners]
    for desk in partners:
        wake_the_bell()
        desk.sends(f"{at}/incident/give-view/", answer="yes", reason="Invented view")
    wake_the_bell()
    partners[0].sends(
        f"{at}/incident/decide-notifiable/", outcome="yes", rationale="Invented", referrer_reason="Invented"
    )
    wake_the_bell()
    officer.sends(
        f"{at}/notification/record-sent", system_reference="SIN-1", sent_on_day="16", sent_on_month="11",
        sent_on_year="2026", sent_time="12:00", evidence=notifications.evidence(),
    )  # fmt: skip
    assert Notification.objects.get().is_sent
    desks = (referrer, officer, second, *partners)
    busy = 3 * max(desk.slowest_look for desk in desks)
    assert max(desk.slowest for desk in desks) < max(LONGEST, busy)
    assert Message.objects.filter(status="queued").exists()
    drain()
    assert not Message.objects.filter(status="queued").exists()
