import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cspr.dispatch.selectors import outbox_state
from cspr.now import now


class Command(BaseCommand):
    help = "Say what waits in the outbox, what was sent, and what needs a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        state = outbox_state(at=now())
        if options["json"]:
            self.stdout.write(json.dumps(state))
            return
        self.stdout.write(", ".join(f"{count} {status}" for status, count in state["messages"].items()))
        self.stdout.write(f"oldest due for {state['oldest_due_seconds']} s")
