"""The database a program is to use: the one DATABASE_URL names, else one on the embedded server."""

import contextlib
import os
from collections.abc import Iterator

import environ
import psycopg2
from psycopg2 import errorcodes, sql

from cspr.local import postgres
from cspr.local.places import Trouble

NAME = "cspr"


@contextlib.contextmanager
def ready(*, fresh: bool = False) -> Iterator[str]:
    """The address of an existing database, for as long as the block lasts. `fresh` drops what it held."""
    given = os.environ.get("DATABASE_URL")
    if given:
        ensure(given, fresh=fresh)
        yield given
        return
    with postgres.held() as server:
        address = server.url(NAME)
        ensure(address, fresh=fresh)
        yield address


def ensure(address: str, *, fresh: bool = False) -> None:
    """Create the database that `address` names if it is missing."""
    place = environ.Env.db_url_config(address)
    name = place["NAME"]
    if not fresh and _exists(place):
        return
    try:
        connection = psycopg2.connect(**_login(place, database="postgres"))
    except psycopg2.Error as error:
        raise Trouble(f"The database server could not be reached: {_words(error)}") from error
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        try:
            if fresh:
                cursor.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )
            cursor.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
            )
        except psycopg2.Error as error:
            if error.pgcode not in {errorcodes.DUPLICATE_DATABASE, errorcodes.UNIQUE_VIOLATION}:
                raise Trouble(f"The database {name} could not be created: {_words(error)}") from error


def _exists(place: dict[str, str]) -> bool:
    """Whether the database answers. Any other trouble is met again, and said, when it is to be created."""
    try:
        psycopg2.connect(**_login(place, database=place["NAME"])).close()
    except psycopg2.OperationalError:
        return False
    return True


def _login(place: dict[str, str], *, database: str) -> dict[str, str | int]:
    return {
        "dbname": database,
        "user": place["USER"],
        "password": place["PASSWORD"],
        "host": place["HOST"],
        "port": place["PORT"] or 5432,
        "connect_timeout": 10,
    }


def _words(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
