"""What is kept around a rapid review: the meeting, safety actions, the family, proceedings and what they hold up."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine

from cspr.cases.models import Wall
from cspr.govuk.dates import london_moment, long_date
from cspr.now import today
from cspr.people.models import Membership
from rapid_reviews.models import Meeting, RapidReview
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories.people import World
from tests.journeys.conftest import Opens
from tests.journeys.person import NARROW, Person

pytestmark = pytest.mark.journey
OPENED = london_moment(date(2026, 11, 16), time(9, 0))


def typed(day: date) -> str:
    return f"{day.day} {day.month} {day.year}"


@pytest.fixture
def review(northvale: World) -> RapidReview:
    """Opened with its notification on Monday 16 November 2026."""
    with time_machine.travel(OPENED, tick=True):
        return make.opened(northvale)


def lists(officer: Person, who: Membership | None = None, *, presence: str, **typed_in: str) -> None:
    """Put somebody on the list of the meeting that is open in front of the officer."""
    officer.presses("Add one person")
    chosen = {"membership": str(who.pk)} if who is not None else {}
    partner = who.partner if who is not None else "POLICE"
    officer.answers(**chosen, **typed_in, part="member", partner=partner, presence=presence)
    officer.presses("Add this person")


def invites(officer: Person, *people: Membership) -> None:
    """Put several with accounts on the list at once."""
    officer.presses("Invite people")
    for one in people:
        officer.page.get_by_label(one.user.full_name, exact=False).check()
    officer.answers(part="information_giver").presses("Invite them")


def test_a_meeting_from_its_quorum_to_agreed_minutes(
    review: RapidReview, northvale: World, visit: Opens
) -> None:
    manager = visit(northvale.manager).opens("/settings")
    manager.follows("Who must be present in a rapid review meeting")
    manager.page.get_by_label("The integrated care board").uncheck()
    manager.presses("Save").reads("It counts from the next meeting planned")
    officer = visit(northvale.officer).opens("/").follows("Plan the rapid review meeting", exact=False)
    officer.reads("No meeting is planned yet").presses("Plan a meeting").presses("Plan this meeting")
    officer.expects_error_summary("Enter the day of the meeting", "Select where people meet")
    officer.answers(starts_on=typed(today()), starts_time="00:01", setting="online")
    officer.presses("Plan this meeting").is_at("Meeting on").reads("Record who was present first")
    address = officer.path
    invites(officer, northvale.la, northvale.icb)
    lists(officer, northvale.police, presence="invited")
    officer.presses("Record who came")
    officer.chooses("Present", within="Northvale Council Partner")
    officer.chooses("Sent apologies", within="Northvale Health Partner")
    officer.chooses("Present", within="Northvale Police Partner").presses("Save attendance")
    officer.reads("Sent apologies").pictured("meeting", begin="Meeting on").presses(
        "Freeze the papers"
    ).presses("Freeze the papers")
    officer.is_at("Papers of the meeting, version 1").reads("SHA-256").opens(address)
    officer.presses("Record that it was held").presses("Record that it was held").reads("Held, being minuted")
    police = visit(northvale.police).opens(address).reads("Northvale Council Partner")
    officer.follows("Record a conflict of interest of Northvale Police Partner")
    officer.answers(reason="Invented: a relative of a witness").presses("Record this conflict")
    officer.reads("Declared a conflict of interest").reads("nobody is present for the police")
    for gone in (address, f"/cases/{review.case_id}/", f"/cases/{review.case_id}/rapid-review/"):
        police.opens(gone, status=404).does_not_read(review.case.reference)
    assert Wall.objects.get().user == northvale.police.user
    lists(officer, name="Invented Deputy", agency="Invented Police", presence="present")
    officer.presses("Minute a decision").presses("Save this decision")
    officer.expects_error_summary("Enter what was decided", "Enter who takes it on")
    officer.answers(item="The criteria", decision="Invented decision of the meeting", who="The business unit")
    officer.presses("Save this decision").reads("Invented decision of the meeting")
    officer.presses("Record the minutes as agreed").presses("Record the minutes as agreed")
    officer.reads("Minutes agreed").does_not_read("Minute a decision")
    assert Meeting.objects.get().status == "minuted"
    visit(northvale.scrutineer).opens(address).reads("Invented decision of the meeting")


def test_an_immediate_action_is_added_done_and_its_learning_shared(
    review: RapidReview, northvale: World, visit: Opens
) -> None:
    address = f"/cases/{review.case_id}/rapid-review/safety-actions/"
    officer = visit(northvale.officer).opens(address).reads("What was done at once")
    officer.presses("Add an immediate action").presses("Add this action")
    officer.expects_error_summary("Enter what is done", "Enter by when it is done")
    officer.answers(
        what="Invented check on the sister", for_whom="the younger sister", owner_agency="Invented Trust"
    )
    officer.answers(due_on=typed(today() - timedelta(days=1))).presses("Add this action").reads("Overdue")
    board = visit(northvale.second_officer).opens("/").reads("Follow up an immediate safety action")
    board.follows("Follow up an immediate safety action", exact=False).presses("Record as done", exact=False)
    board.answers(done_on=typed(today())).presses("Record as done").reads(
        f"{long_date(today())}, recorded by"
    )
    board.presses("Record learning shared").answers(
        what="Invented alert", with_whom="All schools", how="bulletin", shared_on=typed(today())
    )
    board.presses("Save").reads("All schools")
    visit(northvale.scrutineer).opens(address).reads("All schools").does_not_read("Record learning shared")


def test_one_of_the_family_is_told_and_one_is_not(
    review: RapidReview, northvale: World, visit: Opens
) -> None:
    address = f"/cases/{review.case_id}/rapid-review/family/"
    officer = visit(northvale.officer).opens(f"/cases/{review.case_id}/proceedings")
    officer.presses("Name who speaks with the family").answers(
        name="Invented Worker", agency="Invented Council"
    )
    officer.presses("Save").opens(address).reads("Invented Worker (Invented Council) speaks with the family")
    for kin, known_as in (("mother", "M.A."), ("father", "F.B.")):
        officer.presses("Add somebody of the family").finds_answered(
            contact_lead="Invented Worker, Invented Council"
        )
        officer.answers(kin=kin, known_as=known_as).presses("Add this person")
    officer.follows("Record what was told to Mother, M.A.").answers(
        matter="decision", on=typed(today()), how="in_person", by_whom="Invented Worker", advocate="accepted"
    )
    officer.answers(text="Invented account of the talk").presses("Save")
    officer.expects_error_summary(
        "The partners have not all signed the decision, so it cannot have been told"
    )
    officer.answers(matter="review").presses("Save").reads("Invented account of the talk")
    officer.follows("Record why not told about Father, F.B.").answers(
        matter="review", constraint="suspect", reason="Invented investigation", by_whom="Invented Inspector"
    )
    officer.answers(look_again_on=typed(today())).presses("Save").expects_error_summary()
    again = today() + timedelta(days=7)
    officer.answers(look_again_on=typed(again)).presses("Save").reads(long_date(again))
    visit(northvale.la).opens(address).reads("Invented account of the talk").does_not_read("Add somebody")


def test_a_proceeding_holds_up_publication_and_its_date_stands_on_the_board(
    review: RapidReview, northvale: World, visit: Opens
) -> None:
    address = f"/cases/{review.case_id}/proceedings"
    officer = visit(northvale.officer).opens(f"/cases/{review.case_id}/").follows("Proceedings")
    officer.presses("Register a proceeding").presses("Register it").expects_error_summary("Select the kind")
    officer.answers(kind="criminal", lead_body="Invented Police", reference="INV-7")
    officer.answers(next_on=typed(today() + timedelta(days=1)), next_event="Invented trial")
    officer.presses("Register it").reads("INV-7")
    officer.presses("Place a hold", exact=False)
    officer.answers(on="publication", asked_for_by="Invented Prosecutor", reason="Invented trial to come")
    officer.presses("Place this hold").reads("Holds up: publishing").reads(
        "Lift the hold on publishing first"
    )
    board = visit(northvale.second_officer).opens("/").reads("Criminal investigation or trial")
    board.follows("Prepare for the next date in proceedings", exact=False)
    board.follows("Lift this hold", exact=False).answers(reason="Invented verdict").presses("Lift this hold")
    board.reads("Invented verdict").presses("Record that it ended", exact=False)
    board.answers(ended_on=typed(today()), outcome="Invented outcome").presses("Record that it ended")
    board.reads("Invented outcome").opens("/").does_not_read("next date in proceedings")
    visit(northvale.la).opens(address).reads("Invented outcome").does_not_read("Register a proceeding")


@pytest.mark.parametrize(
    "options", [{"viewport": {"width": NARROW, "height": 700}}, {"java_script_enabled": False}]
)
def test_every_page_around_the_review_on_a_narrow_screen_and_without_scripts(
    review: RapidReview, northvale: World, visit: Opens, options: dict[str, Any]
) -> None:
    case, by = review.case, northvale.officer
    meeting = around.held(review, northvale)
    row = around.proceeding(case, by=by, lead_body="Invented" * 20, reference="INV-" + "7" * 90)
    around.on_hold(row, by=by)
    around.action(review, by=by, for_whom="x" * 190, owner_agency="Invented Trust " * 12)
    around.told(around.person(review, by=by, side="Invented household " * 3), by=by)
    person = visit(by, **options)
    here = f"/cases/{case.pk}/rapid-review"
    for page in (
        f"{here}/safety-actions/", f"{here}/meetings/", f"{here}/meetings/{meeting.pk}/", f"{here}/family/",
        f"{here}/meetings/{meeting.pk}/people/new", f"{here}/safety-actions/new", f"{here}/family/new",
        f"/cases/{case.pk}/proceedings", f"/cases/{case.pk}/proceedings/new",
    ):  # fmt: skip
        person.opens(page)
