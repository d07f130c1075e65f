"""Every stage's transitions as a page: a diagram, and a table of who may take each step, when, and by which source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from cspr.permissions import GRANTS, ONLY_FOR_THE_LOCAL_AUTHORITY, Permission
from cspr.workflow import STAYS, Table, Transition

STAGES = ("notifications", "rapid_reviews", "cspr.cases")
START = "[*]"
HEAD = """# What may happen, and who may do it

Written by `manage.py show_workflow --write` from the tables in each stage's `workflow`; a test fails when this page
and the tables differ. Separation, walls and need-to-know come on top of the roles named here.
"""


@dataclass(frozen=True)
class Moving:
    """Something that moves through statuses: its name, its statuses in order with their words, its table."""

    name: str
    statuses: dict[str, str]
    table: Table


def moving() -> Iterator[Moving]:
    """Everything that moves, with its transitions: two tables over the same statuses are one."""
    rows: dict[Any, list[Transition]] = {}
    for stage in STAGES:
        for table in _tables(f"{stage}.workflow"):
            rows.setdefault(_statuses(table), []).extend(table)
    for kind, found in rows.items():
        name = kind.__name__.removesuffix("Status").lower()
        yield Moving(name, {one.value: one.label for one in kind}, Table(tuple(found)))


def _statuses(table: Table) -> Any:
    """The enumeration of the statuses a table moves between."""
    return type(next(iter(next(iter(table)).from_)))


def _tables(workflow: str) -> Iterator[Table]:
    """The tables of a workflow, which is one module or a package of them."""
    package = import_module(workflow)
    inside = [f"{workflow}.{one.name}" for one in iter_modules(getattr(package, "__path__", ()))]
    for name in inside or [workflow]:
        table = getattr(import_module(name), "TRANSITIONS", None)
        if isinstance(table, Table):
            yield table


def page() -> str:
    """The whole page, as Markdown with diagrams in Mermaid."""
    return "\n".join([HEAD, *(part for one in moving() for part in (_diagram(one), _rows(one)))])


def _diagram(one: Moving) -> str:
    lines = [f"## {one.name.replace('_', ' ').capitalize()}", "", "```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{label}" as {status}' for status, label in one.statuses.items()]
    lines.append(f"    {START} --> {next(iter(one.statuses))}")
    for (before, after), names in _arrows(one).items():
        lines.append(f"    {before} --> {after}: {', '.join(names)}")
    ends = [status for status in one.statuses if all(row.to == STAYS for row in one.table.leaving(status))]
    lines += [f"    {status} --> {START}" for status in ends]
    return "\n".join([*lines, "```", ""])


def _arrows(one: Moving) -> dict[tuple[str, str], list[str]]:
    arrows: dict[tuple[str, str], list[str]] = {}
    for status in one.statuses:
        for row in one.table.leaving(status):
            arrows.setdefault((status, row.to or status), []).append(row.name)
    return arrows


def _rows(one: Moving) -> str:
    lines = ["| step | from | to | who | only if | clocks | source |", "|---|---|---|---|---|---|---|"]
    for row in one.table:
        before = ", ".join(status for status in one.statuses if status in row.from_)
        cells = [
            f"`{row.name}`",
            before,
            row.to or "stays",
            _who(row),
            _only_if(row),
            _clocks(row),
            row.source.cite(),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _who(row: Transition) -> str:
    roles = [role.label for role, granted in GRANTS.items() if row.permission in granted]
    return ", ".join(roles) + (" (local authority)" if _is_the_authoritys(row.permission) else "")


def _is_the_authoritys(permission: Permission) -> bool:
    return permission in ONLY_FOR_THE_LOCAL_AUTHORITY


def _only_if(row: Transition) -> str:
    conditions = [_words(guard.__name__) for guard in row.guards]
    conditions += [f"not the person of {column}" for column in row.not_same_as]
    if row.needs_reason:
        conditions.append("a reason is given")
    return "; ".join(conditions)


def _words(name: str) -> str:
    return re.sub(r"_+", " ", name).strip()


def _clocks(row: Transition) -> str:
    parts = (("starts", row.starts), ("meets", row.meets), ("withdraws", row.withdraws))
    return "; ".join(f"{verb} {', '.join(keys)}" for verb, keys in parts if keys)
