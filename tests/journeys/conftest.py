"""The real browser and the real site: Chromium through Playwright against a live server on a committed database."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, expect, sync_playwright

from cspr.people.models import Membership
from tests.factories.people import World, make_bodies, make_world
from tests.journeys import guide
from tests.journeys.person import Person
from tests.journeys.sign_in import SECRET, give_password, signed_in_cookie

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
WIDE = {"width": 1280, "height": 900}

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys of a worker. Where there is none they are left out, except in CI."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Journeys need Chromium, and CI may not go without them.")
        pytest.skip("Journeys left out: there is no Chromium on this machine.")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(committed: None, settings: Any) -> Iterator[str]:
    """The address of the running site."""
    server = LiveServerThread("127.0.0.1", lambda app: app)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    settings.PUBLIC_URL = f"http://127.0.0.1:{server.port}"
    yield settings.PUBLIC_URL
    server.terminate()


@pytest.fixture(autouse=True)
def on_the_guides_day() -> Iterator[None]:
    """Where the guide's pictures are made, every journey happens on the same day."""
    if not guide.is_made():
        yield
        return
    with time_machine.travel(guide.DAY, tick=True):
        yield


@pytest.fixture
def northvale(site: str) -> World:
    """Northvale, committed, so that the running site sees it."""
    make_bodies()
    return make_world("NVL", "Northvale")


Opens = Callable[..., Person]


@pytest.fixture
def visit(chromium: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Opens]:
    """``visit()``: somebody at the front door; ``visit(membership)``: the same, signed in with both factors."""
    people: list[Person] = []
    folder = Path(os.environ["CSPR_SCREENSHOTS"]) if os.environ.get("CSPR_SCREENSHOTS") else None

    def enter(membership: Membership | None = None, **options: Any) -> Person:
        context = chromium.new_context(base_url=site, locale="en-GB", **{"viewport": WIDE, **options})
        context.set_default_timeout(30_000)
        if membership is not None:
            context.add_cookies([signed_in_cookie(membership, site)])
        person = Person(context, site, pictures=folder, journey=request.node.name)
        person.scripts = options.get("java_script_enabled", True)
        people.append(person)
        return person

    yield enter
    for person in people:
        person.leave()


@pytest.fixture
def with_second_factor() -> Callable[[Membership], str]:
    """Gives somebody a password and an authenticator app; answers the app's secret."""

    def give(membership: Membership) -> str:
        give_password(membership)
        return SECRET

    return give
