from typing import Any

from django.core.management.base import BaseCommand

from cspr.dispatch.services import drain


class Command(BaseCommand):
    help = "Deliver what waits in the outbox once: a second starter beside the worker."

    def handle(self, *args: Any, **options: Any) -> None:
        tally = drain()
        self.stdout.write(f"{tally.sent} sent, {tally.put_off} put off, {tally.dead} could not be sent")
