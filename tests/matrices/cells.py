"""Which address a route has for the case of one's own, the other partnership's, a sibling's row, and for nothing."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from cspr.casework.routes import Route
from tests.matrices.rapid_cells import rapid_value
from tests.matrices.seeded import NOWHERE, Seeded, Side

STAGE_OF = {
    "incident_take_back": "asked",
    "incident_give_view": "asked",
    "incident_decide_notifiable": "asked",
    "incident_reopen": "refused",
    "incident_correct_awareness": "ready",
    "lift_wall": "ready",
    "case_areas": "sent",
    "withdraw_share": "sent",
    "note_answer": "sent",
}
"""The stage of the case on which a route is tried; the notification's and what was told: one decided; others: ready."""

DECIDED = ("notification", "record_sent", "send_further", "case_", "told_", "tell_", "log_")
SENT = {"referral", "referral_receipt", "referral_add_to", "referral_withdraw", "referral_copy"}
SLUGS = {
    "referral_page": {"page": "referrer"},
    "referral_child_page": {"page": "about"},
    "referral_list": {"page": "agencies"},
    "referral_row_add": {"page": "agencies"},
    "referral_row": {"page": "agencies"},
    "referral_row_remove": {"page": "agencies"},
    "incident_answer_test": {"test": "abuse-or-neglect"},
    "notification_section": {"section": "incident"},
    "person_invite": {"role": "officer"},
    "settings_calendar_change": {"change": "proclaim", "day": "2027-05-04"},
}
PRIMARY = ("case_id", "referral_id")
MISSING_SECRET = "x" * 43


class NotKnown(Exception):
    """A route takes something the matrix has no value for."""


def stage(route: Route) -> str:
    if route.name in STAGE_OF:
        return STAGE_OF[route.name]
    return "decided" if route.name.startswith(DECIDED) else "ready"


def value(route: Route, name: str, side: Side) -> Any:
    """The argument of a route that names something of this side's."""
    if (of_a_review := rapid_value(route, name, side.rapid)) is not None:
        return of_a_review
    if name == "case_id":
        return side.cases[stage(route)]
    if name == "referral_id":
        return side.referrals["sent" if route.name in SENT else "draft"]
    if name in SLUGS.get(route.name, {}):
        return SLUGS[route.name][name]
    if name not in side.ids:
        raise NotKnown(
            f"{route.name} takes {name!r}: add a value to tests/matrices/seeded.py (ids) or to SLUGS in cells.py"
        )
    return side.ids[name]


def addresses(route: Route, seeded: Seeded) -> Iterator[tuple[str, str]]:
    """The relations this route can have to a person of Northvale, each with its address."""
    names = list(route.parameters)
    own = {name: value(route, name, seeded.own) for name in names}
    yield "own", reverse(route.name, kwargs=own)
    ids = [name for name in names if route.parameters[name] == "uuid" or name == "secret"]
    if not ids:
        return
    other = {name: value(route, name, seeded.other) for name in names}
    missing = {name: NOWHERE if name in ids else own[name] for name in names}
    if "secret" in ids:
        missing["secret"] = NOWHERE if route.parameters["secret"] == "uuid" else MISSING_SECRET
        yield "missing", reverse(route.name, kwargs=missing)
        return
    yield "other", reverse(route.name, kwargs=other)
    yield "missing", reverse(route.name, kwargs=missing)
    for name in (one for one in ids if one not in PRIMARY and len(ids) > 1):
        yield f"other's {name}", reverse(route.name, kwargs={**own, name: other[name]})
        yield f"missing {name}", reverse(route.name, kwargs={**own, name: NOWHERE})
