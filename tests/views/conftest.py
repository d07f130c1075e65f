"""The made-up pages, fresh for each test."""

from typing import Any

import pytest

from cspr.cases.models import Case
from cspr.cases.services import open_case
from tests.factories.people import World
from tests.views.urls import CaseLine, Line, Once


@pytest.fixture(autouse=True)
def pages(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.views.urls"
    CaseLine.line = Line()
    CaseLine.saved.clear()
    Once.made.clear()


@pytest.fixture
def case(northvale: World) -> Case:
    return open_case(northvale.partnership, by=northvale.officer)
