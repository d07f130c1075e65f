"""Log lines: one a line, where it happened, and nothing of what was in it (T24)."""

import json
import logging
import sys
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, transaction

from cspr.audit.models import Access
from cspr.log_lines import JsonLine
from tests.factories.people import World

CANARY = "Invented Childname"


def line(message: str, *args: Any, error: bool = False) -> str:
    record = logging.LogRecord(
        "cspr", logging.ERROR, __file__, 1, message, args, sys.exc_info() if error else None
    )
    return JsonLine().format(record)


def logged(error: BaseException, cause: BaseException | None = None) -> str:
    try:
        raise error from cause
    except BaseException:
        return line("Something went wrong", error=True)


def test_what_is_typed_cannot_forge_a_line() -> None:
    written = line("Not found: %s", 'x\n{"level": "INFO"}\u2028')
    assert written.count("\n") == 0
    assert json.loads(written)["message"].startswith("Not found: x\n")


@pytest.mark.parametrize(
    "error",
    [KeyError(CANARY), ValueError(CANARY), IntegrityError(f"x\nDETAIL:  {CANARY}"), DatabaseError(CANARY)],
)
def test_the_text_of_an_error_is_not_written(error: Exception) -> None:
    written = logged(error, cause=RuntimeError(CANARY))
    assert CANARY not in written
    trace = json.loads(written)["trace"]
    assert type(error).__qualname__ in trace
    assert "RuntimeError" in trace
    assert "test_log_lines.py" in trace


def test_a_real_row_refused_by_the_database_is_not_written(northvale: World) -> None:
    try:
        with transaction.atomic():
            Access.objects.create(
                at="2026-11-23T10:00Z", actor_name=CANARY, actor_capacity="y", stream="s", what="w", path="/"
            )
    except IntegrityError as error:
        told, written = str(error), line("Internal Server Error: /x", error=True)
    assert CANARY in told
    assert CANARY not in written
    assert "IntegrityError [23502]" in json.loads(written)["trace"]


def test_what_the_machinery_says_of_itself_is_written() -> None:
    refused = OperationalError('connection to server at "db" failed: refused\nDETAIL: ' + CANARY)
    trace = json.loads(logged(refused))["trace"]
    assert 'connection to server at "db" failed: refused' in trace
    assert CANARY not in trace
