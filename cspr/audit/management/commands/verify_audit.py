"""Check that the record is whole; exits with 1 and names the rows when it is not."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cspr.audit.models import Event, Stream
from cspr.audit.verification import Fault, faults, missing_since


class Command(BaseCommand):
    help = "Verify the numbering and the hash chain of every stream of the record."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--heads", type=Path, help="a file written before by audit_heads --json")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [asdict(fault) for fault in [*faults(), *_against(options["heads"])]]
        report = {
            "whole": not found,
            "streams": Stream.objects.count(),
            "events": Event.objects.count(),
            "faults": found,
        }
        if options["as_json"]:
            self.stdout.write(json.dumps(report, indent=2))
        else:
            self.stdout.write(
                f"{report['events']} events in {report['streams']} streams, {len(found)} faults"
            )
            for fault in found:
                self.stdout.write(f"{fault['stream']} {fault['number']}: {fault['sentence']}")
        if found:
            raise SystemExit(1)


def _against(path: Path | None) -> list[Fault]:
    if path is None:
        return []
    try:
        copied = json.loads(path.read_text(encoding="utf-8"))["streams"]
        return list(missing_since(copied))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path} is not a file written by audit_heads --json") from error
