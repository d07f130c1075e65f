"""PostgreSQL, entered as the application's role.

Django looks for ``DatabaseWrapper`` in ``<ENGINE>.base``. Each new connection becomes ``settings.DATABASE_ROLE``, which
may add to the record and never rewrite it; only set-up and migration act as the owner (``as_owner``).
"""

import psycopg2
from django.conf import settings
from django.db.backends.postgresql import base

from cspr.postgres.ownership import acting_as_owner

# A page picked at random costs hardly more than the next one on any disk in use: looking up a thousand rows by their
# keys is then not taken for dearer than reading a whole table (docs/measurements.md).
SESSION = 'SET ROLE "{role}"; SET random_page_cost = 1.1'


class DatabaseWrapper(base.DatabaseWrapper):
    """The stock backend; a session starts by giving up the owner's rights."""

    def init_connection_state(self) -> None:
        super().init_connection_state()
        if acting_as_owner():
            return
        with self.connection.cursor() as cursor:
            try:
                cursor.execute(SESSION.format(role=settings.DATABASE_ROLE))
            except psycopg2.Error as error:
                raise psycopg2.OperationalError(
                    f"The database role {settings.DATABASE_ROLE} cannot be used: run manage.py migrate first."
                ) from error
        if not self.get_autocommit():
            self.connection.commit()
