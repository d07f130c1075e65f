"""The pages of people and organisations."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.test import Client

from cspr.cases.services import open_case
from cspr.dispatch.models import Message
from cspr.govuk.dates import typed_date
from cspr.people.models import Agency, Membership, User
from cspr.permissions import Permission, Role, can
from tests.factories.people import World, make_bodies, make_member

Browser = Callable[[Membership], Client]
INVITE = {"full_name": "Invented Newcomer", "email": "newcomer@example.test", "title": "Officer"}


def test_a_manager_is_shown_their_own_people_and_those_of_agencies_that_serve_them(
    northvale: World, southmere: World, browser: Browser
) -> None:
    page = browser(northvale.manager).get("/people/").content.decode()
    assert "Northvale Officer" in page
    assert "Northvale Teacher" in page
    assert "Southmere" not in page


def test_an_administrator_is_shown_everybody_and_no_case(
    northvale: World, southmere: World, administrator: Membership, browser: Browser
) -> None:
    case = open_case(northvale.partnership, by=northvale.officer)
    client = browser(administrator)
    page = client.get("/people/?words=Officer").content.decode()
    assert "Northvale Officer" in page
    assert "Southmere Officer" in page
    for address in ("/people/", "/organisations/", "/"):
        shown = client.get(address).content.decode()
        assert case.reference not in shown
        assert case.pseudonym not in shown


def test_everybody_else_is_refused(northvale: World, browser: Browser) -> None:
    for one in northvale.everybody().values():
        expected = 200 if can(one, Permission.MANAGE_PEOPLE) else 403
        assert browser(one).get("/people/").status_code == expected


@pytest.mark.parametrize("end", ["", "change", "end", "second-factor", "link"])
def test_a_person_of_another_partnership_is_not_found(
    northvale: World, southmere: World, browser: Browser, end: str
) -> None:
    client = browser(northvale.manager)
    foreign = client.get(f"/people/{southmere.officer.pk}/{end}")
    missing = client.get(f"/people/{uuid4()}/{end}")
    assert foreign.status_code == missing.status_code == 404


def test_closing_an_account_is_not_found_for_a_manager(northvale: World, browser: Browser) -> None:
    assert browser(northvale.manager).get(f"/people/{northvale.officer.pk}/close").status_code == 404


def test_the_list_is_as_many_queries_for_one_person_as_for_fifty(
    northvale: World, browser: Browser, django_assert_num_queries: Any
) -> None:
    client = browser(northvale.manager)
    client.get("/people/")
    with django_assert_num_queries(100, exact=False) as few:
        client.get("/people/")
    for _ in range(50):
        make_member(Role.REFERRER, agency=northvale.school)
    with django_assert_num_queries(len(few), exact=False):
        client.get("/people/")


def test_the_list_is_narrowed_by_role_and_standing(northvale: World, browser: Browser) -> None:
    client = browser(northvale.manager)
    page = client.get("/people/?role=scrutineer").content.decode()
    assert "Northvale Scrutineer" in page
    assert "Northvale Officer" not in page
    client.post(f"/people/{northvale.scrutineer.pk}/end")
    assert "Northvale Scrutineer" not in client.get("/people/").content.decode()
    assert "Northvale Scrutineer" in client.get("/people/?standing=ended").content.decode()


def test_a_role_is_given_from_choice_to_mail(northvale: World, browser: Browser) -> None:
    client = browser(northvale.manager)
    assert client.post("/people/give", {"role": "officer"}).url == "/people/give/officer"
    answer = client.post("/people/give/officer", {**INVITE, "post_token": "a"})
    assert answer.status_code == 302, answer.content.decode()
    assert client.post("/people/give/officer", {**INVITE, "post_token": "a"}).url == answer.url
    given = User.objects.get(email=INVITE["email"]).memberships.get()
    assert (given.role, given.partnership) == (Role.OFFICER, northvale.partnership)
    assert Message.objects.filter(to_email=INVITE["email"]).count() == 1
    assert "Send the link" in client.get(answer.url).content.decode()


def test_a_role_that_is_not_theirs_to_give_is_not_found(northvale: World, browser: Browser) -> None:
    client = browser(northvale.manager)
    assert client.get("/people/give/administrator").status_code == 404
    assert client.post("/people/give/administrator", INVITE).status_code == 404
    assert client.get("/people/give/anything").status_code == 404


def test_what_was_typed_is_kept_while_the_person_proves_who_they_are(
    northvale: World, browser: Browser
) -> None:
    northvale.manager.user.set_password("four invented words here")
    northvale.manager.user.save()
    client = browser(northvale.manager)
    session = client.session
    del session["account_authentication_methods"]
    session.save()
    answer = client.post("/people/give/officer", INVITE)
    assert answer.url == "/account/reauthenticate/?next=%2Fpeople%2Fgive%2Fofficer"
    assert not User.objects.filter(email=INVITE["email"]).exists()
    assert INVITE["email"] in browser(northvale.manager).get("/people/give/officer").content.decode()


def test_a_refusal_stands_beside_its_field(northvale: World, browser: Browser) -> None:
    client = browser(northvale.manager)
    given = {**INVITE, **typed_date("starts_on", date(2020, 1, 1))}
    page = client.post("/people/give/officer", given).content.decode()
    assert "There is a problem" in page


def test_a_second_factor_is_reset_and_the_person_told(northvale: World, browser: Browser) -> None:
    user = northvale.officer.user
    TOTP.activate(user, generate_totp_secret())
    theirs = browser(northvale.officer)
    client = browser(northvale.manager)
    assert "Reset the second factor" in client.get(f"/people/{northvale.officer.pk}/").content.decode()
    client.post(f"/people/{northvale.officer.pk}/second-factor")
    assert not Authenticator.objects.filter(user=user).exists()
    assert theirs.get("/").status_code == 302
    assert Message.objects.get(to_email=user.email).kind.startswith("Your second factor was reset")


def test_a_manager_resets_nobody_who_also_works_elsewhere(
    northvale: World, southmere: World, browser: Browser
) -> None:
    user = northvale.referrer.user
    make_member(Role.REFERRER, agency=southmere.school, user=user)
    TOTP.activate(user, generate_totp_secret())
    page = browser(northvale.manager).post(f"/people/{northvale.referrer.pk}/second-factor").content.decode()
    assert "also has roles outside your partnership" in page
    assert Authenticator.objects.filter(user=user).exists()


def test_an_administrator_closes_and_opens_an_account(
    northvale: World, administrator: Membership, browser: Browser
) -> None:
    theirs = browser(northvale.officer)
    client = browser(administrator)
    client.post(f"/people/{northvale.officer.pk}/close")
    user = User.objects.get(pk=northvale.officer.user_id)
    assert not user.is_active
    assert not user.memberships.filter(ended_at__isnull=True).exists()
    assert theirs.get("/").status_code == 302
    client.post(f"/people/{northvale.officer.pk}/open")
    assert User.objects.get(pk=user.pk).is_active
    assert Session.objects.count() >= 1


def test_a_manager_adds_an_agency_that_serves_them(
    northvale: World, southmere: World, browser: Browser
) -> None:
    client = browser(northvale.manager)
    given = {"name": "Invented Surgery", "kind": "gp", "partnerships": [str(southmere.partnership.pk)]}
    client.post("/organisations/agencies/add", given)
    agency = Agency.objects.get(name="Invented Surgery")
    assert list(agency.partnerships.all()) == [northvale.partnership]
    assert client.get(f"/organisations/agencies/{agency.pk}").status_code == 404


def test_an_administrator_says_which_partnerships_an_agency_serves(
    northvale: World, southmere: World, administrator: Membership, browser: Browser
) -> None:
    make_bodies()
    client = browser(administrator)
    assert "National bodies" in client.get("/organisations/").content.decode()
    address = f"/organisations/agencies/{northvale.school.pk}"
    assert northvale.school.name in client.get(address).content.decode()
    both = [str(northvale.partnership.pk), str(southmere.partnership.pk)]
    answer = client.post(address, {"name": "Renamed School", "kind": "school", "partnerships": both})
    assert answer.status_code == 302
    northvale.school.refresh_from_db()
    assert northvale.school.name == "Renamed School"
    assert northvale.school.partnerships.count() == 2


def test_an_administrator_adds_partnerships_and_bodies(administrator: Membership, browser: Browser) -> None:
    client = browser(administrator)
    client.post("/organisations/partnerships/add", {"name": "Eastmoor Partnership", "code": "eas"})
    client.post("/organisations/bodies/add", {"name": "Invented Panel", "kind": "panel"})
    page = client.get("/organisations/").content.decode()
    assert "EAS" in page
    assert "Invented Panel" in page
    again = client.post("/organisations/partnerships/add", {"name": "Another", "code": "EAS"})
    assert "Another partnership has this code" in again.content.decode()
