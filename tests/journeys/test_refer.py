"""An agency refers: first page to receipt, by keyboard, without scripts, on a narrow screen, from two tabs."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from notifications.models import Referral
from tests.factories import referrals
from tests.factories.people import World
from tests.journeys import referring
from tests.journeys.conftest import Opens
from tests.journeys.person import NARROW
from tests.journeys.referring import NEXT
from tests.journeys.sign_in import signed_in_cookie

pytestmark = pytest.mark.journey


@pytest.mark.embedded
def test_an_agency_refers_from_start_to_receipt(northvale: World, visit: Opens) -> None:
    person = referring.fills_in_everything(visit(northvale.referrer)).pictured("referral-tasks")
    person.follows("Check your answers and send").reads(referring.NARRATIVE).reads("note.txt")
    person.presses("Send the referral").reads("Referral sent").pictured("referral-receipt")
    referral = Referral.objects.get()
    person.reads(str(referral.reference)).does_not_read("Invented Childname")
    person.follows("Print a copy for your agency’s file").reads("Invented Childname")


def test_a_refused_page_keeps_what_was_typed(northvale: World, visit: Opens) -> None:
    person = referring.begins(visit(northvale.referrer)).follows(
        "Which safeguarding lead have you consulted?"
    )
    person.types("Safeguarding lead’s full name", "Invented Lead").types_date(
        "When did you consult them?", "31 2 2026"
    )
    person.presses(NEXT).is_at("Which safeguarding lead have you consulted?").expects_error_summary(
        "The day you consulted them must be a real date"
    )
    person.finds_answered(lead_name="Invented Lead", lead_consulted_on_day="31").pictured("refused-page")


def test_an_answer_is_changed_from_the_check(northvale: World, visit: Opens) -> None:
    referral = referrals.complete(northvale.referrer)
    person = visit(northvale.referrer).opens(f"/referrals/{referral.pk}/check")
    person.follows("Change Job title", exact=False).answers(referrer_role="Deputy head").presses(NEXT)
    assert person.path == f"/referrals/{referral.pk}/check"
    person.reads("Deputy head")


def test_a_second_tab_is_shown_both_answers(northvale: World, visit: Opens) -> None:
    referral = referrals.complete(northvale.referrer)
    page = f"/referrals/{referral.pk}/questions/what-happened"
    first, second = visit(northvale.referrer), visit(northvale.referrer)
    first.opens(page)
    second.opens(page).answers(narrative="What the second tab says.").presses(NEXT)
    first.answers(narrative="What the first tab says.").presses(NEXT)
    first.reads("Somebody else saved this page").reads("What the second tab says.")
    first.finds_answered(narrative="What the first tab says.")
    referral.refresh_from_db()
    assert referral.narrative == "What the second tab says."


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_begins_one_referral(northvale: World, visit: Opens, scripts: bool) -> None:
    person = visit(northvale.referrer, java_script_enabled=scripts)
    person.opens("/referrals/start")
    person.button("Start the referral").dblclick()
    person.page.wait_for_url("**/referrals/*-*/")
    person.looks()
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_sends_one_referral(northvale: World, visit: Opens, scripts: bool) -> None:
    referral = referrals.complete(northvale.referrer)
    person = visit(northvale.referrer, java_script_enabled=scripts)
    person.opens(f"/referrals/{referral.pk}/check")
    person.button("Send the referral").dblclick()
    person.page.wait_for_url("**/receipt")
    person.looks()
    assert Referral.objects.filter(status="submitted").count() == 1


def test_what_was_typed_survives_the_end_of_the_session(northvale: World, visit: Opens, site: str) -> None:
    referral = referrals.started(northvale.referrer)
    page = f"/referrals/{referral.pk}/questions/what-happened"
    person = visit(northvale.referrer).opens(page)
    person.answers(narrative="Typed before the session ended.")
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        person.presses(NEXT).is_at("Sign in")
    person.context.add_cookies([signed_in_cookie(northvale.referrer, site)])
    person.opens(page).finds_answered(narrative="Typed before the session ended.").reads("did not save")
    person.presses(NEXT)
    referral.refresh_from_db()
    assert referral.narrative == "Typed before the session ended."


def test_what_is_typed_is_kept_without_pressing_anything(northvale: World, visit: Opens) -> None:
    referral = referrals.started(northvale.referrer)
    page = f"/referrals/{referral.pk}/questions/what-happened"
    person = visit(northvale.referrer).opens(page).answers(narrative="Typed, and the lid was closed.")
    person.reads("Saved at")
    visit(northvale.referrer).opens(page).finds_answered(narrative="Typed, and the lid was closed.")


def test_a_referral_begins_without_scripts(northvale: World, visit: Opens) -> None:
    person = visit(northvale.referrer, java_script_enabled=False)
    referring.begins(person)
    referring.tells_about_the_referral(person)
    referring.to_tasks(person).follows("When did it happen?").answers(occurred_precision="EXACT")
    person.answers(occurred_exact="31 2 2026").presses(NEXT).expects_error_summary()
    person.answers(occurred_exact=referring.THEN).presses(NEXT).is_at("Where did it happen?")


def test_a_referral_fits_a_narrow_screen(northvale: World, visit: Opens) -> None:
    referral = referrals.complete(northvale.referrer)
    person = visit(northvale.referrer, viewport={"width": NARROW, "height": 640})
    for page in (
        "",
        "questions/referrer",
        "questions/when",
        "lists/children",
        "lists/family/add",
        "attach",
        "check",
    ):
        person.opens(f"/referrals/{referral.pk}/{page}")
    person.presses("Send the referral").reads("Referral sent").opens("/").opens("/referrals/")


def test_a_page_is_answered_by_keyboard_alone(northvale: World, visit: Opens) -> None:
    referral = referrals.started(northvale.referrer)
    person = visit(northvale.referrer).opens(f"/referrals/{referral.pk}/questions/delay")
    keys = person.page.keyboard
    keys.press("Tab")
    assert person.focused() == "Skip to main content"
    keys.press("Enter")
    person.tabs_to("Yes", most=12)
    keys.press("Space")
    keys.press("Tab")
    keys.type("An invented reason")
    person.tabs_to(NEXT, most=6)
    with person.page.expect_navigation():
        keys.press("Enter")
    person.looks()
    referral.refresh_from_db()
    assert (referral.delayed, referral.delay_reason) == ("YES", "An invented reason")
