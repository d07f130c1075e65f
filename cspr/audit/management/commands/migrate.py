"""Django's migrate, run as the database's owner, then the application role's rights."""

from typing import Any

from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connection

from cspr.audit.grants import apply_grants, ensure_role
from cspr.postgres.ownership import as_owner


class Command(migrate.Command):
    help = "Migrate as the owner, make the cache table, and give the application's role its rights."

    def execute(self, *args: Any, **options: Any) -> Any:
        """As the owner from the first system check on: that already asks the server, maybe before the role is there."""
        connection.close()
        with as_owner():
            try:
                return super().execute(*args, **options)
            finally:
                connection.close()

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_role()
        super().handle(*args, **options)
        call_command("createcachetable", verbosity=0)
        apply_grants()
