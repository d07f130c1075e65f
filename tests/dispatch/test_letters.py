"""No mail holds personal or case data: nothing but a phrase, a reference, a date and a plain link can enter
(T8, T9).
"""

import ast
import secrets
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from cspr.cases.services import open_case
from cspr.dispatch import phrases
from cspr.dispatch.letters import REFERENCE, write_letter
from cspr.dispatch.models import How, Message, TellingKind
from cspr.dispatch.phrases import PHRASES, phrase
from cspr.dispatch.services import To, post, tell, tell_by_hand
from cspr.now import now
from tests.factories.people import World

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"waiting": phrases.SOMETHING_WAITS, "reference": "NVL-2026-0042", "link": "/cases/", "until": None}

SOME = "0b6d2a54-6a7a-4c57-9c8b-3f2e8f1a7d10"


@given(st.text())
def test_text_that_is_no_phrase_refused(text: str) -> None:
    if text in PHRASES:
        return
    with pytest.raises(ValueError, match="not a phrase"):
        write_letter(**{**GOOD, "waiting": text})


@given(st.text(min_size=1))
def test_text_that_is_no_reference_refused(text: str) -> None:
    if REFERENCE.fullmatch(text):
        return
    with pytest.raises(ValueError, match="a reference or nothing"):
        write_letter(**{**GOOD, "reference": text})


@pytest.mark.parametrize(
    "link",
    ["https://elsewhere.invalid/", "//elsewhere.invalid/", "/cases/?name=Alder", "/cases/#alder",
     "/cases/Child%20Alder/", "/cases/Ann Example/", "javascript:alert(1)", "cases/", "/cases/..",
     "/search/AnnExample/", "/cases/\n/"],
)  # fmt: skip
def test_link_that_could_carry_a_name_refused(link: str) -> None:
    with pytest.raises(ValueError, match="plain path"):
        write_letter(**{**GOOD, "link": link})


@pytest.mark.parametrize(
    "link", ["/", "/cases/", f"/cases/{SOME}/clocks/C1/", "/board/", f"/referrals/{SOME}/"]
)
def test_plain_link_kept(link: str, settings: object) -> None:
    assert f"{settings.PUBLIC_URL}{link}" in write_letter(**{**GOOD, "link": link}).body


@pytest.mark.parametrize("until", ["4 December", datetime(2026, 12, 4), 5])  # noqa: DTZ001
def test_until_that_is_no_date_refused(until: object) -> None:
    with pytest.raises(ValueError, match="until is a date"):
        write_letter(**{**GOOD, "until": until})


@pytest.mark.parametrize(
    "words",
    [
        "Ann Example, 4 High Street",
        "Call 0191 496 0000",
        "a@b.test",
        "Case {name}",
        "%s",
        "lower case",
        "A" * 81,
    ],
)
def test_phrase_with_a_place_for_content_refused(words: str) -> None:
    with pytest.raises(ValueError, match="not a fixed phrase"):
        phrase(words)
    assert words not in PHRASES


def test_phrases_are_registered_at_import_never_while_running() -> None:
    found = 0
    for path in [*ROOT.glob("cspr/**/*.py"), *ROOT.glob("notifications/**/*.py")]:
        tree = ast.parse(path.read_text())
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
        running = {id(inner) for function in functions for inner in ast.walk(function)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "phrase":
                assert id(node) not in running, f"{path}:{node.lineno}"
                found += 1
    assert found >= 9


def test_mail_to_somebody_without_an_account_has_no_link() -> None:
    letter = write_letter(waiting=phrases.DELAY, reference="", link="", until=date(2026, 12, 4))

    assert "http" not in letter.body
    assert letter.subject == "A delay is to be read"
    assert "Wanted by: Friday 4 December 2026" in letter.body


@pytest.mark.django_db
def test_nothing_personal_reaches_any_mail(northvale: World, southmere: World) -> None:
    markers = [secrets.token_hex(8) for _ in range(6)]
    for membership in (northvale.police, northvale.officer, northvale.manager):
        membership.user.full_name = markers[0]
        membership.user.save()
    northvale.partnership.name = markers[1]
    northvale.partnership.save()
    case = open_case(northvale.partnership, by=northvale.officer)
    for kind in TellingKind:
        for to in (
            To.safeguarding_partner("POLICE", of=case),
            To.named(markers[2], email=f"{markers[3]}@example.test"),
        ):
            tell(
                case,
                what=kind,
                to=to,
                by=northvale.officer,
                clock="C2",
                note=markers[4],
                link=f"/cases/{case.pk}/",
            )
    telling = tell(
        case, what=TellingKind.OTHER, to=To.named(markers[2]), by=northvale.officer, note=markers[4]
    )
    tell_by_hand(telling, by=northvale.officer, how=How.TELEPHONE, at=now(), note=markers[5])
    with transaction.atomic():
        post(to=northvale.manager, subject=phrases.NOT_DELIVERED, by=None, about=case)

    texts = [f"{message.subject} {message.body}" for message in Message.objects.all()]

    assert len(texts) == len(TellingKind) * 2 + 1
    for text in texts:
        assert not any(marker in text for marker in [*markers, case.pseudonym])
        assert "@" not in text


@pytest.mark.django_db(transaction=False)
def test_message_outside_a_transaction_refused(northvale: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transaction.get_connection(), "in_atomic_block", False)

    with pytest.raises(RuntimeError, match="in the transaction"):
        post(to=northvale.manager, subject=phrases.SOMETHING_WAITS, by=None)
    monkeypatch.undo()
