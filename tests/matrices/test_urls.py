"""Every route x person x relation x method: what each answers stands in expected_urls.txt, under review.

What must hold whatever that file says is asserted beside it. ``CSPR_WRITE_MATRIX=1`` writes the file anew.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cspr.casework.routes import Route, routes
from tests.matrices.cells import addresses
from tests.matrices.world import Knocking, ask

pytestmark = pytest.mark.usefixtures("seeded_files", "quiet_refusals")
FILE = Path(__file__).parent / "expected_urls.txt"
OURS = [route for route in routes() if route.ours]
PUBLIC = {"health_live", "health_ready", "working_days", "calendar_feed", "demo_outbox"}
NOT_SIGNED_IN = {"anonymous", "password only", "guest", "second guest"}
WAY_IN = {"guest_open", "guest_code", "guest_leave", "guest_typed"}
"""What a guest meets before the request is open: whoever has the link is shown it, and nothing of the request."""
RECORDED = {
    "merged_chronology_word", "merged_chronology_excel", "merged_chronology_picture", "chronology_person",
}  # fmt: skip
"""Files whose taking out is an event of the record, and a page that shows a name."""
ALWAYS_ONES_OWN = {"choose_capacity"}
"""Pages that list what is one's own, whatever their address names."""
NOT_SHOWN = {
    "keep_typed",
    "guest_typed",
    "demo_outbox",
    "notification_open",
    "merged_chronology_names",
    "case_chronology",
}
"""Only posted to; only in a demonstration; leads on to the pack, or to the merged chronology."""
LOOKS = {"audit_access", "django_session", "typed_typedwork", "usersessions_usersession"}
"""Tables that looking may write to."""
CHANGING = re.compile(
    rb"csrfmiddlewaretoken\" value=\"[^\"]*\"|nonce=\"[^\"]*\"|typed_by\" value=\"[^\"]*\""
    rb"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
)
Answers = dict[tuple[str, str, str], Any]
HEAD = """# What each address answers to whom. Written by CSPR_WRITE_MATRIX=1, reviewed, compared byte by byte.
# Relations: own = of their own partnership (for agencies: Northvale's school); other = the other partnership's;
# missing = an id of nothing; "other's x" = own case or referral, but the id x of the other partnership's.
"""


def cells(route: Route, knocking: Knocking) -> Answers:
    """Every answer of one route, by method, relation and person.

    Whoever is told on their own partnership's side that there is nothing is not asked about the other side again.
    """
    answers: Answers = {}
    for relation, path in addresses(route, knocking.seeded):
        for method in ("GET", "POST"):
            for name, client in knocking.clients.items():
                if relation == "own" or answers[method, "own", name].status_code not in {302, 404, 405}:
                    answers[method, relation, name] = ask(client, method, path)
    return answers


def lines(route: Route, answers: Answers) -> list[str]:
    """The route's part of the file: people who get the same answer stand together."""
    told: dict[tuple[str, str], dict[str, list[str]]] = {}
    for (method, relation, name), response in answers.items():
        told.setdefault((relation, method), {}).setdefault(answer(response), []).append(name)
    out = [f"{route.name}  {route.path}"]
    for (relation, method), by_answer in told.items():
        out += [
            f"    {method:<4} {relation:<18} {what}: {', '.join(who)}"
            for what, who in sorted(by_answer.items())
        ]
    return out


def answer(response: Any) -> str:
    if response.status_code in {301, 302}:
        where = CHANGING.sub(b"...", response["Location"].split("?")[0].encode()).decode()
        return f"{response.status_code} {where}"
    return str(response.status_code)


def parts() -> dict[str, list[str]]:
    """The file's parts by route."""
    found: dict[str, list[str]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines() if FILE.exists() else []:
        if line and not line.startswith(("#", " ")):
            found[line.split("  ")[0]] = [line]
        elif line.startswith(" "):
            found[next(reversed(found))].append(line)
    return found


def write(route: Route, told: list[str]) -> None:
    with (FILE.parents[2] / ".local" / "matrix.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        kept = {**parts(), route.name: told}
        body = "\n\n".join("\n".join(kept[one.name]) for one in OURS if one.name in kept)
        FILE.write_text(f"{HEAD}\n{body}\n", encoding="utf-8")


@pytest.mark.parametrize("route", OURS, ids=lambda route: route.name)
def test_every_address_answers_as_it_should(route: Route, knocking: Knocking) -> None:
    answers = cells(route, knocking)
    told = lines(route, answers)
    if os.environ.get("CSPR_WRITE_MATRIX"):
        write(route, told)
    faults = [fault for check in CHECKS for fault in check(route, answers)]
    assert faults == []
    assert told == parts().get(route.name), (
        "CSPR_WRITE_MATRIX=1 writes tests/matrices/expected_urls.txt: review it"
    )


def never_breaks(route: Route, answers: Answers) -> Iterator[str]:
    yield from (f"{cell}: {one.status_code}" for cell, one in answers.items() if one.status_code >= 500)


def is_really_there(route: Route, answers: Answers) -> Iterator[str]:
    """Somebody is shown it, so that "not found" for everybody else means something."""
    shown = {one.status_code for (method, relation, _), one in answers.items() if relation == "own"}
    if 200 not in shown and route.name not in NOT_SHOWN:
        yield f"nobody is shown {route.path}: give it something that exists in tests/matrices/cells.py"


def keeps_out_who_has_not_signed_in(route: Route, answers: Answers) -> Iterator[str]:
    for (method, relation, name), one in answers.items():
        if route.name in PUBLIC or is_of_guests(route) or one.status_code == 405:
            continue
        if name in NOT_SIGNED_IN - {"password only"} and not one.headers.get("Location", "").startswith(
            "/account/login/?next="
        ):
            yield f"{method} {relation} {name}: {answer(one)}"
        if name == "password only" and not one.headers.get("Location", "").startswith(
            "/account/2fa/totp/activate/"
        ):
            yield f"{method} {relation} with a password only: {answer(one)}"


def hides_what_is_not_ones_own(route: Route, answers: Answers) -> Iterator[str]:
    """Another partnership's case and one that never was give the same answer, byte by byte; so do rows of others."""
    if route.name in PUBLIC | WAY_IN:
        return
    for (method, relation, name), one in answers.items():
        if (
            one.status_code == 405
            or spans(route, name)
            or (name in NOT_SIGNED_IN and not is_of_guests(route))
        ):
            continue
        if route.name in ALWAYS_ONES_OWN and (method == "GET" or name == "ended officer"):
            continue
        foreign = relation != "own" if name != "other officer" else is_of_somebody(route)
        walled = name == "walled partner" and bool(
            {"case_id", "referral_id", "shared_id"} & set(route.parameters)
        )
        if (foreign or walled) and one.status_code != 404:
            yield f"{method} {relation} {name}: {answer(one)}, not 404"
        if (
            relation == "missing"
            and (method, "other", name) in answers
            and plain(one) != plain(answers[method, "other", name])
            and name != "other officer"
        ):
            yield f"{method} {name}: what is missing and what is another partnership's look different"


def is_of_guests(route: Route) -> bool:
    """The way in by a link, and the pages behind it: open to whoever opened that link with its code."""
    return route.name.startswith("guest_")


def spans(route: Route, name: str) -> bool:
    """The administrator looks after people and organisations of every partnership, and sees no case of any.

    The Panel reads what was sent to it from wherever.
    """
    of_every = {"administrator": {"membership_id", "agency_id"}, "panel officer": {"review_id"}}
    return bool(of_every.get(name, set()) & set(route.parameters))


def is_of_somebody(route: Route) -> bool:
    return bool({"uuid", "secret"} & (set(route.parameters.values()) | set(route.parameters)))


def plain(response: Any) -> bytes:
    return CHANGING.sub(b"...", response.body)


def looking_changes_nothing(route: Route, answers: Answers) -> Iterator[str]:
    for (method, relation, name), one in answers.items():
        records = {"audit_event", "audit_stream"} if route.name in RECORDED else set()
        if method == "GET" and set(one.wrote) - LOOKS - records:
            yield f"GET {relation} {name} wrote {one.wrote}"
        if method == "POST" and one.status_code in {403, 404, 405} and set(one.wrote) - LOOKS:
            yield f"POST {relation} {name} was refused with {one.status_code} and wrote {one.wrote}"


def gives_the_browser_its_orders(route: Route, answers: Answers) -> Iterator[str]:
    for cell, one in answers.items():
        wrong = [name for name, orders in ORDERS.items() if not re.search(orders, one.headers.get(name, ""))]
        if wrong:
            yield f"{cell}: {one.status_code} without {wrong}"


ORDERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "^(same-origin|no-referrer)$",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": r"camera=\(\)",
}
CHECKS = (
    never_breaks,
    is_really_there,
    keeps_out_who_has_not_signed_in,
    hides_what_is_not_ones_own,
    looking_changes_nothing,
    gives_the_browser_its_orders,
)


def test_the_file_holds_exactly_the_routes_there_are() -> None:
    assert list(parts()) == [route.name for route in OURS]
