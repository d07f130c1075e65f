"""The business unit prepares the notification, sends it and records it; whom it was told to; the dialogue."""

from typing import Any

import pytest

from cspr.now import today
from notifications.models import Notification
from tests.factories import notifications
from tests.factories.people import World
from tests.journeys.conftest import Opens
from tests.journeys.person import NARROW

pytestmark = pytest.mark.journey


def typed(day: Any) -> str:
    return f"{day.day} {day.month} {day.year}"


def test_the_unit_prepares_sends_and_records(northvale: World, visit: Opens, tmp_path: Any) -> None:
    pack = notifications.pack(northvale, children=5)
    address = f"/cases/{pack.case_id}/notification/"
    proof = tmp_path / "confirmation.txt"
    proof.write_text("Invented confirmation")
    person = visit(northvale.officer).opens(address).reads("ends after 20 minutes").reads("Still missing")
    person.pictured("pack")
    person.follows("Change The incident").answers(summary="Typed for the notification.").presses("Save")
    person.reads("Typed by Northvale Officer")
    person.follows("Choose the children told of, and who leads").presses("Save")
    person.opens(f"{address}print").reads("Invented Child 4").opens(address)
    person.presses("Record as sent").pictured("record-as-sent").presses(
        "Record as sent"
    ).expects_error_summary("Enter the reference that the national system gave")
    person.answers(system_reference="SIN-2026-00042", sent_on=typed(today()), sent_time="00:00")
    person.answers(late_reason="Invented reason for the delay", early_reason="Invented reason for the haste")
    person.attaches("Evidence that it was sent", proof).presses("Record as sent")
    person.reads("SIN-2026-00042").reads("SHA-256").reads("Nothing has changed on the case")
    assert Notification.objects.get().is_sent
    person.follows("Whom the case was told to").reads("Through the national notification system").pictured(
        "told"
    )
    person.follows("Record told in person or by telephone", exact=False).is_at("Record that they were told")
    person.opens(f"/cases/{pack.case_id}/dialogue").presses("Write down what was said")
    person.answers(
        direction="from", how="telephone", said_by="Invented Panel Officer", said_on=typed(today())
    )
    person.answers(said_time="00:00", text="Asked when the rapid review will come.").presses("Save")
    person.reads("Invented Panel Officer")


@pytest.mark.parametrize(
    "options", [{"viewport": {"width": NARROW, "height": 700}}, {"java_script_enabled": False}]
)
def test_the_pack_is_read_on_a_narrow_screen_and_without_scripts(
    northvale: World, visit: Opens, options: dict[str, Any]
) -> None:
    pack = notifications.pack(northvale, children=2)
    person = visit(northvale.police, **options).opens(f"/cases/{pack.case_id}/notification/")
    person.reads("The child: child 2 of 2")
    person.opens(f"/cases/{pack.case_id}/notification/print").opens(f"/cases/{pack.case_id}/told")
    person.reads("Police, Northvale Safeguarding Children Partnership")


def test_a_second_tab_is_shown_what_was_saved(northvale: World, visit: Opens) -> None:
    pack = notifications.pack(northvale)
    page = f"/cases/{pack.case_id}/notification/sections/incident"
    first, second = visit(northvale.officer), visit(northvale.manager)
    first.opens(page)
    second.opens(page).answers(summary="What the manager says.").presses("Save")
    first.answers(summary="What the officer says.").presses("Save")
    first.reads("Somebody else saved this page").reads("What the manager says.")
    first.finds_answered(summary="What the officer says.")
