"""Show what may happen to each thing that moves, or write docs/workflow.md."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cspr.casework.diagrams import page


class Command(BaseCommand):
    help = "Diagrams and tables of every stage's transitions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true", help="write docs/workflow.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["write"]:
            (settings.ROOT / "docs" / "workflow.md").write_text(page(), encoding="utf-8")
        else:
            self.stdout.write(page())
