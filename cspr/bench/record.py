"""The record of a measured partnership's cases, written by the server itself: ten events and twenty looks a case."""

from typing import Any

from django.db import connection, transaction

from cspr.audit.models import GENESIS
from cspr.now import now
from cspr.postgres.ownership import as_owner

EVENTS, LOOKS = 10, 20
KINDS = [
    "case.opened", "incident.opened", "deadline.started", "incident.record_dates", "incident.record_awareness",
    "incident.answer_test", "incident.confirm_route", "decision.asked", "decision.view_given", "decision.settled",
]  # fmt: skip
NEW = """
    CREATE TEMPORARY TABLE bench_new AS
    SELECT c.id, 'case/' || c.id AS stream, c.opened_at, c.opened_by_id, m.user_id
    FROM cases_case c JOIN people_membership m ON m.id = c.opened_by_id
    WHERE NOT EXISTS (SELECT 1 FROM audit_stream s WHERE s.key = 'case/' || c.id)"""
EVENT_ROWS = """
    INSERT INTO audit_event (stream, number, at, kind, actor_id, actor_name, actor_capacity, case_id, subject_type,
                             subject_id, detail, previous_hash, hash)
    SELECT stream, n, opened_at + n * interval '1 hour', (%(kinds)s::text[])[n], opened_by_id, 'Invented Officer',
           'Business unit officer', id, 'cases.case', id::text, '{}', %(hash)s, %(hash)s
    FROM generate_series(1, %(events)s) n, bench_new"""
LOOK_ROWS = """
    INSERT INTO audit_access (at, actor_id, actor_name, actor_capacity, user_id, stream, case_id, what, path)
    SELECT opened_at + n * interval '1 day', opened_by_id, 'Invented Officer', 'Business unit officer', user_id, stream,
           id, 'Overview', '/cases/' || id || '/'
    FROM generate_series(1, %(looks)s) n, bench_new"""
HEADS = "INSERT INTO audit_stream (key, last_number, last_hash) SELECT stream, %(events)s, %(hash)s FROM bench_new"
DONE = "DROP TABLE bench_new"


def write_record() -> None:
    """Events and looks of every case that has none yet."""
    given: dict[str, Any] = {"kinds": KINDS, "events": EVENTS, "looks": LOOKS, "hash": GENESIS}
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in (NEW, EVENT_ROWS, LOOK_ROWS, HEADS, DONE):
            cursor.execute(statement, given)


def settle() -> None:
    """What a database that has run for years knows of itself: statistics for the planner, pages marked visible."""
    connection.close()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute(
            "INSERT INTO deadlines_sweeprun (finished_at, fired, told, failed) VALUES (%s, 0, 0, 0)", [now()]
        )
    connection.close()
