"""Security events as log lines in the OWASP vocabulary: who by id, and nothing a person would be known by (16.3)."""

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from cspr.audit.security import VOCABULARY
from cspr.audit.sentences import SENTENCES
from cspr.cases.models import Case
from cspr.cases.services import break_glass, wall_off
from cspr.documents.services import attach
from cspr.log_lines import JsonLine
from cspr.people.models import Membership, User
from cspr.people.services import end_role
from cspr.workflow import Refused
from tests.factories import incidents
from tests.factories.people import World
from tests.journeys.sign_in import code
from tests.people.test_middleware import both_factors
from tests.people.test_sign_in import LOGIN, PASSWORD, first_step, with_password

pytestmark = pytest.mark.django_db
Browser = Callable[[Membership], Client]
Written = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> Iterator[Written]:
    """The security events of one name, as the lines that are written."""

    def of(name: str) -> list[dict[str, Any]]:
        lines = [JsonLine().format(one) for one in caplog.records if one.name == "cspr.security"]
        return [line for line in map(json.loads, lines) if line["message"] == name]

    with caplog.at_level(logging.INFO, logger="cspr.security"):
        yield of


@pytest.fixture
def officer(northvale: World) -> User:
    return with_password(northvale.officer.user)


def new_secret(officer: User) -> str:
    made = generate_totp_secret()
    TOTP.activate(officer, made)
    return made


@pytest.fixture
def secret(officer: User) -> str:
    return new_secret(officer)


@pytest.fixture
def case(northvale: World) -> Case:
    return incidents.received(northvale).case


def test_events_are_written_though_other_lines_of_their_level_are_not() -> None:
    assert configured.LOGGING["root"]["level"] == "WARNING"
    assert logging.getLogger("cspr.security").isEnabledFor(logging.INFO)
    assert not logging.getLogger("cspr.other").isEnabledFor(logging.INFO)


def test_signing_in_is_one_event_once_both_factors_are_there(
    officer: User, secret: str, written: Written
) -> None:
    client = Client()
    first_step(client, officer.email)
    assert written("authn_login_success") == []
    client.post("/account/2fa/authenticate/", {"code": code(secret)})
    assert [one["user"] for one in written("authn_login_success")] == [str(officer.pk)]


def test_wrong_passwords_are_told_apart_by_account_and_tell_no_address(
    officer: User, written: Written, caplog: pytest.LogCaptureFixture
) -> None:
    for email in (officer.email, officer.email.upper(), "nobody@example.test"):
        first_step(Client(), email, "not the right words")
    accounts = [one["account"] for one in written("authn_login_fail")]
    assert accounts[0] == accounts[1] != accounts[2]
    told = " ".join(JsonLine().format(one) for one in caplog.records).lower()
    assert officer.email not in told
    assert "nobody" not in told
    assert "right words" not in told


def test_a_wrong_code_is_a_failed_sign_in(officer: User, secret: str, written: Written) -> None:
    client = Client()
    first_step(client, officer.email)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    (event,) = written("authn_login_fail")
    assert (event["user"], event["factor"]) == (str(officer.pk), "second")


def test_guessing_past_the_limit_is_an_event(officer: User, written: Written) -> None:
    for number in range(7):
        first_step(Client(), officer.email, f"guess number {number:04}")
    assert written("excess_rate_limit_exceeded")
    assert {one["level"] for one in written("excess_rate_limit_exceeded")} == {"WARNING"}


def test_a_new_password_and_a_new_factor_are_events(officer: User, secret: str, written: Written) -> None:
    client = both_factors(officer, secret)
    new = "another four quiet words"
    assert client.post("/account/2fa/totp/deactivate/").status_code == 302
    assert [one["factor"] for one in written("user_updated")] == ["totp"]
    client = both_factors(officer, new_secret(officer))
    given = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post("/account/password/change/", given).status_code == 302
    assert [one["user"] for one in written("authn_password_change")] == [str(officer.pk)]


def test_a_session_that_ran_out_is_an_event(
    northvale: World, browser: Browser, written: Written, settings: Any
) -> None:
    client = browser(northvale.officer)
    client.get("/")
    settings.SESSION_LONGEST_SECONDS = -1
    assert client.get("/").url.startswith(LOGIN)
    assert [one["user"] for one in written("session_expired")] == [str(northvale.officer.user_id)]


@pytest.mark.parametrize("stranger", ["southmere", "nobody"])
def test_asking_for_what_may_not_be_seen_is_an_event_whether_or_not_it_exists(
    northvale: World, southmere: World, browser: Browser, case: Case, written: Written, stranger: str
) -> None:
    path = reverse("case", args=[case.pk if stranger == "southmere" else northvale.partnership.pk])
    assert browser(southmere.officer).get(path).status_code == 404
    (event,) = written("authz_fail")
    assert (event["user"], event["path"]) == (str(southmere.officer.user_id), path)


def test_asking_for_what_is_not_ones_act_is_an_event(
    northvale: World, browser: Browser, written: Written
) -> None:
    assert browser(northvale.referrer).get(reverse("settings")).status_code == 403
    assert len(written("authz_fail")) == 1


def test_reading_a_case_is_an_event_without_what_was_read(
    northvale: World,
    browser: Browser,
    case: Case,
    written: Written,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert browser(northvale.officer).get(reverse("case", args=[case.pk])).status_code == 200
    (event,) = written("sensitive_read")
    assert event["case"] == str(case.pk)
    assert event["user"] == str(northvale.officer.user_id)
    assert northvale.officer.user.full_name not in json.dumps(event)
    assert case.pseudonym not in json.dumps(event)


def test_what_is_rolled_back_is_no_event(
    case: Case, northvale: World, written: Written, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        wall_off(case, user=northvale.police.user, by=northvale.la_lead, reason="Invented")
    assert written("privilege_permissions_changed") == []


def test_access_given_taken_and_broken_into_are_events(
    northvale: World, case: Case, written: Written, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        wall_off(case, user=northvale.police.user, by=northvale.officer, reason="Invented reason")
        break_glass(case, by=northvale.la_lead, reason="Invented reason")
        end_role(northvale.second_officer, by=northvale.manager)
    assert {one["act"] for one in written("privilege_permissions_changed")} >= {
        "access.walled_off",
        "person.role_ended",
    }
    (broken,) = written("break_glass")
    assert (broken["level"], broken["case"]) == ("WARNING", str(case.pk))
    assert broken["by"] == str(northvale.la_lead.pk)
    assert "Invented" not in json.dumps(broken)


def test_files_kept_and_refused_are_events(
    northvale: World, case: Case, written: Written, django_capture_on_commit_callbacks: Any
) -> None:
    def give(name: str, content: bytes) -> None:
        upload = ContentFile(content, name=name)
        attach(case, stream=f"case/{case.pk}", upload=upload, kind="other", by=northvale.officer)

    with django_capture_on_commit_callbacks(execute=True):
        give("invented-surname.txt", b"An invented note.")
    assert len(written("upload_stored")) == 1
    with pytest.raises(Refused):
        give("invented-surname.exe", b"MZ")
    (refused,) = written("upload_validation")
    assert refused["by"] == str(northvale.officer.pk)
    assert "surname" not in json.dumps([*written("upload_stored"), refused])


def test_every_act_of_the_vocabulary_is_one_that_is_recorded() -> None:
    assert VOCABULARY.keys() <= SENTENCES.keys()
