"""Seeded databases, made once a module because they are made slowly: through the verbs people use."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from tests import databases


@pytest.fixture(scope="module")
def seeded(
    worker_database: str,
    template_database: str,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[Callable[[], Any]], Any]:
    """``with seeded(make) as (made, folder)``: what ``make`` made, really committed, until the module ends."""

    @contextmanager
    def seed(make: Callable[[], Any]) -> Iterator[tuple[Any, Path]]:
        folder = tmp_path_factory.mktemp("seeded")
        own = override_settings(CSPR_DATA=folder, PRIVATE_FILES=folder / "files", CSPR_DEMO=True)
        with django_db_blocker.unblock():
            databases.use(worker_database)
            with own:
                made = make()
        yield made, folder
        with django_db_blocker.unblock():
            databases.clone(template_database, worker_database)

    return seed
