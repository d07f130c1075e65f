"""Make people and cases for checking from outside, and say in a file what they are."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

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
        try:
            described = _make(seed, out)
        except OSError as error:
            raise CommandError(
                f"{out} could not be written ({error.strerror}), so nothing was made."
            ) from None
        people, objects = len(described["people"]), len(described["objects"])
        self.stdout.write(f"Seed {seed}: {people} people, {objects} objects, written to {out}.")


def _make(seed: int, out: Path) -> dict[str, Any]:
    """Make it all and write it down, or neither: what is not written down can never be signed in to."""
    with (
        os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file,
        transaction.atomic(),
    ):
        described = acceptance.make(seed)
        json.dump(described, file, indent=1)
        file.flush()
    return described
