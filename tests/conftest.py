"""What every test stands on: the application's own database role and files in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests import databases

pytest_plugins = ["tests.factories.fixtures"]
WORLDS = frozenset({
    "tests/guards/test_bad_input.py", "tests/guards/test_canaries.py", "tests/matrices/test_urls.py",
    "tests/seeding/test_acceptance.py", "tests/seeding/test_demo.py",
})  # fmt: skip
"""Modules that share one seeded world, so that it is made by one worker only."""


class OneWorldOneWorker(LoadScopeScheduling):  # type: ignore[misc]
    """Every test may go to any worker, but those that share a world go to one, the largest first."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return path if path in WORLDS else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return OneWorldOneWorker(config, log)


@pytest.fixture(scope="session")
def template_database(django_test_environment: None, django_db_blocker: Any) -> str:
    """The migrated template database."""
    with django_db_blocker.unblock():
        return databases.make_template()


@pytest.fixture(scope="session")
def worker_database(
    template_database: str, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Iterator[str]:
    """This worker's copy of it."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"{databases.base_name()}_{worker}"
    with django_db_blocker.unblock():
        databases.clone(template_database, name)
    yield name
    with django_db_blocker.unblock():
        databases.drop(name)


@pytest.fixture(scope="session")
def django_db_setup(fresh_database: databases.Fresh) -> None:
    """pytest-django's ``db`` uses this worker's database; its tests are rolled back."""


@pytest.fixture(scope="session")
def fresh_database(worker_database: str, django_db_blocker: Any) -> databases.Fresh:
    """What the worker's database is like before anybody commits to it."""
    with django_db_blocker.unblock():
        return databases.fresh(worker_database)


@pytest.fixture
def committed(
    template_database: str, worker_database: str, fresh_database: databases.Fresh, django_db_blocker: Any
) -> Iterator[None]:
    """The test really commits (races, live pages, killed processes); afterwards the database is fresh again."""
    with django_db_blocker.unblock():
        databases.use(worker_database)
        yield
        databases.freshen(template_database, worker_database, fresh_database)


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    """Files and outbox of a test lie in its own folder."""
    settings.CSPR_DATA = tmp_path
    settings.PRIVATE_FILES = tmp_path / "files"
