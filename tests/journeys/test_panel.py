"""Somebody who acts for the Panel reads what was sent, answers, records a national review, and steps back."""

from pathlib import Path

import pytest

from cspr.govuk.dates import in_london
from cspr.now import now, today
from cspr.people.models import Body, BodyKind, Membership
from cspr.permissions import Role
from rapid_reviews.options.sending import PanelAnswerKind
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.people import World, make_member
from tests.journeys.conftest import Opens
from tests.journeys.person import NARROW
from tests.journeys.test_sign_and_send import typed

pytestmark = pytest.mark.journey
THE_PANEL = "Sent to the Panel"


@pytest.fixture
def officer(northvale: World) -> Membership:
    """Of the Panel that this site knows already."""
    return make_member(
        Role.PANEL_OFFICER, body=Body.objects.get(kind=BodyKind.PANEL), name="Invented Panel Officer"
    )


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    made = tmp_path / "letter.txt"
    made.write_text("Invented letter")
    return made


def test_what_was_sent_is_read_and_answered_and_the_unit_reads_it(
    northvale: World, officer: Membership, visit: Opens, letter: Path
) -> None:
    review = make.signed(northvale, at=now())
    person = visit(officer).opens("/").follows(THE_PANEL)
    person.reads("Nothing has been sent to the Panel yet.")
    panel.send(review, by=northvale.officer)
    person.opens("/").reads("Record the Panel’s answer").pictured("panel-board").follows(THE_PANEL)
    person.follows(review.case.reference, exact=False).reads("and nothing else of the case")
    person.pictured("panel-review").presses("Record the Panel’s answer")
    person.presses("Record the answer").expects_error_summary("Select what the Panel answers")
    person.answers(kind="reconsider", text="Invented letter of the Panel", said_by="Invented Chair")
    person.answers(received_on=typed(today()), received_time=f"{in_london(now()):%H:%M}")
    person.attaches("The letter", letter).presses("Record the answer").reads("Invented letter of the Panel")
    for closed in (f"/cases/{review.case_id}/", f"/cases/{review.case_id}/rapid-review/"):
        person.opens(closed, status=404).does_not_read(review.case.pseudonym)
    unit = visit(northvale.officer).opens("/").follows("Decide again", exact=False)
    unit.reads("Invented letter of the Panel")
    unit.opens(f"/cases/{review.case_id}/looked").reads("Invented Panel Officer")


def test_a_national_review_is_recorded_by_the_panel_without_scripts_on_a_phone(
    northvale: World, officer: Membership, visit: Opens
) -> None:
    review = panel.sent(northvale, at=now())
    panel.answered(review, PanelAnswerKind.NATIONAL_REVIEW, by=northvale.officer)
    phone = {"viewport": {"width": NARROW, "height": 700}, "java_script_enabled": False}
    person = visit(officer, **phone).opens("/sent-to-the-panel/").follows(review.case.reference, exact=False)
    person.follows("National review").reads("Not recorded yet").follows("Record scope and method")
    person.presses("Save").expects_error_summary(
        "Enter when it was discussed", "Select the partners it was discussed with",
        "Enter the scope, the method, or how people will be involved",
    )  # fmt: skip
    person.answers(discussed_on=typed(today()), scope="Invented scope of the national review")
    person.chooses("The police").presses("Save").reads("Invented scope of the national review")


def test_a_declared_conflict_ends_what_is_shown(northvale: World, officer: Membership, visit: Opens) -> None:
    review = panel.sent(northvale, at=now())
    at = f"/sent-to-the-panel/{review.pk}/"
    person = visit(officer).opens(at).follows("Declare a conflict of interest")
    person.presses("Declare this conflict and leave the case").expects_error_summary()
    person.answers(reason="Invented: a relative of a witness").presses(
        "Declare this conflict and leave the case"
    )
    person.opens(at, status=404).opens("/sent-to-the-panel/").does_not_read(review.case.reference)
