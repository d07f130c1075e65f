"""The demonstration's mailbox, and the signs of life of the jobs (R25)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cspr.dispatch import tasks
from cspr.dispatch.models import Heartbeat, Message
from cspr.dispatch.selectors import outbox_state
from cspr.now import now

pytestmark = pytest.mark.django_db


def test_mailbox_is_missing_outside_the_demonstration(client: Client, settings: Any) -> None:
    settings.CSPR_DEMO = False

    assert client.get(reverse("demo_outbox")).status_code == 404


def test_mailbox_shows_every_mail_without_signing_in(
    queue: Callable[..., Message], client: Client, settings: Any
) -> None:
    settings.CSPR_DEMO = True
    message = queue()

    page = client.get(reverse("demo_outbox")).content.decode()

    assert message.subject in page
    assert message.to_email in page
    assert "Sign in to read it" in page


def test_jobs_leave_their_sign_of_life(queue: Callable[..., Message]) -> None:
    queue()

    assert tasks.drain() == 1
    tasks.canary()
    tasks.canary()

    assert set(Heartbeat.objects.values_list("name", flat=True)) == {"drain", "canary"}
    assert set(outbox_state(at=now())["heard"]) == {"drain", "canary"}
