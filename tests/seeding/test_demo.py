"""The demonstration: everybody can sign in, every stage is there, and its help stays out of real installations."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from cspr.deadlines import calendar
from cspr.deadlines.models import Deadline
from cspr.deadlines.state import State, state
from cspr.now import today
from cspr.people.models import Agency, Membership, Partnership, User
from cspr.permissions import Role
from cspr.seeding import credentials, demo
from notifications.models import Incident, Referral
from notifications.options import ReferralStatus
from notifications.options.incident import IncidentStatus

LOGIN, SECOND = "/account/login/", "/account/2fa/authenticate/"


@pytest.fixture(scope="module")
def made(seeded: Any) -> Iterator[None]:
    with seeded(lambda: call_command("seed_demo", verbosity=0)):
        yield


@pytest.fixture
def person(made: None, db: None) -> User:
    return User.objects.get(email=f"olive.officer@northvale.{demo.DOMAIN}")


pytestmark = pytest.mark.django_db


def at_the_second_step(user: User) -> Client:
    client = Client()
    password = credentials.of_the_demo().password
    assert client.post(LOGIN, {"login": user.email, "password": password}).url == SECOND
    return client


def test_two_partnerships_six_agencies_and_every_role(made: None) -> None:
    assert Partnership.objects.count() == 2
    assert Agency.objects.filter(partnerships__isnull=False).distinct().count() == 6
    assert set(Membership.objects.values_list("role", flat=True)) == {role.value for role in Role}


def test_cases_stand_at_every_stage(made: None) -> None:
    assert set(Incident.objects.values_list("status", flat=True)) == set(IncidentStatus.values)
    assert set(Referral.objects.values_list("status", flat=True)) == set(ReferralStatus.values)


def test_clocks_are_overdue_due_today_and_soon(made: None) -> None:
    on, in_force = today(), calendar.current()
    states = {state(one, on, in_force) for one in Deadline.objects.all()}
    assert states >= {State.OVERDUE, State.DUE_TODAY, State.DUE_SOON, State.MET, State.MET_LATE}


def test_a_second_run_changes_nothing(made: None, settings: Any) -> None:
    settings.CSPR_DEMO = True
    before = (User.objects.count(), Referral.objects.count())
    said = StringIO()
    call_command("seed_demo", stdout=said)
    assert "there already" in said.getvalue()
    assert (User.objects.count(), Referral.objects.count()) == before


def test_invented_people_are_refused_where_there_is_no_demonstration(settings: Any) -> None:
    settings.CSPR_DEMO = False
    with pytest.raises(CommandError, match="demonstration"):
        call_command("seed_demo")


def test_the_second_step_shows_the_code_in_the_demonstration_and_it_opens(
    person: User, settings: Any
) -> None:
    settings.CSPR_DEMO = True
    client = at_the_second_step(person)
    code = credentials.code_now(credentials.of_the_demo().totp_secret(person.email))
    assert code in client.get(SECOND).content.decode()
    assert client.post(SECOND, {"code": code}).url == "/"
    assert client.get("/").status_code == 200


def test_the_second_step_never_shows_a_code_elsewhere(person: User, settings: Any) -> None:
    settings.CSPR_DEMO = False
    response = at_the_second_step(person).get(SECOND)
    code = credentials.code_now(credentials.of_the_demo().totp_secret(person.email))
    assert "demo_code" not in response.context
    assert code not in response.content.decode()
    assert "Demonstration" not in response.content.decode()


def test_the_demonstration_shows_no_code_of_anybody_real(made: None, settings: Any) -> None:
    settings.CSPR_DEMO = True
    user = User.objects.create_user(email=f"real@not{demo.DOMAIN}", full_name="Real")
    credentials.of_the_demo().give(user)
    assert "demo_code" not in at_the_second_step(user).get(SECOND).context


def test_the_people_are_listed_with_what_they_need(made: None) -> None:
    said = StringIO()
    call_command("demo_people", stdout=said)
    listed = said.getvalue()
    assert credentials.of_the_demo().password in listed
    with_an_account = Membership.objects.filter(guest_links__isnull=True).select_related("user")
    assert all(one.user.email in listed for one in with_an_account)
    assert with_an_account.count() == len(list(demo.people()))


def test_a_code_is_printed_for_people_of_the_demonstration_only(person: User) -> None:
    said = StringIO()
    call_command("demo_people", code=person.email, stdout=said)
    assert len(said.getvalue().strip()) == 6
    with pytest.raises(CommandError):
        call_command("demo_people", code="somebody@example.test")
