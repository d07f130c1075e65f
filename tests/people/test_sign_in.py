"""Signing in: two factors, forced set-up, sessions that end, answers that tell nothing (security.md 3.2)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from cspr.dispatch.models import Message
from cspr.people.models import User
from tests.factories.people import World
from tests.journeys.sign_in import code

PASSWORD = "four invented words here"
NEW_PASSWORD = "another four quiet words"
START = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
LOGIN = "/account/login/"
pytestmark = pytest.mark.django_db


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def first_step(client: Client, email: str, password: str = PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


@pytest.fixture
def officer(northvale: World) -> User:
    return with_password(northvale.officer.user)


@pytest.fixture
def secret(officer: User) -> str:
    made = generate_totp_secret()
    TOTP.activate(officer, made)
    return made


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def test_a_password_alone_opens_nothing(officer: User, secret: str) -> None:
    client = Client()
    assert first_step(client, officer.email).url == "/account/2fa/authenticate/"
    assert client.get("/").url.startswith(LOGIN)


def test_password_and_code_open_the_board_under_a_new_session(officer: User, secret: str) -> None:
    client = Client()
    client.get(LOGIN)
    first_step(client, officer.email)
    before = client.session.session_key
    answer = client.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert answer.url == "/"
    assert client.session.session_key != before
    assert client.get("/").status_code == 200


def test_the_same_code_does_not_open_twice(officer: User, secret: str, clock: Any) -> None:
    shown = code(secret)
    answers = []
    for _ in range(2):
        client = Client()
        first_step(client, officer.email)
        answers.append(client.post("/account/2fa/authenticate/", {"code": shown}).status_code)
    assert answers == [302, 200]


def test_a_recovery_code_opens_once(officer: User, secret: str) -> None:
    spare = RecoveryCodes.activate(officer).get_unused_codes()[0]
    answers = []
    for _ in range(2):
        client = Client()
        first_step(client, officer.email)
        answers.append(client.post("/account/2fa/authenticate/", {"code": spare}).status_code)
    assert answers == [302, 200]


def test_the_first_sign_in_leads_to_setting_up_a_second_factor(
    officer: User, django_capture_on_commit_callbacks: Any
) -> None:
    client = Client()
    assert first_step(client, officer.email).status_code == 302
    for address in ("/", "/people/", "/capacity"):
        assert client.get(address).url.startswith("/account/2fa/totp/activate/")
    page = client.get("/account/2fa/totp/activate/").content.decode()
    made = re.search(r'app-secret">([A-Z2-7]+)<', page)
    assert made, page
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/account/2fa/totp/activate/", {"code": code(made[1])})
    assert answer.status_code == 302
    assert client.get("/account/2fa/recovery-codes/").status_code == 200
    assert client.get("/").status_code == 200
    told = set(Message.objects.filter(to_email=officer.email).values_list("kind", flat=True))
    assert "An authenticator app was added to your account" in told


def test_changing_the_password_asks_again_who_is_there_later(officer: User, secret: str, clock: Any) -> None:
    client = Client()
    first_step(client, officer.email)
    client.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert client.get("/account/2fa/recovery-codes/generate/").status_code == 200
    clock.shift(timedelta(minutes=6))
    answer = client.get("/account/2fa/recovery-codes/generate/")
    assert "reauthenticate" in answer.url
    again = client.post("/account/reauthenticate/", {"password": PASSWORD})
    assert again.status_code == 302
    assert client.get("/account/2fa/recovery-codes/generate/").status_code == 200


@pytest.mark.parametrize(("minutes", "status"), [(14, 200), (16, 302)])
def test_a_session_ends_without_use(
    northvale: World, browser: Callable[..., Client], clock: Any, minutes: int, status: int
) -> None:
    client = browser(northvale.officer)
    assert client.get("/").status_code == 200
    clock.shift(timedelta(minutes=minutes))
    assert client.get("/").status_code == status


def test_a_session_ends_after_ten_hours_of_use(
    northvale: World, browser: Callable[..., Client], clock: Any
) -> None:
    client = browser(northvale.officer)
    for _ in range(59):
        assert client.get("/").status_code == 200
        clock.shift(timedelta(minutes=10))
    clock.shift(timedelta(minutes=11))
    assert client.get("/").status_code == 302


def shown(response: Any) -> tuple[int, str]:
    page = re.sub(r'value="[^"]*"|nonce="[^"]*"', "", response.content.decode())
    return response.status_code, page


def test_wrong_unknown_and_closed_accounts_answer_the_same(northvale: World, officer: User) -> None:
    closed = with_password(northvale.second_officer.user)
    closed.is_active = False
    closed.save()
    wrong = shown(first_step(Client(), officer.email, "not the right words"))
    assert wrong[0] == 200
    assert shown(first_step(Client(), "nobody@example.test")) == wrong
    assert shown(first_step(Client(), closed.email)) == wrong


def test_a_request_for_a_new_password_answers_the_same_and_mails_only_the_account(officer: User) -> None:
    closed = User.objects.create_user(email="closed@example.test", full_name="Closed", is_active=False)
    answers = {
        shown(Client().post("/account/password/reset/", {"email": one}, follow=True))
        for one in (officer.email, closed.email, "nobody@example.test")
    }
    assert len(answers) == 1
    mail = Message.objects.get()
    assert mail.to_email == officer.email
    assert mail.subject == "Choose a new password"
    assert officer.full_name not in mail.body


def test_a_new_password_is_chosen_by_the_link_once_and_the_second_factor_stays(
    officer: User, secret: str
) -> None:
    Client().post("/account/password/reset/", {"email": officer.email})
    link = re.search(r"/account/password/reset/key/\S+", Message.objects.get().body)
    assert link
    client = Client()
    form = client.get(link[0], follow=True)
    address = form.redirect_chain[-1][0]
    answer = client.post(address, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert answer.url == "/account/password/reset/key/done/"
    assert "no longer works" in Client().get(link[0], follow=True).content.decode()
    assert first_step(Client(), officer.email, NEW_PASSWORD).url == "/account/2fa/authenticate/"
    assert Message.objects.filter(kind="Your password was changed").count() == 1


def test_a_link_is_too_old_after_three_days(officer: User, clock: Any) -> None:
    Client().post("/account/password/reset/", {"email": officer.email})
    link = re.search(r"/account/password/reset/key/\S+", Message.objects.get().body)
    assert link
    clock.shift(timedelta(days=3, minutes=1))
    assert "no longer works" in Client().get(link[0], follow=True).content.decode()


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "fourteen chars",
        "password123456789",
        "northvale officer",
        "passwordpassword",
        "abcdefghijklmnop",
        "aaaaaaaaaaaaaaaaaa",
    ],
)
def test_weak_passwords_are_refused(officer: User, password: str) -> None:
    Client().post("/account/password/reset/", {"email": officer.email})
    link = re.search(r"/account/password/reset/key/\S+", Message.objects.get().body)
    assert link
    client = Client()
    address = client.get(link[0], follow=True).redirect_chain[-1][0]
    assert client.post(address, {"password1": password, "password2": password}).status_code == 200


def test_guessing_is_stopped_without_locking_the_owner_out(officer: User, secret: str, clock: Any) -> None:
    guesser = {"REMOTE_ADDR": "203.0.113.9"}
    for number in range(10):
        first_step(Client(), officer.email, f"guess number {number:04}", **guesser)
    forged = {**guesser, "HTTP_X_FORWARDED_FOR": "198.51.100.7"}
    assert first_step(Client(), officer.email, **guesser).status_code != 302
    assert first_step(Client(), officer.email, **forged).status_code != 302
    assert first_step(Client(), officer.email, REMOTE_ADDR="192.0.2.4").status_code == 302


def test_a_role_that_has_run_out_opens_nothing_at_the_next_request(
    northvale: World, browser: Callable[..., Client], clock: Any
) -> None:
    one = northvale.officer
    one.ends_on = START.date()
    one.save()
    client = browser(one)
    assert client.get("/").status_code == 200
    clock.move_to(START + timedelta(hours=15, minutes=1))
    assert browser(one).get("/").status_code == 403


def test_a_closed_account_is_refused_at_the_next_request(
    northvale: World, browser: Callable[..., Client]
) -> None:
    client = browser(northvale.officer)
    assert client.get("/").status_code == 200
    User.objects.filter(pk=northvale.officer.user_id).update(is_active=False)
    assert client.get("/").url.startswith(LOGIN)


@pytest.mark.parametrize("address", ["/account/signup/", "/account/email/", "/account/login/code/"])
def test_nobody_signs_up_or_changes_an_address(
    northvale: World, browser: Callable[..., Client], address: str
) -> None:
    answer = Client().post(address, {"email": "x@example.test", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code in {200, 302, 404}
    assert not User.objects.filter(email="x@example.test").exists()
