"""Who may give, change and end which role (roles.md)."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cspr.audit.models import Event
from cspr.cases.models import Case, CaseGrant, PartnershipGrant
from cspr.cases.services import grant_access, open_case
from cspr.casework.people_pages import acts
from cspr.dispatch.models import Message
from cspr.now import now, today
from cspr.people.models import Membership, Partner
from cspr.people.services import Place, change_role, give_role
from cspr.people.workflow import NOT_NOW, NOT_YOURSELF, roles_to_give
from cspr.permissions import Role
from cspr.workflow import Refused
from tests.factories.people import World, make_agency, make_bodies, make_member

NEW = {"email": "new.person@example.test", "full_name": "Invented Newcomer"}


def sentences(refusal: Any) -> str:
    return str(refusal.value)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PANEL_OFFICER])
def test_a_manager_gives_no_national_role(northvale: World, role: Role) -> None:
    with pytest.raises(Refused):
        give_role(**NEW, role=role, place=Place(), by=northvale.manager)


@pytest.mark.parametrize("name", ["officer", "la", "la_lead", "scrutineer", "referrer", "agency_lead"])
def test_only_managers_and_administrators_give_roles(northvale: World, name: str) -> None:
    by = northvale.everybody()[name]
    assert roles_to_give(Role(by.role)) == ()
    with pytest.raises(Refused):
        give_role(**NEW, role=Role.REFERRER, place=Place(agency=northvale.school), by=by)


def test_a_manager_gives_roles_in_their_own_partnership_whatever_was_asked(
    northvale: World, southmere: World
) -> None:
    place = Place(partnership=southmere.partnership)
    given, is_new = give_role(**NEW, role=Role.OFFICER, place=place, by=northvale.manager)
    assert is_new
    assert given.partnership == northvale.partnership


def test_a_manager_gives_no_role_in_an_agency_that_does_not_serve_them(
    northvale: World, southmere: World
) -> None:
    with pytest.raises(Refused) as refusal:
        give_role(**NEW, role=Role.REFERRER, place=Place(agency=southmere.school), by=northvale.manager)
    assert refusal.value.fields == {"agency": "Select the agency"}


def test_panel_officer_acts_for_the_panel_and_for_no_other_body(administrator: Membership) -> None:
    bodies = make_bodies()
    with pytest.raises(Refused) as refusal:
        give_role(**NEW, role=Role.PANEL_OFFICER, place=Place(body=bodies["ofsted"]), by=administrator)
    assert refusal.value.fields == {"body": "Select the Panel"}
    given, _ = give_role(**NEW, role=Role.PANEL_OFFICER, place=Place(body=bodies["panel"]), by=administrator)
    assert given.body == bodies["panel"]


def test_nobody_gives_themselves_a_role(northvale: World, administrator: Membership) -> None:
    for by in (northvale.manager, administrator):
        with pytest.raises(Refused) as refusal:
            give_role(
                email=by.user.email.upper(),
                full_name="x",
                role=Role.OFFICER,
                place=Place(partnership=northvale.partnership),
                by=by,
            )
        assert sentences(refusal) == NOT_YOURSELF


def test_a_person_is_staff_in_one_partnership_at_a_time(northvale: World, southmere: World) -> None:
    with pytest.raises(Refused) as refusal:
        give_role(
            email=southmere.officer.user.email,
            full_name="x",
            role=Role.OFFICER,
            place=Place(),
            by=northvale.manager,
        )
    assert sentences(refusal) == NOT_NOW
    assert "Southmere" not in sentences(refusal)


def test_staff_move_to_another_partnership_once_their_role_ends(northvale: World, southmere: World) -> None:
    last = today() + timedelta(days=3)
    change_role(southmere.officer, title="", delegation="", ends_on=last, by=southmere.manager)
    email = southmere.officer.user.email
    given, is_new = give_role(
        email=email,
        full_name="x",
        role=Role.OFFICER,
        place=Place(),
        by=northvale.manager,
        starts_on=last + timedelta(days=1),
    )
    assert not is_new
    assert given.user == southmere.officer.user
    assert given.user.full_name != "x"


def test_a_last_day_is_not_moved_over_a_role_elsewhere(northvale: World, southmere: World) -> None:
    last = today() + timedelta(days=3)
    first = change_role(southmere.officer, title="", delegation="", ends_on=last, by=southmere.manager)
    starts = last + timedelta(days=1)
    email = first.user.email
    give_role(
        email=email, full_name="x", role=Role.OFFICER, place=Place(), by=northvale.manager, starts_on=starts
    )
    with pytest.raises(Refused):
        change_role(first, title="", delegation="", ends_on=None, by=southmere.manager)


def test_an_administrator_holds_no_other_role(northvale: World, administrator: Membership) -> None:
    other = make_member(Role.ADMINISTRATOR, name="Second Administrator")
    place = Place(partnership=northvale.partnership)
    with pytest.raises(Refused):
        give_role(email=other.user.email, full_name="x", role=Role.OFFICER, place=place, by=administrator)


def test_the_same_role_is_not_given_twice(northvale: World) -> None:
    with pytest.raises(Refused) as refusal:
        give_role(
            email=northvale.officer.user.email,
            full_name="x",
            role=Role.OFFICER,
            place=Place(),
            by=northvale.manager,
        )
    assert "already" in sentences(refusal)


def test_a_partner_says_which(northvale: World) -> None:
    with pytest.raises(Refused) as refusal:
        give_role(**NEW, role=Role.PARTNER, place=Place(), by=northvale.manager)
    assert "partner" in refusal.value.fields


@pytest.mark.parametrize(
    ("starts", "ends", "field"), [(-1, None, "starts_on"), (2, 1, "ends_on")], ids=["past", "ends-first"]
)
def test_a_period_makes_sense(northvale: World, starts: int, ends: int | None, field: str) -> None:
    days = {"starts_on": today() + timedelta(days=starts)}
    ends_on = today() + timedelta(days=ends) if ends else None
    with pytest.raises(Refused) as refusal:
        give_role(**NEW, role=Role.OFFICER, place=Place(), by=northvale.manager, ends_on=ends_on, **days)
    assert field in refusal.value.fields


def test_an_invitation_opens_the_partnership_and_mails_a_link_only_a_new_person_gets(
    northvale: World,
) -> None:
    given = acts.invite(**NEW, role=Role.PARTNER, place=Place(partner=Partner.POLICE), by=northvale.manager)
    case = open_case(northvale.partnership, by=northvale.officer)
    assert Case.objects.visible_to(given).get() == case
    mail = Message.objects.get(to_email=NEW["email"])
    assert "/account/password/reset/key/" in mail.body
    assert NEW["full_name"] not in mail.body
    assert Event.objects.filter(kind="person.invited", subject_id=str(given.pk)).count() == 1


def test_a_known_person_is_told_without_a_link_with_a_secret(northvale: World) -> None:
    user = northvale.referrer.user
    user.set_password("four invented words here")
    user.save()
    place = Place(agency=northvale.hospital)
    acts.invite(email=user.email, full_name="x", role=Role.REFERRER, place=place, by=northvale.manager)
    assert "/account/password" not in Message.objects.get(to_email=user.email).body


def test_a_lead_partner_sees_no_case_before_it_is_escalated(northvale: World) -> None:
    given = acts.invite(**NEW, role=Role.LEAD_PARTNER, place=Place(partner=Partner.ICB), by=northvale.manager)
    open_case(northvale.partnership, by=northvale.officer)
    assert not Case.objects.visible_to(given).exists()


def test_ending_a_role_ends_its_grants_and_its_sessions(northvale: World, browser: Any) -> None:
    case = open_case(northvale.partnership, by=northvale.officer)
    grant_access(case, to=northvale.la_lead, by=northvale.manager, reason="Escalated")
    for one in (northvale.second_officer, northvale.la_lead):
        client = browser(one)
        assert client.get("/").status_code == 200
        acts.end_access(one, by=northvale.manager)
        answer = client.get("/")
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/account/login/")
        one.refresh_from_db()
        assert not one.is_current
        assert not Case.objects.visible_to(one).exists()
        assert not PartnershipGrant.objects.filter(user=one.user).exists()
    assert CaseGrant.objects.get().ends_at <= now()


def test_the_partnership_stays_open_while_another_role_opens_it(northvale: World) -> None:
    second = make_member(Role.SCRUTINEER, partnership=northvale.partnership, user=northvale.officer.user)
    open_case(northvale.partnership, by=northvale.officer)
    acts.end_access(second, by=northvale.manager)
    assert Case.objects.visible_to(northvale.officer).exists()


def test_nobody_changes_or_ends_their_own_role(northvale: World) -> None:
    with pytest.raises(Refused):
        acts.end_access(northvale.manager, by=northvale.manager)
    with pytest.raises(Refused):
        change_role(northvale.manager, title="Chief", delegation="", ends_on=None, by=northvale.manager)


def test_a_manager_reaches_only_their_own_people(northvale: World, southmere: World) -> None:
    for one in (southmere.officer, southmere.referrer):
        with pytest.raises(Refused):
            acts.end_access(one, by=northvale.manager)


def test_people_of_an_agency_that_serves_two_are_managed_by_both(northvale: World, southmere: World) -> None:
    shared = make_agency(northvale.partnership, southmere.partnership)
    person = make_member(Role.REFERRER, agency=shared)
    for world in (northvale, southmere):
        change_role(
            person, title=f"Nurse {world.partnership.code}", delegation="", ends_on=None, by=world.manager
        )
    assert person.user.memberships.get().title == "Nurse SMR"


def test_a_new_installation_gets_its_first_administrator_at_the_terminal(db: None) -> None:
    call_command("add_administrator", "first@example.test", "Invented First", verbosity=0)
    made = Membership.objects.get()
    assert made.role == Role.ADMINISTRATOR
    assert "/account/password/reset/key/" in Message.objects.get(to_email="first@example.test").body
    with pytest.raises(CommandError, match="already"):
        call_command("add_administrator", "first@example.test", "Invented First")
