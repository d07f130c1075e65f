"""Who may open a case: conflicts declared and found, walls lifted, the glass broken. roles.md."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cspr.audit.models import Event
from cspr.cases.models import Case, CaseGrant, Wall
from cspr.cases.services import review_glass
from cspr.dispatch.models import Message
from cspr.now import now, today
from cspr.people.models import Membership
from cspr.permissions import Role
from cspr.workflow import AlreadyDone, Refused
from notifications import phrases
from notifications.models import Incident
from notifications.services.access import (
    break_glass,
    declare_conflict,
    lift_wall,
    open_to,
    wall_off,
)
from notifications.urls_incident import urlpatterns
from tests.factories import incidents as make
from tests.factories.board import board_rows
from tests.factories.people import World, make_member
from tests.people.test_sign_in import with_password

Browser = Callable[[Membership], Client]


def pages_of(incident: Incident) -> list[str]:
    """Every address that names only the case."""
    names = [one.name for one in urlpatterns if set(one.pattern.converters) == {"case_id"}]
    return [reverse(name, args=[incident.case_id]) for name in names]


def test_who_declares_a_conflict_finds_the_case_nowhere_at_once(northvale: World, browser: Browser) -> None:
    incident = make.asked(northvale)
    lead = browser(northvale.icb)
    answer = lead.post(reverse("declare_conflict", args=[incident.case_id]), {"reason": "Knows the family"})
    assert answer.url == reverse("board")
    assert {lead.get(page).status_code for page in pages_of(incident)} == {404}
    assert incident.case.reference not in lead.get(reverse("board")).content.decode()
    assert incident.case.reference not in lead.get(reverse("cases")).content.decode()


def test_a_conflict_needs_a_reason(northvale: World, browser: Browser) -> None:
    incident = make.received(northvale)
    page = browser(northvale.la).post(reverse("declare_conflict", args=[incident.case_id]), {"reason": ""})
    assert "Enter what the conflict of interest is" in page.content.decode()
    with pytest.raises(Refused):
        declare_conflict(incident.case, by=northvale.la, reason=" ")


def test_the_manager_walls_a_person_off_and_lifts_the_wall(northvale: World, browser: Browser) -> None:
    incident, manager = make.received(northvale), browser(northvale.manager)
    page = reverse("wall_off", args=[incident.case_id])
    manager.post(page, {"person": str(northvale.police.pk), "reason": "Invented"})
    assert browser(northvale.police).get(reverse("incident", args=[incident.case_id])).status_code == 404
    assert northvale.police.user.full_name in manager.get(page).content.decode()
    wall = Wall.objects.get()
    manager.post(reverse("lift_wall", args=[incident.case_id, wall.pk]), {"reason": "It was another family"})
    assert browser(northvale.police).get(reverse("incident", args=[incident.case_id])).status_code == 200


@pytest.mark.parametrize("who", ["officer", "la", "scrutineer"])
def test_only_the_manager_walls_others_off(northvale: World, who: str) -> None:
    incident, by = make.received(northvale), getattr(northvale, who)
    with pytest.raises(Refused):
        wall_off(incident.case, user=northvale.icb.user, by=by, reason="Invented")


def test_a_person_walled_off_is_mailed_nothing_of_the_case(northvale: World) -> None:
    incident = make.ready(northvale)
    wall_off(incident.case, user=northvale.icb.user, by=northvale.manager, reason="Invented")
    make.request_views(incident, by=northvale.officer)
    told = {one.to_membership for one in Message.objects.filter(kind=phrases.VIEW_ASKED)}
    assert told == {northvale.la, northvale.police}


def test_breaking_the_glass_opens_for_four_hours_and_tells_the_manager_at_once(
    northvale: World, browser: Browser
) -> None:
    incident, lead = make.received(northvale), browser(northvale.la_lead)
    where = reverse("incident", args=[incident.case_id])
    assert lead.get(where).status_code == 404
    given = {"reference": incident.case.reference, "reason": "A call from the Panel"}
    assert lead.post(reverse("break_glass"), given).url == reverse("case", args=[incident.case_id])
    assert lead.get(where).status_code == 200
    mail = Message.objects.get(kind=phrases.GLASS_BROKEN)
    assert mail.to_membership == northvale.manager
    assert "Panel" not in mail.body
    with time_machine.travel(now() + timedelta(hours=4, minutes=1)):
        assert not Case.objects.visible_to(northvale.la_lead).exists()


def test_broken_glass_waits_red_until_somebody_else_has_looked_at_it(
    northvale: World, southmere: World, browser: Browser
) -> None:
    """Security.md, T23: it is due on the day, overdue the next, and no other act takes it off the board."""
    case, other = make.received(northvale).case, make_member(Role.MANAGER, partnership=northvale.partnership)
    assert board_rows(northvale.manager, "glass") == []
    grant = break_glass(case, by=northvale.la_lead, reason="Invented call from the Panel")
    (row,) = board_rows(northvale.manager, "glass")
    assert (row.told, row.due_on) == ("by Northvale Lead Partner", today())
    assert board_rows(northvale.officer, "incident", "glass") == board_rows(northvale.officer, "incident")
    assert board_rows(southmere.manager, "glass") == []
    client = browser(northvale.manager)
    assert "Invented call from the Panel" in client.get(row.href).content.decode()
    empty = client.post(row.href, {"opening": grant.pk, "finding": " "}).content.decode()
    assert "Enter what you found" in empty
    with time_machine.travel(now() + timedelta(days=3)):
        assert [one.due_on < today() for one in board_rows(other, "glass") if one.due_on] == [True]
        review_glass(grant, by=other, finding="Invented: it was needed")
    assert board_rows(northvale.manager, "glass") == board_rows(other, "glass") == []
    shown = browser(northvale.manager).get(row.href).content.decode()
    assert "Invented: it was needed" in shown
    assert "Record what you found" not in shown
    assert Event.objects.filter(kind="access.glass_reviewed", case_id=case.pk).count() == 1


def test_broken_glass_is_looked_at_once_and_never_by_whoever_broke_it(northvale: World) -> None:
    case, other = make.received(northvale).case, make_member(Role.MANAGER, partnership=northvale.partnership)
    grant = break_glass(case, by=northvale.la_lead, reason="Invented")
    for who in (northvale.officer, northvale.la_lead, northvale.la):
        with pytest.raises(Refused, match="not yours"):
            review_glass(grant, by=who, finding="Invented")
    CaseGrant.objects.filter(pk=grant.pk).update(user=northvale.manager.user)
    assert board_rows(northvale.manager, "glass") == []
    with pytest.raises(Refused, match="yourself"):
        review_glass(grant, by=northvale.manager, finding="Invented")
    assert review_glass(grant, by=other, finding="Invented").finding == "Invented"
    assert review_glass(grant, by=other, finding="Invented later").finding == "Invented"


def test_second_manager_hears_that_a_colleague_has_looked(northvale: World, southmere: World) -> None:
    case, other = make.received(northvale).case, make_member(Role.MANAGER, partnership=northvale.partnership)
    grant = break_glass(case, by=northvale.la_lead, reason="Invented")
    review_glass(grant, by=other, finding="Invented")
    with pytest.raises(AlreadyDone):
        review_glass(grant, by=northvale.manager, finding="Invented")
    with pytest.raises(Refused, match="not yours"):
        review_glass(grant, by=southmere.manager, finding="Invented")


def test_the_glass_hides_what_it_does_not_open(northvale: World, southmere: World, browser: Browser) -> None:
    walled, strange = make.received(northvale), make.received(southmere)
    declare_conflict(walled.case, by=northvale.icb, reason="Invented")
    for reference in (walled.case.reference, strange.case.reference, "NVL-2026-9999"):
        given = {"reference": reference, "reason": "Invented"}
        shown = browser(northvale.icb).post(reverse("break_glass"), given).content.decode()
        assert "Enter the reference of a case of your partnership" in shown
    with pytest.raises(Refused):
        break_glass(walled.case, by=northvale.icb, reason="Invented")
    with pytest.raises(Refused):
        break_glass(strange.case, by=northvale.la_lead, reason="Invented")


@pytest.mark.parametrize("who", ["referrer", "agency_lead", "scrutineer"])
def test_who_has_no_glass_to_break(northvale: World, browser: Browser, who: str) -> None:
    assert browser(getattr(northvale, who)).get(reverse("break_glass")).status_code == 403


def test_the_manager_opens_the_case_to_another_person_for_four_hours(
    northvale: World, browser: Browser
) -> None:
    incident = make.received(northvale)
    page = reverse("open_to", args=[incident.case_id])
    given = {"person": str(northvale.la_lead.pk), "reason": "Escalated"}
    assert browser(northvale.manager).post(page, given).status_code == 302
    assert Case.objects.visible_to(northvale.la_lead).exists()
    with pytest.raises(Refused):
        open_to(incident.case, to=northvale.la_lead, by=northvale.officer, reason="Invented")


def test_a_wall_against_oneself_is_lifted_by_another(northvale: World) -> None:
    incident = make.received(northvale)
    wall = declare_conflict(incident.case, by=northvale.manager, reason="Invented")
    with pytest.raises(Refused):
        lift_wall(wall, by=northvale.manager, reason="Invented")


@pytest.mark.parametrize("what", ["break_glass", "open_to", "lift_wall"])
def test_access_is_given_only_after_proving_again_who_is_there(
    northvale: World, browser: Browser, what: str
) -> None:
    incident = make.received(northvale)
    wall = wall_off(incident.case, user=northvale.police.user, by=northvale.manager, reason="Invented")
    page, who, given = {
        "break_glass": (reverse("break_glass"), northvale.la_lead, {"reference": incident.case.reference}),
        "open_to": (
            reverse("open_to", args=[incident.case_id]),
            northvale.manager,
            {"person": str(northvale.la_lead.pk)},
        ),
        "lift_wall": (reverse("lift_wall", args=[incident.case_id, wall.pk]), northvale.manager, {}),
    }[what]
    with_password(who.user)
    client = browser(who)
    with time_machine.travel(now() + timedelta(minutes=6)):
        answers = [client.get(page), client.post(page, {**given, "reason": "Invented reason"})]
        assert {one.url for one in answers} == {f"/account/reauthenticate/?{urlencode({'next': page})}"}
        assert not Case.objects.visible_to(northvale.la_lead).exists()
        assert not Case.objects.visible_to(northvale.police).exists()
        assert "Invented reason" in browser(who).get(page).content.decode()
