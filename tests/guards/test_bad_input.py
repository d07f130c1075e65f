"""Whatever is sent to whatever box: an answer in words, never a broken page, and what was typed stands there again."""

from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import quote, quote_from_bytes

import pytest

from cspr.casework.routes import Route, routes
from cspr.typed.models import TypedWork
from tests.guards.page_forms import PageForm, forms_of
from tests.matrices.cells import addresses
from tests.matrices.world import Knocking, ask

pytestmark = pytest.mark.usefixtures("seeded_files", "quiet_refusals")
OURS = [route for route in routes() if route.ours and "GET" in route.methods]
FORM = "application/x-www-form-urlencoded"
LONG = 10_001
TEXTS = {
    "NUL": "before\x00after",
    "emoji": "before 👩🏽‍🦽 after",
    "right to left": "before \u202eafter",
    "10,001 characters": "x" * LONG,
    "year 0000": "0000",
    "year 9999": "9999",
    "2 to the 63": str(2**63),
    "minus": "-1",
    "other digits": "１２",
    "markup": "<script>alert(1)</script>",
}
SURROGATE = b"before\xed\xa0\x80after"
KEPT = {"emoji"}


def body(form: PageForm, changed: dict[str, list[str | bytes]]) -> str:
    """What the browser would send, with some boxes replaced."""
    sent = [(key, value) for key, standing in form.values.items() if key not in changed for value in standing]
    sent += [(key, value) for key, values in changed.items() for value in values]
    return "&".join(
        f"{quote(key)}={quote_from_bytes(value) if isinstance(value, bytes) else quote(value)}"
        for key, value in sent
    )


def bodies(form: PageForm) -> Iterator[tuple[str, str, str]]:
    """Everything bad in all boxes at once; what a form may take, in each box alone: box, what, body."""
    if form.typed:
        for wrong, text in TEXTS.items():
            yield "every box", wrong, body(form, {name: [text] for name in form.typed})
    boxes = [name for name in form.kinds if name != "csrfmiddlewaretoken"]
    yield "every box", "lone surrogate", body(form, {name: [SURROGATE] for name in boxes})
    yield "every box", "sent twice", body(form, {name: ["one", "two"] for name in boxes})
    for name in boxes:
        for wrong in ("emoji", "2 to the 63") if name in form.typed else ("NUL",):
            yield name, wrong, body(form, {name: [TEXTS[wrong]]})
        yield name, "array for scalar", body(form, {name: [], f"{name}[]": ["one"]})


def send(client: Any, path: str, form: PageForm, sent: str) -> Any:
    if form.method == "get":
        return ask(client, "GET", f"{path}?{sent}")
    return ask(client, "POST", form.action or path, data=sent, content_type=FORM)


def whose(route: Route, person: Knocking) -> Any:
    """Somebody whose page this is: the first who is shown it."""
    _, path = next(addresses(route, person.seeded))
    for client in person.clients.values():
        page = ask(client, "GET", path)
        if page.status_code == 200:
            return client, path, page
    return None, path, None


@pytest.mark.parametrize("route", OURS, ids=lambda route: route.name)
def test_nothing_that_is_sent_breaks_a_page(route: Route, knocking: Knocking) -> None:
    client, path, page = whose(route, knocking)
    if page is None or "text/html" not in page.headers["Content-Type"]:
        return
    wrong = []
    for form in forms_of(page.body.decode()):
        for name, what, sent in bodies(form):
            answer = send(client, path, form, sent)
            if answer.status_code >= 500:
                wrong.append(f"{name}, {what}: {answer.status_code}")
            elif form.method == "post" and lost(form, name, what, answer):
                wrong.append(f"{name}, {what}: what was typed does not stand there again")
    assert wrong == []


def lost(form: PageForm, name: str, what: str, answer: Any) -> bool:
    """Whether a refused page forgot what was typed into a box."""
    if answer.status_code != 200 or name not in form.typed or what not in KEPT:
        return False
    return escape(TEXTS[what]) not in answer.body.decode()


def test_a_path_longer_than_a_database_column_breaks_nothing(knocking: Knocking) -> None:
    client = knocking.clients["officer"]
    for path in (
        "/referrals/" + "x" * 5000,
        "/%00",
        "/%ED%A0%80",
        "/cases/?page=" + "9" * 400,
        "/cases/?page=%00",
    ):
        assert ask(client, "GET", path).status_code < 500


def test_autosave_takes_anything(knocking: Knocking) -> None:
    client = knocking.clients["referrer"]
    path = "/referrals/start"
    for text in TEXTS.values():
        answer = ask(client, "POST", "/typed", data={"typed_path": path, "narrative": text})
        assert answer.status_code in {200, 413}
    sent = f"typed_path={quote(path)}&narrative={quote_from_bytes(SURROGATE)}"
    assert ask(client, "POST", "/typed", data=sent, content_type=FORM).status_code < 500
    assert TypedWork.objects.count() == 0  # each was given back
