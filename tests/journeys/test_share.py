"""Rule 4.8: one area shares, the other reads what is shared and answers; the first reads the answer, and withdraws."""

import pytest

from tests.factories import incidents, sharing
from tests.factories.people import World, make_world
from tests.journeys.conftest import Opens

pytestmark = pytest.mark.journey


@pytest.fixture
def southmere(site: str) -> World:
    """The other area, committed."""
    return make_world("SMR", "Southmere")


def test_a_case_is_shared_answered_and_withdrawn(northvale: World, southmere: World, visit: Opens) -> None:
    area = sharing.area_of(incidents.ready(northvale), to=southmere, by=northvale.officer)
    case, here = area.incident.case, f"/cases/shared/{area.pk}/"
    areas = f"/cases/{case.pk}/areas/"
    other = visit(southmere.officer).opens("/").does_not_read(case.reference)
    officer = visit(northvale.officer).opens(areas).reads("Nothing has been shared with this area")
    officer.opens(f"{areas}{area.pk}/share/").presses("Share this").expects_error_summary()
    officer.answers(note="Have you known this invented family?", reason="They lived there", readers="unit")
    officer.presses("Share this").reads("Have you known this invented family?")
    other.opens("/").reads(case.reference).opens(here).reads("Have you known this invented family?")
    other.does_not_read("Invented lasting impairment")
    other.opens(f"{here}receive/").presses("We have read it").reads("has read what is shared here")
    other.opens(f"{here}answer/").presses("Send this answer").expects_error_summary("Enter your answer")
    other.answers(text="An invented health visitor knew them").presses("Send this answer")
    other.reads("An invented health visitor knew them")
    officer.opens("/").reads("Read the answer of another area").opens(areas)
    officer.reads("An invented health visitor knew them")
    share = area.shares.get()
    officer.opens(f"{areas}shares/{share.pk}/withdraw/").presses("Withdraw this").expects_error_summary()
    officer.answers(reason="It was another invented family").presses("Withdraw this")
    other.opens("/cases/shared/").reads("the case will stand here").does_not_read(case.reference)
