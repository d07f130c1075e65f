"""A statement planned once a connection runs by name afterwards, whatever happened to the connection between."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cspr.postgres import prepared

SQL = "SELECT %(word)s::text, %(number)s::int + 1, %(word)s::text"


def asked(word: str, number: int) -> list[tuple[str, int, str]]:
    with connection.cursor() as cursor:
        prepared.execute(cursor, SQL, {"number": number, "word": word})
        return cursor.fetchall()


def verbs() -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert asked("a", 1) == [("a", 2, "a")]
    return [one["sql"].split()[0] for one in captured.captured_queries]


@pytest.mark.django_db
def test_it_is_planned_once_and_takes_its_values_anew() -> None:
    asked("first", 0)
    assert verbs() == ["EXECUTE"]
    assert asked("it's 100 %; --", 41) == [("it's 100 %; --", 42, "it's 100 %; --")]


@pytest.mark.django_db
def test_it_outlives_a_transaction_that_failed() -> None:
    asked("first", 0)
    with transaction.atomic():
        asked("second", 1)
        transaction.set_rollback(True)
    assert verbs() == ["EXECUTE"]


@pytest.mark.django_db
def test_each_connection_prepares_its_own() -> None:
    asked("first", 0)
    another = connection.copy()
    try:
        with CaptureQueriesContext(another) as captured, another.cursor() as cursor:
            for _ in range(2):
                prepared.execute(cursor, SQL, {"number": 1, "word": "a"})
        verbs = [one["sql"].split()[0] for one in captured.captured_queries]
        assert verbs == ["PREPARE", "EXECUTE", "EXECUTE"]
    finally:
        another.close()
