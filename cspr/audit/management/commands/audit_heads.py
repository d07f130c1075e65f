"""Print where every stream of the record ends, to be kept outside the database (security.md decision 6)."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cspr.audit.verification import heads
from cspr.now import now


class Command(BaseCommand):
    help = "Print the head of every stream. Copy it daily to a place the database's owner cannot write."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        streams = heads()
        if options["as_json"]:
            self.stdout.write(json.dumps({"at": now().isoformat(), "streams": streams}, indent=2))
            return
        for key, head in streams.items():
            self.stdout.write(f"{key} {head['number']} {head['hash']}")
