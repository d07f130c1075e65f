"""Show how to sign in as the demonstration's invented people."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cspr.people.models import User
from cspr.seeding import credentials, demo

COMMAND = (
    "CSPR_DEMO=1 .venv/bin/python -m cspr.local run -- .venv/bin/python manage.py demo_people --code EMAIL"
)


class Command(BaseCommand):
    help = "Prints role, name, email address and password of every invented person; --code prints a person's code now."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--code", metavar="EMAIL", help="print this person's code of the moment")

    def handle(self, *args: Any, **options: Any) -> None:
        own = credentials.of_the_demo()
        email = options["code"]
        if email:
            is_invented = email.endswith(demo.DOMAIN) and User.objects.filter(email=email).exists()
            if not is_invented:
                raise CommandError(f"{email} is not a person of the demonstration.")
            self.stdout.write(credentials.code_now(own.totp_secret(email)))
            return
        rows = [(one.user.full_name, one.user.email, one.capacity) for one in demo.people()]
        wide = [max(len(row[place]) for row in [*rows, ("", "", "")]) for place in range(3)]
        for row in [("Name", "Email address", "Role"), *rows]:
            self.stdout.write(
                "  ".join(cell.ljust(width) for cell, width in zip(row, wide, strict=True)).rstrip()
            )
        self.stdout.write(f"\nPassword of all of them: {own.password}")
        self.stdout.write("The page that asks for the second factor shows the code. At a terminal:")
        self.stdout.write(COMMAND)
