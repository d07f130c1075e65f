from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cspr.deadlines.services import make_round
from cspr.now import now


class Command(BaseCommand):
    help = "Fire the reminders that are due and queue their mails: a second starter beside the worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", required=True, help="one round, then end")
        parser.add_argument("--at", help="the deciding moment in ISO form with its offset, instead of now")

    def handle(self, *args: Any, **options: Any) -> None:
        done = make_round(_moment(options["at"]) if options["at"] else now())
        self.stdout.write(f"{done.fired} reminders fired, {done.told} mails queued, {done.failed} failed")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--at must be a moment like 2026-11-23T09:00:00+00:00, not {text!r}") from error
    if moment.utcoffset() is None:
        raise CommandError("--at needs its offset from UTC, such as +00:00")
    return moment
