"""Every thing that moves, in each of its statuses, made by the verbs that lead there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cspr.people.models import Membership
from notifications.services.referral import record_outcome, withdraw
from tests.factories import referrals
from tests.matrices.personas import People

Maker = Callable[[People], Any]
Changes = Callable[[Any, Membership], dict[str, Any]]


@dataclass(frozen=True)
class Stage:
    """How each status is reached, and which columns a step fills besides those the table names."""

    made: Mapping[str, Maker]
    changes: Mapping[str, Changes] = field(default_factory=dict)


def _sent(people: People) -> Any:
    return referrals.sent(people.own["referrer"])


def _decided(people: People) -> Any:
    return record_outcome(
        _sent(people), outcome="Not notifiable", reason="Invented reason", by=people.own["la partner"]
    )


def _withdrawn(people: People) -> Any:
    return withdraw(_sent(people), by=people.own["referrer"], reason="Invented reason")


def _sending(referral: Any, by: Membership) -> dict[str, Any]:
    return {"reference": "NVL-R-2026-9999"}


REFERRAL = Stage(
    made={
        "draft": lambda people: referrals.complete(people.own["referrer"]),
        "submitted": _sent,
        "decided": _decided,
        "withdrawn": _withdrawn,
    },
    changes={
        "submit": _sending,
        "withdraw": lambda referral, by: {"withdrawn_reason": "Invented reason"},
        "decide": lambda referral, by: {"outcome": "Notifiable", "outcome_reason": "Invented reason"},
    },
)
STAGES: dict[str, Stage] = {"referral": REFERRAL}
