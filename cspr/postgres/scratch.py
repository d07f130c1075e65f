"""Databases beside the configured one, for tests and measurements: made and dropped on the same server."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections


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


def use(name: str) -> None:
    """Point Django's connection at a database."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def make(name: str) -> None:
    """An empty database of that name; one that was left over is dropped first."""
    with server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")


def drop(name: str) -> None:
    """Remove a database; Django's own connections are closed first."""
    connections.close_all()
    with server() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def scratch(suffix: str) -> Iterator[str]:
    """A migrated database beside the configured one, in use inside and dropped at the end, whatever happens."""
    configured = connection.settings_dict["NAME"]
    name = f"{configured}_{suffix}"
    make(name)
    try:
        use(name)
        call_command("migrate", verbosity=0, interactive=False)
        yield name
    finally:
        use(configured)
        drop(name)
