"""What the application's role may do to each table, asked of the database and tried on it (R4)."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, models, transaction
from simple_history.models import HistoricalChanges

from cspr.audit.grants import APPEND_ONLY, NEVER_DELETED, append_only
from cspr.models import Controlled

MAY_BE_REMOVED = {
    "deadlines_reminder": "a nudge that is no longer owed",
    "notifications_attachment": "a file of a draft",
    "notifications_childsound": "made again from the child's names",
    "notifications_familymember": "a row of a draft",
    "notifications_involvedagency": "a row of a draft",
    "notifications_keydate": "a row of a draft",
    "notifications_knownproceeding": "a row of a draft",
    "notifications_otherarea": "an area not told of anything yet",
    "notifications_referral": "a draft",
    "notifications_referredchild": "a row of a draft",
    "cases_partnershipgrant": "ends with the role; its giving and ending are events",
    "people_agency": "nothing refers to it yet",
    "typed_typedwork": "typing that was saved or given up",
    "typed_usedposttoken": "a form sent 30 days ago",
}
"""Controlled and own tables whose rows may go, and why. Everything else stays."""


def own_tables() -> dict[str, type[models.Model]]:
    return {
        model._meta.db_table: model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in {"cspr", "notifications"}
    }


def may(table: str, right: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('cspr_app', %s, %s)", [table, right])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("table", [*append_only(), *NEVER_DELETED])
def test_every_protected_table_exists(db: None, table: str) -> None:
    assert table in connection.introspection.table_names()


@pytest.mark.parametrize("table", append_only())
def test_a_table_of_the_record_is_added_to_and_read_only(db: None, table: str) -> None:
    wrong = [
        right for right in ("UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER") if may(table, right)
    ]
    assert wrong == []
    assert may(table, "INSERT")
    assert may(table, "SELECT")


@pytest.mark.parametrize("table", NEVER_DELETED)
def test_a_table_whose_rows_stay_cannot_be_emptied(db: None, table: str) -> None:
    assert not may(table, "DELETE")
    assert not may(table, "TRUNCATE")


@pytest.mark.parametrize("table", [*append_only(), *NEVER_DELETED])
@pytest.mark.parametrize(
    "act", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "DROP TABLE {}", "ALTER TABLE {} DISABLE TRIGGER ALL"]
)
def test_the_application_is_refused_when_it_tries(db: None, table: str, act: str) -> None:
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table))


@pytest.mark.parametrize("table", append_only())
def test_the_application_cannot_change_a_row_of_the_record(db: None, table: str) -> None:
    column = next(iter(own_or_history(table)._meta.fields)).column
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'UPDATE {table} SET "{column}" = "{column}"')


def own_or_history(table: str) -> type[models.Model]:
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def test_the_application_cannot_set_a_sequence_back(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sequencename FROM pg_sequences "
            "WHERE has_sequence_privilege('cspr_app', format('%I.%I', schemaname, sequencename), 'UPDATE')"
        )
        assert cursor.fetchall() == []


def test_the_application_cannot_make_tables_or_leave_replication_out(db: None) -> None:
    for act in ("CREATE TABLE own (id int)", "SET session_replication_role = replica"):
        refused = pytest.raises(ProgrammingError, match="permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act)


def test_every_own_table_says_whether_its_rows_may_go() -> None:
    said = {*append_only(), *NEVER_DELETED, *MAY_BE_REMOVED}
    loose = [
        table for table, model in own_tables().items() if table not in said and issubclass(model, Controlled)
    ]
    assert loose == []
    assert not set(MAY_BE_REMOVED) & {*append_only(), *NEVER_DELETED}


def test_every_model_that_calls_itself_append_only_is() -> None:
    called = {
        table for table, model in own_tables().items() if (model.__doc__ or "").startswith("Append-only")
    }
    assert called <= set(APPEND_ONLY)


def test_every_field_history_is_append_only() -> None:
    histories = {model._meta.db_table for model in apps.get_models() if issubclass(model, HistoricalChanges)}
    assert histories
    assert histories <= set(append_only())
