"""A case to tell of, and short ways to queue."""

from collections.abc import Callable

import pytest
from django.db import transaction

from cspr.cases.models import Case
from cspr.cases.services import open_case
from cspr.dispatch import completions, phrases
from cspr.dispatch.models import Message
from cspr.dispatch.services import post
from tests.factories.people import World


@pytest.fixture
def case(northvale: World) -> Case:
    return open_case(northvale.partnership, by=northvale.officer)


@pytest.fixture
def queue(northvale: World, case: Case) -> Callable[..., Message]:
    """``queue()``: one message to the manager about the case."""

    def one(**changes: object) -> Message:
        given = {"to": northvale.manager, "subject": phrases.SOMETHING_WAITS, "reference": case.reference,
                 "link": f"/cases/{case.pk}/", "by": northvale.officer, "about": case}  # fmt: skip
        with transaction.atomic():
            message = post(**(given | changes))
        assert message is not None
        return message

    return one


@pytest.fixture
def followed(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """What ran when everybody of clock C2 was told; the registry is the test's own."""
    calls: list[dict] = []
    monkeypatch.setitem(
        completions.REGISTERED, "C2", lambda case, **given: calls.append({"case": case, **given})
    )
    return calls
