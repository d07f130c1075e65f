"""Which thing of the rapid review a route is tried on: its case by stage, its request by state, its rows by name."""

from typing import Any

from cspr.casework.routes import Route
from tests.matrices.rapid_seeded import Rapid

CASE_OF = {
    "rapid_review_sign": "with_partners",
    "rapid_review_take_back": "with_partners",
    "rapid_review_escalation": "escalated",
    "rapid_review_version": "signed",
    "rapid_review_comment": "signed",
    "rapid_review_send": "signed",
    "rapid_review_copy": "signed",
    "rapid_review_sent": "answered",
    "rapid_review_detail": "with_partners",
    "rapid_review_panel_answer": "answered",
    "rapid_review_reply": "answered",
    "rapid_review_decide_again": "answered",
    "rapid_review_secretary_told": "national",
    "case_request_send_back": "returned",
    "proceeding_take_over": "told",
}
CASE_OF_ALL = {
    "rapid_review_national": "national",
    "case_request": "asked",
    "merged_chronology": "woven",
    "chronology_p": "woven",
}
REQUEST_OF = {
    "case_request_describe": "draft",
    "case_request_preview": "draft",
    "case_request_issue": "draft",
    "case_request_delete": "draft",
    "case_request_send_back": "returned",
    "request_sign_off": "finished",
    "request_hand_back": "finished",
    "guest_request_sign_off": "guest_finished",
    "guest_request_hand_back": "guest_finished",
    "guest_request_refuse": "guest_finished",
}
PLANNED = {
    "meeting_presence",
    "meeting_conflict",
    "meeting_withdraw_conflict",
    "meeting_pack",
    "meeting_pack_word",
}
"""Routes tried on the meeting that lies ahead; the others on the one that was held."""
SLUGS = {
    "rapid_review_section": {"section": "incident"},
    "rapid_review_criterion": {"criterion": "improvements"},
    "rapid_review_copy": {"ending": "docx"},
    "request_page": {"page": "voice"},
    "guest_request_page": {"page": "voice"},
}
CASES = (
    "rapid_review", "case_request", "merged_chronology", "chronology_p", "safety_", "meeting", "family", "proceeding",
    "hold_",
)  # fmt: skip


def is_about_a_review(route: Route) -> bool:
    return route.name.startswith(CASES)


def is_of_this_stage(route: Route) -> bool:
    return is_about_a_review(route) or route.name.startswith(("request", "chronology", "guest", "panel"))


def case_of(route: Route) -> str:
    """The stage of the case a route of the rapid review is tried on."""
    usual = next((stage for start, stage in CASE_OF_ALL.items() if route.name.startswith(start)), "review")
    return CASE_OF.get(route.name, usual)


def rapid_value(route: Route, name: str, rapid: Rapid) -> Any:
    """The argument of a route that names something of the rapid review; None where it names nothing of it."""
    guest = route.name.startswith("guest_")
    if name == "request_id":
        return rapid.requests[REQUEST_OF.get(route.name, "guest" if guest else "issued")]
    if name in SLUGS.get(route.name, {}):
        return SLUGS[route.name][name]
    if name == "case_id" and is_about_a_review(route):
        return rapid.cases[case_of(route)]
    if name == "meeting_id" and route.name in PLANNED:
        return rapid.ids["planned meeting_id"]
    if guest and f"guest {name}" in rapid.ids:
        return rapid.ids[f"guest {name}"]
    family = route.name.split("_")[0]
    of_its_own = {
        f"{family} {name}",
        f"{route.name.removesuffix('_remove')} {name}",
    }
    found = next((rapid.ids[key] for key in of_its_own if key in rapid.ids), None)
    return found or (rapid.ids.get(name) if is_of_this_stage(route) else None)
