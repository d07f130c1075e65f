"""Test databases: one template, migrated as owner, cloned for each worker and after every test that really commits."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from cspr.postgres.ownership import as_owner

ROOT = Path(__file__).resolve().parent.parent


def base_name() -> str:
    """What this run's databases are called after: CSPR_TEST_DB, else the configured database."""
    return f"test_{os.environ.get('CSPR_TEST_DB') or connection.settings_dict['NAME']}"[:40]


@contextmanager
def server() -> Iterator[psycopg2.extensions.cursor]:
    """A cursor on the server itself, as owner, outside any transaction."""
    given = connection.get_connection_params()
    keep = {key: value for key, value in given.items() if key in {"user", "password", "host", "port"}}
    link = psycopg2.connect(dbname="postgres", **keep)
    link.autocommit = True
    try:
        with link.cursor() as cursor:
            yield cursor
    finally:
        link.close()


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
    with server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    use(name)
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()
    with server() as cursor:
        cursor.execute(f"COMMENT ON DATABASE \"{name}\" IS '{fingerprint()}'")


def use(name: str) -> None:
    """Point Django's connection at a database."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def clone(template: str, name: str) -> None:
    """A fresh copy of the template under ``name``; connections of Django's to the old one are closed first."""
    connections.close_all()
    with server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    use(name)


def drop(name: str) -> None:
    """Remove a database of this run."""
    connections.close_all()
    with server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


__all__ = ["as_owner", "base_name", "clone", "drop", "make_template", "server", "use"]
