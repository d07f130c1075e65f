"""Test databases: one template, migrated as owner, cloned for each worker; one that a test committed to is made fresh.

Making it fresh empties its tables and puts back the rows the migrations wrote, which takes a tenth of the time of a new
clone; a test that changed more than rows (a table, a trigger, a right) costs one.
"""

import fcntl
import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from django.core.management import call_command
from django.db import connection, connections

from cspr.postgres.ownership import as_owner
from cspr.postgres.scratch import drop, make, server, use

SHAPE = """
    SELECT md5(string_agg(part, ';' ORDER BY part)) FROM (
      SELECT format('%s %s %s %s', oid, relname, relkind, relacl) FROM pg_class
       WHERE relnamespace = 'public'::regnamespace
      UNION ALL
      SELECT format('%s %s %s %s', attrelid, attnum, attname, atttypid) FROM pg_attribute
        JOIN pg_class c ON c.oid = attrelid WHERE c.relnamespace = 'public'::regnamespace
      UNION ALL SELECT format('%s %s', oid, tgenabled) FROM pg_trigger
      UNION ALL SELECT format('%s %s', oid, conname) FROM pg_constraint
      UNION ALL
      SELECT format('%s %s', oid, md5(prosrc)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) parts (part)
"""
TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
EMPTY = """
    DO $$ DECLARE one text; BEGIN
      FOR one IN SELECT oid::regclass::text FROM pg_class
                  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0
      LOOP EXECUTE 'DELETE FROM ' || one; END LOOP;
    END $$
"""
LEAVE = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
)
SEQUENCES = """
    SELECT format('%I.%I', schemaname, sequencename), start_value, last_value FROM pg_sequences
"""
ROOT = Path(__file__).resolve().parent.parent


def base_name() -> str:
    """What this run's databases are called after: CSPR_TEST_DB, else the configured database."""
    return f"test_{os.environ.get('CSPR_TEST_DB') or connection.settings_dict['NAME']}"[:40]


def fingerprint() -> str:
    """Changes whenever a migration, the grants or the migrate command change."""
    digest = hashlib.sha256()
    for path in sorted([*ROOT.glob("**/migrations/*.py"), ROOT / "cspr/audit/grants.py", ROOT / "uv.lock"]):
        if ".venv" not in path.parts and ".local" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()


def make_template() -> str:
    """The migrated template database's name, made once for all workers and kept while no migration changes."""
    name = f"{base_name()}_template"
    lock = ROOT / ".local" / f"{name}.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        if _comment(name) != fingerprint():
            _build(name)
    return name


def _comment(name: str) -> str | None:
    with server() as cursor:
        cursor.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        )
        row = cursor.fetchone()
    return row[0] if row else None


def _build(name: str) -> None:
    make(name)
    use(name)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    with server() as cursor:
        cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS '{fingerprint()}'")


def clone(template: str, name: str) -> None:
    """A fresh copy of the template under ``name``; connections of Django's to the old one are closed first."""
    connections.close_all()
    with server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    use(name)


@dataclass(frozen=True)
class Fresh:
    """What a fresh clone is like: its shape, the rows the migrations wrote, where its numbers stand."""

    shape: str
    rows: dict[str, str]
    numbers: list[tuple[str, int, int | None]]


@contextmanager
def owner_of(name: str) -> Iterator[psycopg2.extensions.cursor]:
    """A cursor on a database as its owner, past triggers, in one transaction."""
    given = connection.get_connection_params()
    keep = {key: value for key, value in given.items() if key in {"user", "password", "host", "port"}}
    link = psycopg2.connect(dbname=name, **keep)
    try:
        with link, link.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            yield cursor
    finally:
        link.close()


def fresh(name: str) -> Fresh:
    """What this database, a clone that nobody wrote to, is like."""
    with owner_of(name) as cursor:
        cursor.execute(TABLES)
        copied = {table: _copied(cursor, table) for (table,) in cursor.fetchall()}
        cursor.execute(SEQUENCES)
        numbers = cursor.fetchall()
        return Fresh(_shape(cursor), {table: text for table, text in copied.items() if text}, numbers)


def _shape(cursor: psycopg2.extensions.cursor) -> str:
    cursor.execute(SHAPE)
    return str(cursor.fetchone()[0])


def _copied(cursor: psycopg2.extensions.cursor, table: str) -> str:
    out = io.StringIO()
    cursor.copy_expert(f'COPY "{table}" TO STDOUT', out)
    return out.getvalue()


def freshen(template: str, name: str, as_it_was: Fresh) -> None:
    """Make a database that was committed to as fresh as a clone; whoever is still connected is thrown out."""
    connections.close_all()
    with server() as cursor:
        cursor.execute(LEAVE, [name])
    with owner_of(name) as cursor:
        same = _shape(cursor) == as_it_was.shape
        if same:
            cursor.execute(EMPTY)
            for table, text in as_it_was.rows.items():
                cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.StringIO(text))
            for sequence, start, last in as_it_was.numbers:
                cursor.execute("SELECT setval(%s, %s, %s)", [sequence, last or start, last is not None])
    if same:
        use(name)
    else:
        clone(template, name)


__all__ = [
    "Fresh", "as_owner", "base_name", "clone", "drop", "fresh", "freshen", "make_template", "server", "use",
]  # fmt: skip
