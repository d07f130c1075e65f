"""Fixtures named after people: Northvale, where most tests happen, and Southmere, the other partnership."""

from collections.abc import Callable

import pytest
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from cspr.now import now
from cspr.people.middleware import SECOND_FACTOR
from cspr.people.models import Body, Membership
from cspr.people.selectors import CHOSEN
from tests.factories.people import World, make_administrator, make_bodies, make_world


@pytest.fixture
def bodies(db: None) -> dict[str, Body]:
    return make_bodies()


@pytest.fixture
def northvale(db: None) -> World:
    """The partnership most tests happen in."""
    return make_world("NVL", "Northvale")


@pytest.fixture
def southmere(db: None) -> World:
    """The other partnership: everybody in it is a stranger to Northvale's cases."""
    return make_world("SMR", "Southmere")


@pytest.fixture
def administrator(db: None) -> Membership:
    return make_administrator()


def sign_in(membership: Membership) -> Client:
    """A browser signed in with both factors, in this capacity."""
    client = Client()
    client.force_login(membership.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[SECOND_FACTOR] = True
    session[CHOSEN] = str(membership.pk)
    session["account_authentication_methods"] = [{"method": "password", "at": now().timestamp()}]
    session["account_authentication_methods_user"] = user_id_to_str(membership.user)
    session.save()
    return client


@pytest.fixture
def browser() -> Callable[[Membership], Client]:
    """``browser(membership)``: a client signed in as that person."""
    return sign_in
