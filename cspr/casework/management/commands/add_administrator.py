"""Make a system administrator at the terminal: how a new installation gets its first one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from cspr.casework.people_pages import acts
from cspr.people.services import Place
from cspr.permissions import Role
from cspr.workflow import Refused


class Command(BaseCommand):
    help = "Gives a person the role of system administrator and mails them a link to choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("full_name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            made = acts.invite(
                email=options["email"],
                full_name=options["full_name"],
                role=Role.ADMINISTRATOR,
                place=Place(),
                by=None,
            )
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{made.user.full_name} is a system administrator; a link waits in their mail.")
