"""Make the demonstration's people and cases, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cspr.security_log import unwatched
from cspr.seeding import demo


class Command(BaseCommand):
    help = (
        "Makes two invented partnerships with people and cases at every stage. A second run changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CSPR_DEMO:
            raise CommandError("Only the demonstration (CSPR_DEMO=1) is given invented people.")
        if demo.is_there():
            self.stdout.write("The invented cases are there already.")
            return
        with unwatched():
            worlds = demo.make_demo()
        self.stdout.write(f"Made {', '.join(str(one.partnership) for one in worlds)}.")
