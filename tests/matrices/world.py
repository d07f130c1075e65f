"""The seeded world and everybody's browser, for modules that import these fixtures: built once a module, never kept."""

import logging
from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from rapid_reviews.guest_session import open_session
from rapid_reviews.models import GuestLink
from tests.factories.fixtures import sign_in
from tests.matrices.personas import make_people
from tests.matrices.seeded import Seeded, seed
from tests.matrices.writes import written, written_since


class Knocking:
    """Every person's browser, and the seeded world they knock at."""

    def __init__(self, seeded: Seeded) -> None:
        self.seeded = seeded
        self.clients = {"anonymous": Client(raise_request_exception=False)}
        self.clients["password only"] = _password_only(seeded.people.own["officer"].user)
        for name, person in seeded.people.own.items():
            self.clients[name] = _quiet(sign_in(person))
        assert seeded.people.walled is not None
        self.clients["walled partner"] = _quiet(sign_in(seeded.people.walled))
        self.clients["other officer"] = _quiet(sign_in(seeded.people.other["officer"]))
        self.clients["guest"] = _guest(seeded.own.rapid.link)
        self.clients["second guest"] = _guest(seeded.own.rapid.second_link)


def _quiet(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def _password_only(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _guest(link: GuestLink | None) -> Client:
    """Somebody without an account who opened the link of a request with its code."""
    client = Client(raise_request_exception=False)
    assert link is not None
    session = client.session
    open_session(session, link)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="module")
def knocking(django_db_setup: None, django_db_blocker: Any, folder: Path) -> Iterator[Knocking]:
    """One seeded world for the whole module, in a transaction that is never committed.

    What the seeding leaves to do after the commit is dropped: every savepoint would look through all of it.
    """
    settings.PRIVATE_FILES, settings.CSPR_DATA = folder / "files", folder
    noon = datetime(2026, 11, 16, 12, tzinfo=UTC)
    with django_db_blocker.unblock(), time_machine.travel(noon, tick=True), transaction.atomic():
        seeded = seed(make_people())
        connection.run_on_commit.clear()
        yield Knocking(seeded)
        transaction.set_rollback(True)


@pytest.fixture
def quiet_refusals(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of refusals are meant; each is a line in the log."""
    caplog.set_level(logging.CRITICAL, "django.request")


@pytest.fixture
def seeded_files(own_files: None, folder: Path, settings: Any) -> None:
    """The files are where the module's seeding put them."""
    settings.PRIVATE_FILES, settings.CSPR_DATA = folder / "files", folder


def ask(client: Client, method: str, path: str, **given: Any) -> Any:
    """One request, its changes given back; what it wrote stands on the response."""
    before, sid, cookies = written(), transaction.savepoint(), copy(client.cookies)
    try:
        response: Any = client.get(path, **given) if method == "GET" else client.post(path, **given)
        response.body = response.getvalue()
    finally:
        transaction.savepoint_rollback(sid)
        transaction.savepoint_commit(
            sid
        )  # else thousands stay open, each with its lock, until none is left to give
        wrote = written_since(before)
        client.cookies = cookies
    response.wrote = wrote
    return response
