"""python -m cspr.bench [arithmetic] [sweep] [pages] [chronology]: one table of ratios beside their aims."""

import argparse
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Any

import django

from cspr.bench.lines import Line, table

PARTS = ("arithmetic", "sweep", "pages", "chronology")


def measured(part: str, **given: Any) -> Iterable[Line]:
    """The lines of one part, which is imported only now: Django has to be set up before."""
    lines: Iterable[Line] = import_module(f"cspr.bench.{part}").measure(**given)
    return lines


def main(arguments: list[str]) -> int:
    """Print each line when it is measured, then the table. 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m cspr.bench", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all where none is given"
    )
    parser.add_argument("--rounds", type=int, default=7, help="rounds of each comparison")
    parser.add_argument("--cases", type=int, nargs="+", default=[50, 50_000], help="sizes of the partnership")
    parser.add_argument("--deadlines", type=int, default=200_000, help="running deadlines that are swept")
    parser.add_argument("--due", type=int, default=2_000, help="how many of them are due")
    given = parser.parse_args(arguments)
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    sizes: dict[str, dict[str, Any]] = {
        "sweep": {"deadlines": given.deadlines, "due": given.due},
        "pages": {"sizes": tuple(given.cases)},
    }
    django.setup()
    lines: list[Line] = []
    for part in PARTS:
        if part in (given.parts or PARTS):
            for line in measured(part, rounds=given.rounds, **sizes.get(part, {})):
                sys.stderr.write(f"measured: {line.name}\n")
                lines.append(line)
    sys.stdout.write(f"{table(lines)}\n")
    return int(any("MISSED" in line.verdict for line in lines))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cspr.settings")
    sys.exit(main(sys.argv[1:]))
