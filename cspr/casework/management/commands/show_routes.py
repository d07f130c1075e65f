"""List every route with its permission and the parameters that name something."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from cspr.casework.routes import routes


class Command(BaseCommand):
    help = "Every route, its permission, its methods and its id parameters."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        found = routes()
        if options["as_json"]:
            self.stdout.write(json.dumps([asdict(one) for one in found], indent=2))
            return
        for one in found:
            self.stdout.write(f"{one.permission or 'NONE':<24} {','.join(one.methods):<12} {one.path}")
