"""The sweep of many running deadlines of which few are due, beside the bare SQL update of the same rows.

Both commit, as they do in use. Between turns the rows are put back and the tables vacuumed, untimed.
"""

from collections.abc import Callable
from datetime import date, datetime
from time import perf_counter
from typing import Any

from django.db import connection, transaction

from cspr.bench import partnership
from cspr.bench.lines import Aim, Line, compared, in_turn
from cspr.deadlines.services import sweep
from cspr.now import now, today
from cspr.postgres.ownership import as_owner
from cspr.postgres.scratch import scratch

AIM = Aim(3)
MILLISECONDS = "{:.1f} ms"
CLOCKS = ["C1", "C2", "C3", "C4", "C5"]
CASES = """
    INSERT INTO cases_case (id, reference, pseudonym, partnership_id, opened_at, opened_by_id, closed_reason)
    SELECT gen_random_uuid(), 'BNC-2026-' || n, 'Child ' || n, %(partnership)s, %(at)s, %(by)s, ''
      FROM generate_series(1, %(cases)s) n"""
DEADLINES = """
    INSERT INTO deadlines_deadline (id, case_id, clock, subject, rule_from, started_at, started_by_id, start_on,
                                    first_due_on, due_on, withdrawn_reason)
    SELECT gen_random_uuid(), id, clock, '', %(on)s, %(at)s, %(by)s, %(on)s, due, due, ''
      FROM (SELECT id, clock, %(on)s + CASE WHEN n %% %(every)s = 0 THEN 2 ELSE 10 + (n %% 200)::int END AS due
              FROM (SELECT c.id, k.clock, row_number() OVER () AS n
                      FROM cases_case c CROSS JOIN unnest(%(clocks)s) k(clock)) one) two"""
REMINDERS = """
    INSERT INTO deadlines_reminder (deadline_id, due_on, "offset", escalates, fires_on, told_nobody_because)
    SELECT d.id, d.due_on, r.days, r.escalates, d.due_on + r.days, ''
      FROM deadlines_deadline d
     CROSS JOIN (VALUES (-2, false), (-1, false), (0, false), (1, false), (1, true)) r(days, escalates)"""
DUE = "SELECT id FROM deadlines_reminder WHERE fires_on <= %s AND fired_at IS NULL"
BARE = "UPDATE deadlines_reminder SET fired_at = %s WHERE id = ANY(%s)"
BACK = "UPDATE deadlines_reminder SET fired_at = NULL WHERE id = ANY(%s)"


def measure(*, rounds: int, deadlines: int = 200_000, due: int = 2_000) -> list[Line]:
    """Milliseconds of one sweep, and of one update of the rows it fires."""
    with scratch("sweep"):
        at, on = now(), today()
        ids = build(deadlines=deadlines, due=due, at=at, on=on)
        ours, theirs = in_turn(
            lambda: timed(lambda: fire(at, ids), ids),
            lambda: timed(lambda: bare(at, ids), ids),
            rounds=rounds,
        )
        name = f"sweep of {deadlines:,} running deadlines, {len(ids):,} due, beside the bare update"
        return [compared(name, ours, theirs, unit=MILLISECONDS, aim=AIM)]


def build(*, deadlines: int, due: int, at: datetime, on: date) -> list[int]:
    """The cases, their deadlines and all their reminders; answers the ids of those due."""
    world = partnership.build()
    given: dict[str, Any] = {
        "partnership": world.partnership.pk, "by": world.officer.pk, "at": at, "on": on, "clocks": CLOCKS,
        "cases": deadlines // len(CLOCKS), "every": deadlines // due,
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (CASES, DEADLINES, REMINDERS):
            cursor.execute(statement, given)
    tidy("VACUUM ANALYZE")
    with connection.cursor() as cursor:
        cursor.execute(DUE, [on])
        return [row[0] for row in cursor.fetchall()]


def fire(at: datetime, ids: list[int]) -> None:
    """One sweep. Stops the measurement unless it fires exactly what is due."""
    fired = sweep(at)
    if fired != len(ids):
        raise SystemExit(f"{fired} reminders fired, {len(ids)} were due")


def bare(at: datetime, ids: list[int]) -> None:
    """The same rows by their ids, without asking anything."""
    with connection.cursor() as cursor:
        cursor.execute(BARE, [at, ids])


def timed(act: Callable[[], None], ids: list[int]) -> float:
    """Milliseconds of an act; afterwards its rows are as before."""
    began = perf_counter()
    act()
    spent = perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute(BACK, [ids])
    tidy("VACUUM deadlines_reminder")
    return spent * 1_000


def tidy(statement: str) -> None:
    """Vacuum as the owner, then let the application's connection be warm again."""
    connection.close()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
