"""Around every request: what a password alone opens, sessions that end, headers whatever the answer."""

import os
import subprocess
import sys
from collections.abc import Callable
from secrets import token_urlsafe
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.conf import settings as configured
from django.test import Client

from cspr.casework.routes import routes
from cspr.people.middleware import SECOND_FACTOR
from cspr.people.models import Membership, Partner, User
from cspr.permissions import Role
from tests.factories.people import World, make_member
from tests.journeys.sign_in import code
from tests.people.test_sign_in import LOGIN, PASSWORD, first_step, with_password

pytestmark = pytest.mark.django_db
Browser = Callable[[Membership], Client]
SETTING_UP = {
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_index",
    "account_logout",
    "account_reauthenticate",
}


@pytest.fixture
def officer(northvale: World) -> User:
    return with_password(northvale.officer.user)


def password_only(officer: User) -> Client:
    client = Client()
    assert first_step(client, officer.email).status_code == 302
    return client


def both_factors(officer: User, secret: str) -> Client:
    client = password_only(officer)
    assert client.post("/account/2fa/authenticate/", {"code": code(secret)}).status_code == 302
    return client


def paths_without_parameters() -> list[Any]:
    return [one for one in routes() if not {"<", "("} & set(one.path)]


def test_a_password_alone_reaches_the_pages_that_set_up_a_second_factor_and_no_other(officer: User) -> None:
    reached, client = set(), password_only(officer)
    for route in paths_without_parameters():
        if route.permission == "public" or route.name == "guest_typed":
            continue  # what a guest types is kept for a session that a link and its code opened, for no other
        answer = client.get(route.path.replace("^", ""))
        leads_to_set_up = answer.status_code == 302 and answer.url.startswith("/account/2fa/totp/activate/")
        if not leads_to_set_up:
            reached.add(route.name)
    assert reached <= SETTING_UP
    assert "mfa_activate_totp" in reached


@pytest.mark.parametrize(
    "path", ["/account/2fa/recovery-codes/", "/account/2fa/recovery-codes/generate/",
             "/account/2fa/recovery-codes/download/", "/account/2fa/totp/deactivate/", "/account/2fa/webauthn/",
             "/account/password/change/", "/account/sessions/"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_password_alone_neither_sees_nor_changes_what_protects_the_account(
    officer: User, path: str, method: str
) -> None:
    answer = getattr(password_only(officer), method)(path)
    assert answer.status_code == 302
    assert answer.url.startswith("/account/2fa/totp/activate/")
    assert not Authenticator.objects.exists()


def test_a_session_opened_with_the_password_before_the_factor_was_set_up_elsewhere_ends(
    officer: User,
) -> None:
    thief = password_only(officer)
    assert thief.get("/").url.startswith("/account/2fa/totp/activate/")
    TOTP.activate(officer, generate_totp_secret())
    for path in ("/", "/account/2fa/recovery-codes/", "/account/2fa/", "/cases/"):
        assert thief.get(path).url.startswith(LOGIN)
    assert thief.session.get(SECOND_FACTOR) is None
    assert "_auth_user_id" not in thief.session


def test_recovery_codes_are_not_a_second_factor(officer: User) -> None:
    RecoveryCodes.activate(officer)
    assert password_only(officer).get("/").url.startswith("/account/2fa/totp/activate/")


def test_whoever_removes_their_last_factor_sets_one_up_before_anything_else(officer: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    client = both_factors(officer, secret)
    assert client.get("/").status_code == 200
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert client.get("/").url.startswith("/account/2fa/totp/activate/")


def test_a_session_whose_key_changed_can_still_be_ended_by_its_person(
    officer: User, northvale: World
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    client = both_factors(officer, secret)
    second = make_member(
        Role.PARTNER, user=officer, partnership=northvale.partnership, partner=Partner.POLICE
    )
    before = client.session.session_key
    assert client.post(f"/capacity/{second.pk}").status_code == 302
    after = client.session.session_key
    assert before != after
    assert set(UserSession.objects.filter(user=officer).values_list("session_key", flat=True)) == {after}


def test_a_session_planted_before_sign_in_is_not_the_one_signed_in(officer: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    client = Client()
    client.get(LOGIN)
    client.cookies[configured.SESSION_COOKIE_NAME] = "planted0planted0planted0planted0"
    first_step(client, officer.email)
    client.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert client.get("/").status_code == 200
    planted = Client()
    planted.cookies[configured.SESSION_COOKIE_NAME] = "planted0planted0planted0planted0"
    assert planted.get("/").url.startswith(LOGIN)


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_signing_in_leads_nowhere_else(officer: User, next_page: str) -> None:
    secret = generate_totp_secret()
    TOTP.activate(officer, secret)
    client = Client()
    answer = client.post(LOGIN, {"login": officer.email, "password": PASSWORD, "next": next_page})
    assert "evil" not in answer.url
    answer = client.post(f"/account/2fa/authenticate/?next={next_page}", {"code": code(secret)})
    assert answer.url == "/"


def test_signing_out_clears_the_browser(browser: Browser, northvale: World) -> None:
    client = browser(northvale.officer)
    assert "Clear-Site-Data" not in client.get("/account/logout/").headers
    answer = client.post("/account/logout/")
    assert answer.status_code == 302
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get("/").status_code == 302


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": configured.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def missing(answer: Any) -> set[str]:
    found = {name for name, value in HEADERS.items() if answer.headers.get(name) != value}
    policy = answer.headers.get("Content-Security-Policy", "")
    if not {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(policy.split("; ")):
        found.add("Content-Security-Policy")
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        found.add("Permissions-Policy")
    return found


@pytest.mark.parametrize(
    ("path", "extra", "status"),
    [
        ("/", {}, 200),
        ("/no-such-page", {}, 404),
        ("/cases/00000000-0000-4000-8000-000000000000/", {}, 404),
        ("/", {"HTTP_HOST": "evil.example"}, 400),
        ("/invented/broken", {}, 500),
        ("/typed", {}, 405),
        ("/account/login/", {}, 302),
        ("/health/live", {}, 200),
    ],
)
def test_every_answer_carries_the_headers(
    browser: Browser, northvale: World, settings: Any, path: str, extra: dict[str, str], status: int
) -> None:
    settings.ROOT_URLCONF = "tests.views.urls"
    client = browser(northvale.officer)
    client.raise_request_exception = False
    answer = client.get(path, **extra)
    assert answer.status_code == status
    assert missing(answer) == set()
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Invented Childname" not in answer.content.decode()


def test_answers_without_sign_in_and_without_csrf_carry_the_headers(northvale: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    for answer, status in ((strict.get("/"), 302), (strict.post(LOGIN, {}), 403)):
        assert answer.status_code == status
        assert missing(answer) == set()
        assert "no-store" in answer.headers["Cache-Control"]


def test_a_redirect_to_https_carries_the_headers(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/")
    assert answer.status_code == 301
    assert missing(answer) == set()


def test_a_static_file_carries_the_headers_and_may_be_cached() -> None:
    answer = Client().get("/static/js/app.js")
    if answer.status_code == 404:
        name = next((configured.ROOT / "static" / "js").glob("*.js")).name
        answer = Client().get(f"/static/js/{name}")
    assert answer.status_code == 200
    assert missing(answer) == set()
    assert "no-store" not in answer.headers["Cache-Control"]


@pytest.mark.parametrize("value", ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil.example"])
def test_another_host_is_refused(value: str) -> None:
    assert Client().get("/account/login/", HTTP_HOST=value).status_code == 400


def test_a_host_named_by_a_proxy_header_is_not_believed() -> None:
    answer = Client().get("/", HTTP_X_FORWARDED_HOST="evil.example")
    assert "evil" not in answer.url


NAMES = (
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
    "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN", "SESSION_COOKIE_PATH", "CSRF_COOKIE_PATH",
    "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "DEBUG",
)  # fmt: skip
ASK = f"""
import django
django.setup()
from django.conf import settings
print(*(getattr(settings, name) for name in {NAMES!r}))
"""


def in_service(*command: str) -> str:
    environment = {**os.environ, "CSPR_HTTPS": "1", "CSPR_DEMO": "0", "SECRET_KEY": token_urlsafe(50)}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=configured.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout + done.stderr


def test_in_service_cookies_are_bound_to_host_and_https() -> None:
    assert in_service("-c", ASK).split() == [
        "__Host-session", "__Host-csrf", "True", "True", "True", "True", "None", "None", "/", "/", "Lax", "Lax",
        "True", "31536000", "False",
    ]  # fmt: skip


def test_the_framework_has_nothing_to_say_about_the_settings_in_service() -> None:
    assert "no issues" in in_service("manage.py", "check", "--deploy", "--fail-level", "INFO")


def test_the_first_page_after_a_role_ended_is_another_or_none(browser: Browser, northvale: World) -> None:
    client = browser(northvale.officer)
    Membership.objects.filter(pk=northvale.officer.pk).update(ends_on="2021-01-01")
    assert client.get("/").status_code == 403
