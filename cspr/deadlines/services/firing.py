"""Firing what is due: one statement, repeatable by anybody at any time (R1, R23).

A reminder fires when its day has come, its deadline is open and its due date is still the deadline's. It is compared
and set in one statement, in batches, passing over rows that another sweeper holds: a run that was missed, doubled, done
by two at once or killed in the middle comes to the same rows. Firing tells nobody: that is `telling`.
"""

from datetime import date, datetime

from django.db import connection

from cspr.now import london_day

BATCH = 5_000
FIRE = """
    UPDATE deadlines_reminder AS reminder
       SET fired_at = %(at)s
      FROM (SELECT waiting.id
              FROM deadlines_reminder AS waiting
              JOIN deadlines_deadline AS deadline
                ON deadline.id = waiting.deadline_id AND deadline.due_on = waiting.due_on
             WHERE waiting.fired_at IS NULL AND waiting.fires_on <= %(on)s
               AND deadline.met_at IS NULL AND deadline.withdrawn_at IS NULL
             ORDER BY waiting.fires_on, waiting.id
             LIMIT %(batch)s
               FOR UPDATE OF waiting SKIP LOCKED) AS due
     WHERE reminder.id = due.id AND reminder.fired_at IS NULL
"""


def sweep(at: datetime, *, batch: int = BATCH) -> int:
    """Fire every reminder due at ``at``, the deciding moment; answers how many. Each batch commits by itself."""
    fired = 0
    given: dict[str, datetime | date | int] = {"at": at, "on": london_day(at), "batch": batch}
    while True:
        with connection.cursor() as cursor:
            cursor.execute(FIRE, given)
            count = cursor.rowcount
        fired += count
        if count < batch:
            return fired
