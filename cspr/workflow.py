"""What may happen next, as data. Pure: no database, no Django models."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cspr.permissions import Permission, can
from cspr.statute.sources import Source

STAYS = ""
"""As ``to``: the step leaves the status as it is, whichever of ``from_`` that is."""
Guard = Callable[[Any, Any], str | None]
"""``guard(subject, by)`` answers a sentence that refuses, or None."""


class Refused(Exception):
    """The act is not allowed now. Carries sentences for the person, by field where one field is at fault."""

    def __init__(self, *sentences: str, fields: Mapping[str, str] | None = None) -> None:
        self.sentences = list(sentences)
        self.fields = dict(fields or {})
        super().__init__(" ".join([*self.sentences, *self.fields.values()]))


class AlreadyDone(Exception):
    """Somebody else did this already."""

    def __init__(self, *, by: Any, what: str) -> None:
        self.by = by
        self.what = what
        super().__init__(f"{what}: already done by {by}")


@dataclass(frozen=True)
class Transition:
    """One row of a stage's table: its name is the verb, the URL segment, the permission and the audit kind.

    ``to`` is STAYS for a step that records something and moves nothing. ``starts``, ``meets`` and ``withdraws`` are
    clock keys of ``cspr/statute/clocks.py``. ``not_same_as`` names columns ending in ``_by`` whose person may not be
    the one who acts now.
    """

    name: str
    label: str
    from_: frozenset[str]
    to: str
    permission: Permission
    source: Source
    guards: tuple[Guard, ...] = ()
    starts: tuple[str, ...] = ()
    meets: tuple[str, ...] = ()
    withdraws: tuple[str, ...] = ()
    needs_reason: bool = False
    not_same_as: tuple[str, ...] = ()
    past: str = ""


@dataclass(frozen=True)
class Table:
    """A stage's transitions, found by name."""

    rows: tuple[Transition, ...]

    def __getitem__(self, name: str) -> Transition:
        return next(row for row in self.rows if row.name == name)

    def __iter__(self) -> Any:
        return iter(self.rows)

    def leaving(self, status: str) -> Iterable[Transition]:
        """The rows that start from ``status``."""
        return (row for row in self.rows if status in row.from_)


def refusals(subject: Any, transition: Transition, by: Any) -> list[str]:
    """Why ``by`` may not take this step now; empty when they may. The service and the page both ask here."""
    if not can(by, transition.permission):
        return [f"This is not yours to do: it needs {transition.permission.whose}."]
    if subject.status not in transition.from_:
        return [f"This cannot be done while the stage is “{subject.get_status_display().lower()}”."]
    same = [
        column
        for column in transition.not_same_as
        if getattr(subject, column, None) and getattr(subject, column).user_id == by.user_id
    ]
    if same:
        return ["You prepared this, so somebody else has to do this step."]
    return [sentence for guard in transition.guards if (sentence := guard(subject, by))]
