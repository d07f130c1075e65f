"""How a thing that moves is made in each of its statuses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cspr.people.models import Membership
from tests.matrices.personas import People

Maker = Callable[[People], Any]
Changes = Callable[[Any, Membership], dict[str, Any]]


@dataclass(frozen=True)
class Stage:
    """How each status is reached, and which columns a step fills besides those the table names."""

    made: Mapping[str, Maker]
    changes: Mapping[str, Changes] = field(default_factory=dict)
