"""What every test of this stage stands on."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def every_address(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.rapid_reviews.every_address"
