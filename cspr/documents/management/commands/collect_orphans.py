from typing import Any

from django.core.management.base import BaseCommand

from cspr.documents.services import collect_orphans


class Command(BaseCommand):
    help = "Remove files older than an hour that no document knows (left by a kill between file and row)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{collect_orphans()} removed")
