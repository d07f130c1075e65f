"""Test databases: one template, migrated as owner, cloned for each worker and after every test that really commits."""

import fcntl
import hashlib
import os
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections

from cspr.postgres.ownership import as_owner
from cspr.postgres.scratch import drop, make, server, use

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


__all__ = ["as_owner", "base_name", "clone", "drop", "make_template", "server", "use"]
