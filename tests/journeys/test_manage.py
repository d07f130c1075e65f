"""The manager: bank holidays, people, who may open a case; the administrator; one's own calendar address."""

import pytest

from cspr.deadlines import calendar
from cspr.now import now, today
from tests.factories import incidents, notifications
from tests.factories.people import World, make_administrator
from tests.journeys.conftest import Opens

pytestmark = pytest.mark.journey


def a_working_day() -> tuple[str, str]:
    """A day soon that can become a bank holiday: as typed, and as part of an address."""
    day = calendar.current().add(today(), 2)
    return f"{day.day} {day.month} {day.year}", day.isoformat()


def test_the_manager_proclaims_a_bank_holiday_and_takes_it_back(northvale: World, visit: Opens) -> None:
    incidents.ready(northvale, at=now())
    typed, day = a_working_day()
    person = visit(northvale.manager).opens("/settings").follows("Bank holidays")
    person.presses("Proclaim a bank holiday").presses("See what would move").expects_error_summary(
        "Enter the day"
    )
    person.answers(day=typed, title="Invented Jubilee").presses("See what would move")
    person.reads("Due dates that move").pictured("proclaim")
    person.presses("Proclaim this bank holiday").reads("Invented Jubilee").pictured("bank-holidays")
    person.opens(f"/settings/calendar/withdraw/{day}").presses("Withdraw this bank holiday")
    person.is_at("Bank holidays").reads("The calendar has changed").does_not_read("Invented Jubilee")


def test_the_manager_gives_a_role(northvale: World, visit: Opens) -> None:
    person = visit(northvale.manager).opens("/people/").pictured("people").presses("Give somebody a role")
    person.presses("Continue").expects_error_summary("Select a role")
    person.chooses("Business unit officer").presses("Continue").pictured("give-a-role")
    person.answers(full_name="Invented Newcomer", email="newcomer@example.test", title="Invented Officer")
    person.presses("Give the role").is_at("Invented Newcomer").reads(
        "Send the link to choose a password again"
    )


def test_a_case_is_hidden_from_whoever_has_a_conflict(northvale: World, visit: Opens) -> None:
    case = incidents.received(northvale).case
    officer = visit(northvale.officer).opens(f"/cases/{case.pk}/").follows("Declare a conflict of interest")
    officer.pictured("declare-a-conflict").answers(reason="Invented: a neighbour of the family")
    officer.presses("Declare this conflict and leave the case").reads("no longer shown to you")
    officer.opens("/cases/").does_not_read(case.reference).opens(f"/cases/{case.pk}/", status=404)
    manager = visit(northvale.manager).opens(f"/cases/{case.pk}/").follows("Wall a person off this case")
    manager.reads("Northvale Officer").reads("a neighbour of the family").pictured("wall")
    manager.follows("Let them see it again", exact=False).answers(reason="Invented: another family after all")
    manager.presses("Lift the wall").reads("Nobody is walled off this case")
    officer.opens(f"/cases/{case.pk}/").reads(case.reference)


def test_a_lead_partner_breaks_the_glass(northvale: World, visit: Opens) -> None:
    case = incidents.received(northvale).case
    person = visit(northvale.la_lead).opens(f"/cases/{case.pk}/", status=404)
    person.opens("/search").follows("break the glass").pictured("break-the-glass")
    person.answers(reference=case.reference, reason="Invented: nobody else can be reached")
    person.presses("Open the case for four hours").reads(case.reference)
    visit(northvale.manager).opens(f"/cases/{case.pk}/looked").reads(northvale.la_lead.user.full_name)


def test_a_calendar_address_that_was_replaced_is_dead(northvale: World, visit: Opens) -> None:
    incidents.ready(northvale)
    person = visit(northvale.officer).opens("/calendar-address").presses("Make a calendar address")
    first = person.page.locator(".app-secret").inner_text().strip()
    assert "BEGIN:VCALENDAR" in person.context.request.get(first).text()
    person.pictured("calendar-address").presses("Make a new address")
    second = person.page.locator(".app-secret").inner_text().strip()
    assert person.context.request.get(first).status == 404
    person.presses("Stop the address").reads("It no longer works anywhere")
    assert person.context.request.get(second).status == 404


def test_partners_are_told_one_by_one(northvale: World, visit: Opens) -> None:
    case = notifications.pack(northvale).case
    person = visit(northvale.officer)
    for number in range(3):
        person.opens(f"/cases/{case.pk}/told").follows("Record told in person or by telephone", exact=False)
        if not number:
            person.pictured("tell-a-partner").presses("Record as told").expects_error_summary()
        day = today()
        person.answers(how="telephone", told_to="Invented Duty Officer")
        person.answers(told_on=f"{day.day} {day.month} {day.year}", told_time="00:00").presses(
            "Record as told"
        )
    person.opens(f"/cases/{case.pk}/told").reads("the last was told on")


def test_the_administrator_adds_an_agency(northvale: World, visit: Opens) -> None:
    person = visit(make_administrator()).opens("/organisations/").presses("Add an agency")
    person.answers(name="Invented Sports Club", kind="other").chooses(northvale.partnership.name)
    person.presses("Add the agency").reads("Invented Sports Club").pictured("organisations")
    person.opens("/").does_not_read("Cases")
