"""Somebody signs in with a password and a code, is refused plainly, and signs out."""

from collections.abc import Callable

import pytest

from tests.factories.people import World
from tests.journeys.conftest import Opens
from tests.journeys.sign_in import PASSWORD, code

pytestmark = pytest.mark.journey


def test_a_person_signs_in_with_both_factors(
    northvale: World, visit: Opens, with_second_factor: Callable[..., str]
) -> None:
    with_second_factor(northvale.officer)
    person = visit().opens("/")
    person.is_at("Sign in").pictured("sign-in")
    person.types("Email address", northvale.officer.user.email).types("Password", PASSWORD).presses("Sign in")
    person.is_at("Second step").pictured("second-step")
    person.types("Code from your authenticator app", code()).presses("Sign in")
    assert person.path == "/"
    person.reads(northvale.officer.user.full_name)
    person.presses("Sign out").is_at("Sign in")
    person.opens("/").is_at("Sign in")


def test_a_wrong_password_is_refused_in_the_error_pattern(
    northvale: World, visit: Opens, with_second_factor: Callable[..., str]
) -> None:
    with_second_factor(northvale.officer)
    person = visit().opens("/account/login/")
    person.types("Email address", northvale.officer.user.email).types("Password", "not the password at all")
    person.presses("Sign in").is_at("Sign in")
    person.expects_error_summary()
    person.finds_typed("Email address", northvale.officer.user.email)


def test_a_wrong_code_is_refused(
    northvale: World, visit: Opens, with_second_factor: Callable[..., str]
) -> None:
    with_second_factor(northvale.officer)
    person = visit().opens("/account/login/")
    person.types("Email address", northvale.officer.user.email).types("Password", PASSWORD).presses("Sign in")
    person.types("Code from your authenticator app", "000000").presses("Sign in")
    person.is_at("Second step").expects_error_summary()


def test_without_a_second_factor_a_person_is_led_to_set_one_up(
    northvale: World, visit: Opens, with_second_factor: Callable[..., str]
) -> None:
    northvale.officer.user.set_password(PASSWORD)
    northvale.officer.user.save()
    person = visit().opens("/account/login/")
    person.types("Email address", northvale.officer.user.email).types("Password", PASSWORD).presses("Sign in")
    assert person.path == "/account/2fa/totp/activate/"
