"""Kept typing: for its person, of a page of ours, within limits, and safe from whoever is not signed in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from cspr.celery import RHYTHM
from cspr.now import now
from cspr.people.models import Membership
from cspr.typed import services, tasks
from cspr.typed.models import TypedWork, UsedPostToken
from tests.audit.test_races import together
from tests.factories.people import World, make_user

Browser = Callable[[Membership], Client]
PAGE = "/capacity"


def autosave(client: Client, path: str = PAGE, **fields: Any) -> Any:
    return client.post(reverse("keep_typed"), {"typed_path": path, **fields})


def token(who: Membership, path: str = PAGE) -> str:
    return services.sign_typist(who.user, path=path, acting_id=who.pk)


def kept(path: str = PAGE) -> dict[str, list[str]] | None:
    work = TypedWork.objects.filter(path=path).first()
    return work.fields if work else None


def test_typing_is_kept_for_its_person_alone(browser: Browser, northvale: World) -> None:
    assert autosave(browser(northvale.officer), text="mine").status_code == 200
    assert services.typed(northvale.officer.user, PAGE) is not None
    assert services.typed(northvale.manager.user, PAGE) is None


@pytest.mark.parametrize(
    "path",
    ["", "capacity", "//evil.example/", "https://evil.example/", "/capacity?x=1", "/no-such-page", "/capacity#x",
     "/capacity\x00", "/../capacity", "\\capacity", "/capacity\n", "/" + "x" * 400],
)  # fmt: skip
def test_only_a_path_of_a_page_of_ours_is_kept(browser: Browser, northvale: World, path: str) -> None:
    assert autosave(browser(northvale.officer), path, text="x").status_code == 400
    assert not TypedWork.objects.exists()


@pytest.mark.parametrize("odd", ["a\x00b", "\x00", "\ufffd", "\U0001f600", "\u202e", "x" * 500])
def test_odd_text_in_names_and_values_is_kept_without_a_fault(
    browser: Browser, northvale: World, odd: str
) -> None:
    assert autosave(browser(northvale.officer), **{odd: odd}).status_code == 200
    restored = services.as_post(TypedWork.objects.get())
    assert [value.replace("\x00", "") for value in restored.values()] == [odd.replace("\x00", "")]


def test_half_a_character_is_kept_without_a_fault(northvale: World) -> None:
    assert services.keep(northvale.officer.user, path=PAGE, fields={"\ud800": ["\udfff"]}) is not None


def test_secrets_and_tokens_are_not_kept(browser: Browser, northvale: World) -> None:
    secrets = {"password": "x", "password1": "x", "code": "x", "post_token": "x", "csrfmiddlewaretoken": "x"}
    autosave(browser(northvale.officer), text="mine", typed_by=token(northvale.officer), **secrets)
    assert kept() == {"text": ["mine"]}


def test_what_is_too_long_is_refused_names_counted_too(browser: Browser, northvale: World) -> None:
    client = browser(northvale.officer)
    assert autosave(client, text="x" * 300_001).status_code == 413
    assert autosave(client, **{f"{number:04}" + "n" * 400: "" for number in range(800)}).status_code == 413
    assert not TypedWork.objects.exists()


def test_a_person_keeps_two_hundred_pages_at_most(northvale: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "MOST_PAGES", 3)
    user = northvale.officer.user
    for number in range(3):
        assert services.keep(user, path=f"/{number}", fields={"a": ["1"]}) is not None
    assert services.keep(user, path="/4", fields={"a": ["1"]}) is None
    assert services.keep(user, path="/2", fields={"a": ["2"]}) is not None
    assert services.keep(northvale.manager.user, path="/4", fields={"a": ["1"]}) is not None


def test_a_page_sent_after_sign_out_is_kept_for_its_person(northvale: World) -> None:
    answer = Client().post(PAGE, {"text": "mine", "typed_by": token(northvale.officer)})
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    assert kept() == {"text": ["mine"]}


def test_what_the_page_kept_by_itself_before_is_replaced_by_what_it_sends_after_sign_out(
    browser: Browser, northvale: World
) -> None:
    opened = token(northvale.officer)
    autosave(browser(northvale.officer), text="half", typed_by=opened)
    Client().post(PAGE, {"text": "whole", "typed_by": opened})
    assert kept() == {"text": ["whole"]}


def test_a_sender_who_is_not_signed_in_does_not_replace_work_kept_since(
    browser: Browser, northvale: World
) -> None:
    stolen = token(northvale.officer)
    with time_machine.travel(now() + timedelta(minutes=5)):
        autosave(browser(northvale.officer), text="mine", typed_by=token(northvale.officer))
        Client().post(PAGE, {"text": "junk", "typed_by": stolen})
    assert kept() == {"text": ["mine"]}


@pytest.mark.parametrize("spoil", ["path", "age", "signature", "shape", "person"])
def test_a_token_that_is_not_of_this_page_and_time_keeps_nothing(northvale: World, spoil: str) -> None:
    given = token(northvale.officer, "/elsewhere" if spoil == "path" else PAGE)
    if spoil == "signature":
        given = given[:-1] + ("A" if given[-1] != "A" else "B")
    if spoil == "shape":
        given = "\x00junk:" * 50
    if spoil == "person":
        type(northvale.officer.user).objects.filter(pk=northvale.officer.user_id).update(is_active=False)
    with time_machine.travel(now() + timedelta(hours=13 if spoil == "age" else 0)):
        assert Client().post(PAGE, {"text": "junk", "typed_by": given}).status_code == 302
    assert not TypedWork.objects.exists()


def test_a_token_sent_while_signed_in_as_another_writes_only_one_s_own(
    browser: Browser, northvale: World
) -> None:
    autosave(browser(northvale.manager), text="junk", typed_by=token(northvale.officer))
    assert services.typed(northvale.officer.user, PAGE) is None


def test_nobody_signed_in_means_nothing_saved_by_itself() -> None:
    assert autosave(Client(), text="x").status_code == 302


def test_old_typing_is_dropped_every_day(northvale: World) -> None:
    user = northvale.officer.user
    services.keep(user, path=PAGE, fields={"a": ["1"]})
    services.use_token(user, "one", "/")
    with time_machine.travel(now() + timedelta(days=29)):
        assert tasks.drop_old() == 0
    with time_machine.travel(now() + timedelta(days=31)):
        assert tasks.drop_old() == 1
    assert not UsedPostToken.objects.exists()
    assert ("drop-old-typing", tasks.drop_old.name, 86_400) in RHYTHM


@pytest.mark.usefixtures("committed")
def test_saved_by_itself_many_times_at_once_is_one_row() -> None:
    user = make_user()

    def act(number: int) -> None:
        with transaction.atomic():
            services.keep(user, path=PAGE, fields={"a": [str(number)]})

    assert together(8, act) == []
    assert TypedWork.objects.count() == 1
    connection.close()
