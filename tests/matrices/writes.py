"""What the database was asked to write since a moment, by table, as PostgreSQL itself counts it."""

from collections import Counter

from django.db import connection

SQL = """
    SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables
    WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
"""


def written() -> Counter[str]:
    """Rows written so far in this transaction, by table, those rolled back to a savepoint included."""
    with connection.cursor() as cursor:
        cursor.execute(SQL)
        return Counter(dict(cursor.fetchall()))


def written_since(before: Counter[str]) -> dict[str, int]:
    """Rows written since ``before``, by table."""
    return dict(written() - before)
