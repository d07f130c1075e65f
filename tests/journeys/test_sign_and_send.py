"""The three partners sign the rapid review, a change takes it back, it is sent, and the Panel asks again."""

from pathlib import Path
from typing import Any

import pytest

from cspr.decisions.models import Answer
from cspr.govuk.dates import in_london
from cspr.now import now, today
from cspr.people.models import Membership
from rapid_reviews.models import RapidReview, SentReview
from rapid_reviews.options.review import EscalationOutcome, ReviewStatus
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.selectors.signing import versions
from rapid_reviews.services.signing import put_to_partners, redecide, sign
from rapid_reviews.services.writing import save_section
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.people import World, make_member
from tests.journeys.conftest import Opens
from tests.journeys.person import NARROW, Person

pytestmark = pytest.mark.journey


def at(review: RapidReview, page: str = "") -> str:
    return f"/cases/{review.case_id}/rapid-review/{page}"


def typed(day: Any) -> str:
    return f"{day.day} {day.month} {day.year}"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """An invented file that stands for a letter or a proof."""
    made = tmp_path / "letter.txt"
    made.write_text("Invented letter")
    return made


def signs(person: Person, review: RapidReview, *, answer: str = "yes", reason: str = "Invented") -> Person:
    """Reads what is asked and signs for their own partner."""
    person.opens("/").reads(review.case.reference).opens(at(review, "sign/")).reads("SHA-256 of these papers")
    person.pictured("sign", begin="Your signature")
    return person.answers(answer=answer, reason=reason).presses("Sign")


def hears(person: Person, review: RapidReview, kind: str, letter: Path) -> Person:
    """The Panel's letter is written down."""
    person.opens(at(review, "panel-answer/")).presses("Record the answer").expects_error_summary(
        "Select what the Panel answers"
    )
    person.answers(kind=kind, text="Invented letter of the Panel", said_by="Invented Chair")
    person.answers(received_on=typed(today()), received_time=f"{in_london(now()):%H:%M}")
    person.attaches("The letter", letter)
    return person.presses("Record the answer").reads("Invented letter of the Panel")


def test_a_change_takes_two_signatures_back_and_all_three_sign_the_next_version(
    northvale: World, visit: Opens
) -> None:
    review = make.written(northvale, at=now())
    save_section(review, section="equality", text="", revision=None, by=northvale.officer)
    officer = visit(northvale.officer).opens(at(review)).reads("Write the section “Equality and context”")
    officer.follows("Equality and context").presses("Save and continue").expects_error_summary()
    officer.answers(text="Invented: how inequality bore on the child’s life").presses("Save and continue")
    officer.reads("Saved at").opens(at(review, "put-to-partners/")).presses("Put to the partners")
    for partner in (northvale.la, northvale.police):
        signs(visit(partner), review).reads("Agrees")
    officer.opens(at(review, "sections/learning/")).reads("Saving a change takes their signatures back")
    officer.answers(text="Invented, learned since").presses("Save and continue")
    officer.reads("This signature was taken back").reads("Changed: Learning and how it is shared")
    officer.pictured("signature-taken-back", begin="Signatures")
    officer.opens(at(review, "put-to-partners/")).reads("What changed since the version before")
    officer.presses("Put to the partners")
    for partner in northvale.partners:
        signs(visit(partner), review).reads("Version 2")
    assert make.found(review).status == ReviewStatus.SIGNED
    visit(northvale.icb).opens(f"/cases/{review.case_id}/decisions").reads("Version 1: taken back")


def test_the_signed_review_is_sent_and_stands_as_told(northvale: World, visit: Opens, letter: Path) -> None:
    review = make.signed(northvale, at=now())
    officer = visit(northvale.officer).opens("/").reads("Send the rapid review to the Panel")
    officer.opens(at(review, "send/")).presses("Record as sent").expects_error_summary(
        "Select how it was sent"
    )
    officer.answers(how="email", sent_on=typed(today()), sent_time=f"{in_london(now()):%H:%M}")
    officer.attaches("Evidence that it was sent", letter).presses("Record as sent")
    officer.reads("SHA-256 of the copy").reads(f"{review.case.reference}-rapid-review-1.pdf")
    officer.opens(f"/cases/{review.case_id}/told").reads("The rapid review with its decision (C5)")
    officer.opens("/").reads("The Panel’s answer to the rapid review").reads("Waiting for the Panel since")
    visit(northvale.la, viewport={"width": NARROW, "height": 700}).opens(at(review, "sent/")).opens(
        at(review)
    )


def test_the_panel_asks_to_reconsider_and_agrees_to_the_second_version(
    northvale: World, visit: Opens, letter: Path
) -> None:
    review = panel.sent(northvale, at=now())
    officer = hears(visit(northvale.officer), review, PanelAnswerKind.ASKS_TO_RECONSIDER, letter)
    officer.opens("/").follows("Decide again", exact=False).presses("Decide again").expects_error_summary()
    officer.answers(reason="Invented: the Panel asks to reconsider").presses("Decide again")
    officer.opens(at(review, "decision/")).reads("Why it is decided again")
    officer.answers(outcome="local_review", rationale="Invented second rationale").presses(
        "Save and continue"
    )
    officer.answers(scope="Invented scope", lines_of_enquiry="Invented lines").presses("Save and continue")
    officer.opens(at(review, "put-to-partners/")).presses("Put to the partners")
    for partner in northvale.partners:
        signs(visit(partner), review).reads("Invented second rationale")
    panel.send(make.found(review), by=northvale.officer)
    hears(officer, review, PanelAnswerKind.AGREES, letter).reads("Version 1 as it was sent")
    assert [one.outcome for one in make.found(review).proposals.all()] == ["none", "local_review"]
    assert SentReview.objects.filter(review=review).count() == 2
    officer.opens(f"/cases/{review.case_id}/dialogue").reads("It asks the partners to reconsider")


def test_a_question_of_the_panel_is_answered_from_the_board(
    northvale: World, visit: Opens, letter: Path
) -> None:
    review = panel.sent(northvale, at=now())
    panel.answered(review, PanelAnswerKind.ASKS_FOR_MORE, by=northvale.officer, answer_by=today())
    officer = visit(northvale.officer).opens("/").follows("Answer the Panel’s question", exact=False)
    officer.presses("Record the answer").expects_error_summary("Enter what was answered")
    officer.answers(text="Invented answer", how="email", sent_on=typed(today()))
    officer.answers(sent_time=f"{in_london(now()):%H:%M}", said_by="Invented Sender").presses(
        "Record the answer"
    )
    officer.reads("Invented answer").opens(f"/cases/{review.case_id}/told")
    officer.reads("The answer to a question of the Panel (C9)")


def test_a_national_review_is_kept_as_it_happens(northvale: World, visit: Opens, letter: Path) -> None:
    review = panel.sent(northvale, at=now())
    around.person(review, by=northvale.officer)
    officer = visit(northvale.officer).opens(at(review, "panel-answer/"))
    officer.chooses("It will hold a national review").chooses("Cases which involve a range of types of abuse")
    officer.answers(rationale="Invented rationale", text="Invented letter", said_by="Invented Chair")
    officer.answers(received_on=typed(today()), received_time=f"{in_london(now()):%H:%M}")
    officer.attaches("The letter", letter).presses("Record the answer")
    officer.reads("Cases which involve a range of types of abuse").follows("National review")
    officer.reads("Not recorded yet").follows("Record scope and method").presses("Save")
    officer.expects_error_summary(
        "Enter when it was discussed", "Select the partners it was discussed with",
        "Enter the scope, the method, or how people will be involved",
    )  # fmt: skip
    officer.answers(discussed_on=typed(today()), scope="Invented scope").chooses("The police").presses("Save")
    officer.reads("Invented scope").reads("A discussion with the local authority and integrated care board")
    officer.follows("Record that the Secretary of State was told")
    officer.answers(told_on=typed(today()), how_known="Invented telephone call").presses("Save")
    officer.reads("Invented telephone call").follows("Record what was told to Mother, M.A.", exact=False)
    officer.answers(on=typed(today()), how="letter", by_whom="Invented Panel", text="Invented words")
    officer.answers(advocate="offered").presses("Save").reads("that there will be a national review")
    narrow = visit(northvale.police, viewport={"width": NARROW, "height": 700})
    narrow.opens(at(review, "sent/national-review/")).reads("by Invented Panel, letter")


def leads(world: World) -> list[Membership]:
    others = (
        make_member("lead_partner", partnership=world.partnership, partner=one) for one in ("ICB", "POLICE")
    )
    return [world.la_lead, *others]


def test_the_police_disagree_and_the_lead_partners_uphold(northvale: World, visit: Opens) -> None:
    heads, review = leads(northvale), make.with_partners(northvale, at=now())
    sign(review, by=northvale.la, answer=Answer.YES, reason="Invented agreement")
    police = signs(visit(northvale.police), review, answer="no", reason="Invented dissent")
    police.reads("Escalation of version 1").opens("/").reads("Waiting for the lead safeguarding partners")
    for head in heads:
        person = visit(head).opens("/").follows("Decide on the disagreement", exact=False)
        person.reads("Invented dissent").presses("Record this decision").expects_error_summary()
        person.answers(answer="yes", reason=f"Invented ruling for {head.partner}").presses(
            "Record this decision"
        )
    assert make.found(review).status == ReviewStatus.SIGNED
    assert review.escalations.get().outcome == EscalationOutcome.UPHELD
    police.opens(f"/cases/{review.case_id}/decisions").reads("Invented dissent").reads(
        "Invented ruling for ICB"
    )


def test_the_manager_closes_a_review_that_does_not_meet_the_criteria(
    northvale: World, visit: Opens, letter: Path
) -> None:
    review = make.opened(northvale, at=now())
    manager = visit(northvale.manager).opens(at(review)).presses("Close as not meeting the criteria")
    manager.presses("Close as not meeting the criteria").expects_error_summary("Enter who wrote it")
    manager.answers(reason="Invented ground", said_by="Invented Secretary", came_on=typed(today()))
    manager.answers(came_time=f"{in_london(now()):%H:%M}").attaches(
        "The Panel’s correspondence about it", letter
    )
    manager.presses("Close as not meeting the criteria").reads("Invented ground").reads("letter.txt")
    manager.opens(f"/cases/{review.case_id}/").reads("Not taken: found not to meet the criteria")


@pytest.mark.parametrize(
    "options", [{"viewport": {"width": NARROW, "height": 700}}, {"java_script_enabled": False}]
)
def test_versions_and_signing_are_read_on_a_narrow_screen_and_without_scripts(
    northvale: World, visit: Opens, options: dict[str, Any]
) -> None:
    review = panel.sent(northvale, at=now())
    panel.answered(review, PanelAnswerKind.DISAGREES, by=northvale.officer)
    redecide(make.found(review), by=northvale.officer, reason="Invented")
    make.propose(make.found(review), by=northvale.officer, note=" again")
    put_to_partners(make.found(review), by=northvale.officer)
    latest = versions(review.case)[0]
    police = visit(northvale.police, **options)
    for page in ("", "read/", f"versions/{latest.pk}/", "sent/"):
        police.opens(at(review, page))
    signs(police, review)
