"""Make people and cases for checking from outside, and say in a file what they are."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cspr.seeding import acceptance


class Command(BaseCommand):
    help = (
        "Adds two partnerships of one name with every role and stage; --out gets people and objects as JSON."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, required=True, help="another number adds another set")
        parser.add_argument("--out", required=True, help="the file to write, readable by its owner only")

    def handle(self, *args: Any, **options: Any) -> None:
        seed, out = options["seed"], Path(options["out"])
        if seed < 0:
            raise CommandError("A seed is 0 or more.")
        if acceptance.is_there(seed):
            raise CommandError(f"Seed {seed} was made in this database already: take another number.")
        if not out.parent.is_dir():
            raise CommandError(f"There is no folder {out.parent}.")
        described = acceptance.make(seed)
        with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(described, file, indent=1)
        people, objects = len(described["people"]), len(described["objects"])
        self.stdout.write(f"Seed {seed}: {people} people, {objects} objects, written to {out}.")
