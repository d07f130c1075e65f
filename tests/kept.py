"""What many tests begin with is built once a worker, through the verbs, and put back row for row in later tests.

``@kept`` marks a factory. Called where the database is known (nothing was written in this test but by factories that
are kept too), its outcome is that of the last time: the rows of every table it wrote to, its files, its answer and what
it leaves to do after the commit are put back. Anywhere else, and with arguments that cannot be named, it builds.
``CSPR_TEST_KEPT=0`` builds always.
"""

import io
import os
import pickle
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import time_machine
from django.conf import UserSettingsHolder, settings
from django.core import mail
from django.db import connection, models

from cspr.now import now

P = ParamSpec("P")
T = TypeVar("T")
Key = tuple[Hashable, ...]
OWN = frozenset({"CSPR_DATA", "PRIVATE_FILES"})
"""Settings that differ in every test and change no row."""
WRITTEN = """
    SELECT pg_current_xact_id_if_assigned()::text, relname, n_tup_ins + n_tup_upd + n_tup_del
      FROM (SELECT 1) one LEFT JOIN pg_stat_xact_user_tables
        ON schemaname = 'public' AND n_tup_ins + n_tup_upd + n_tup_del > 0
"""
NUMBERED = """
    SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND attnum > 0 AND NOT attisdropped
       AND pg_get_serial_sequence(format('%I', c.relname), a.attname) IS NOT NULL
"""
NEXT = """
    SELECT setval(pg_get_serial_sequence('{table}', '{column}'),
                  greatest((SELECT max({column}) FROM {table}), nextval(pg_get_serial_sequence('{table}', '{column}'))))
"""
OWNER = "RESET ROLE; SET session_replication_role = replica"
APPLICATION = 'SET session_replication_role = DEFAULT; SET ROLE "{}"'


class Unnamed(Exception):
    """An argument that cannot be named, so the call cannot be known again."""


@dataclass(frozen=True)
class Written:
    """How much this transaction wrote to each table so far. ``transaction`` is None while it wrote nothing."""

    transaction: str | None
    tables: Mapping[str, int]


@dataclass(frozen=True)
class Outcome:
    """What a factory left behind, and how long it took by the clock of the test."""

    rows: Mapping[str, str]
    files: Mapping[str, bytes]
    answer: bytes
    after_commit: list[tuple[Any, bool]]
    took: timedelta


@dataclass
class Worker:
    """The outcomes of this worker, and what the present test has done so far."""

    outcomes: dict[Key, Outcome] = field(default_factory=dict)
    done: Key = ()
    written: Written | None = None


worker = Worker()


def kept(factory: Callable[P, T]) -> Callable[P, T]:
    """Keep what this factory builds; it may only build through the database, files and the clock."""

    @wraps(factory)
    def inner(*args: P.args, **kwargs: P.kwargs) -> T:
        if os.environ.get("CSPR_TEST_KEPT") == "0" or not connection.in_atomic_block or not is_owner():
            return factory(*args, **kwargs)
        before = written_so_far()
        if before.transaction is not None and before != worker.written:
            return factory(*args, **kwargs)
        done = worker.done if before.transaction is not None else ()
        try:
            key = (*done, around(), factory.__module__, factory.__qualname__, named(args), named(kwargs))
        except Unnamed:
            return factory(*args, **kwargs)
        if key in worker.outcomes:
            answer = put_back(worker.outcomes[key])
        else:
            answer = build(key, before, lambda: factory(*args, **kwargs))
        worker.done, worker.written = key, written_so_far()
        return answer

    return inner


def build(key: Key, before: Written, act: Callable[[], T]) -> T:
    """Build it, and keep the outcome unless it left mail or an answer that cannot be kept."""
    began, mails, later = now(), len(getattr(mail, "outbox", ())), len(connection.run_on_commit)
    answer = act()
    after = written_so_far()
    try:
        pickled = pickle.dumps(answer)
    except (pickle.PicklingError, AttributeError, TypeError):
        return answer
    if len(getattr(mail, "outbox", ())) == mails:
        touched = [one for one, number in after.tables.items() if before.tables.get(one) != number]
        worker.outcomes[key] = Outcome(
            rows=rows_of(touched),
            files=files(),
            answer=pickled,
            after_commit=[(act, robust) for _, act, robust in connection.run_on_commit[later:]],
            took=now() - began,
        )
    return answer


def put_back(outcome: Outcome) -> Any:
    """Make everything as it was after the factory, the clock of the test included."""
    with connection.cursor() as cursor:
        cursor.execute(OWNER)
        for table, text in outcome.rows.items():
            cursor.execute(f'DELETE FROM "{table}"')
            cursor.cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.StringIO(text))
            if table in numbered():
                cursor.execute(NEXT.format(table=table, column=numbered()[table]))
        cursor.execute(APPLICATION.format(settings.DATABASE_ROLE))
    for name, content in outcome.files.items():
        path = Path(settings.CSPR_DATA) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for act, robust in outcome.after_commit:
        connection.run_on_commit.append((set(connection.savepoint_ids), act, robust))
    if time_machine.traveller_stack:
        time_machine.traveller_stack[-1].shift(outcome.took)
    return pickle.loads(outcome.answer)


@cache
def is_owner() -> bool:
    """Rows are put back past triggers and grants, which only a superuser of the test server may do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
        return bool(cursor.fetchone()[0])


def written_so_far() -> Written:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        found = cursor.fetchall()
    return Written(found[0][0], {table: number for _, table, number in found if table})


def rows_of(tables: list[str]) -> dict[str, str]:
    """All rows of these tables, as PostgreSQL copies them."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(OWNER)
        for table in tables:
            out = io.StringIO()
            cursor.cursor.copy_expert(f'COPY "{table}" TO STDOUT', out)
            found[table] = out.getvalue()
        cursor.execute(APPLICATION.format(settings.DATABASE_ROLE))
    return found


@cache
def numbered() -> dict[str, str]:
    """The tables with a column that is numbered by itself, with that column."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBERED)
        return dict(cursor.fetchall())


def files() -> dict[str, bytes]:
    """Every file of the test's own folder."""
    root = Path(settings.CSPR_DATA)
    return {str(one.relative_to(root)): one.read_bytes() for one in root.rglob("*") if one.is_file()}


def around() -> Hashable:
    """What a build depends on besides the database: the minute (the hour of a real clock), settings of this test."""
    moment = now().replace(second=0, microsecond=0)
    if not time_machine.traveller_stack:
        moment = moment.replace(minute=0)
    changed: dict[str, str] = {}
    holder = settings._wrapped
    while isinstance(holder, UserSettingsHolder):
        own = {
            name: repr(value) for name, value in vars(holder).items() if name.isupper() and name not in OWN
        }
        changed = {**own, **changed}
        holder = holder.default_settings
    return moment, tuple(sorted(changed.items()))


def named(value: Any) -> Hashable:
    """The same for the same value in another test. Raises Unnamed for what has no name: files, functions, queries."""
    match value:
        case None | bool() | int() | str() | date() | datetime() | timedelta() | UUID() | Enum():
            return (type(value).__name__, value)
        case models.Model():
            return (type(value).__name__, value.pk)
        case list() | tuple():
            return tuple(map(named, value))
        case Mapping():
            return tuple((named(key), named(item)) for key, item in value.items())
    if is_dataclass(value) and not isinstance(value, type):
        return (
            type(value).__name__,
            tuple(named(getattr(value, one.name)) for one in fields(value)),
        )
    raise Unnamed(type(value).__name__)
