"""The family's log: who told whom what, how, when, or why not. Rule 5.3."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from cspr.audit.models import Event
from cspr.audit.recording import recorded
from cspr.cases.services import wall_off
from cspr.decisions.models import Answer
from cspr.govuk.dates import long_date
from cspr.models import Changed
from cspr.now import london_day, today
from cspr.workflow import Refused
from rapid_reviews.models import FamilyContact
from rapid_reviews.options.family import Kin, Matter
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.presenters.family import ALONE, decision_of, sides
from rapid_reviews.selectors.facts import facts_of
from rapid_reviews.selectors.family import people_of, untold
from rapid_reviews.services import family as services
from rapid_reviews.services.signing import put_to_partners, redecide, sign
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews
from tests.factories import sent_reviews as panel
from tests.factories.board import family_rows
from tests.factories.people import World


def test_told_keeps_who_how_when_and_the_advocate(northvale: World) -> None:
    person = around.person(make.opened(northvale), by=northvale.officer)
    contact = around.told(person, by=northvale.officer)
    assert (contact.told, contact.by_whom, contact.advocate) == (True, "Invented Worker", "offered")
    event = Event.objects.get(kind="family.told")
    assert "M.A." not in str(event.detail)


def test_decision_is_told_once_it_is_one(northvale: World) -> None:
    review = make.written(northvale)
    person = around.person(review, by=northvale.officer)
    with pytest.raises(Refused, match="not all signed"):
        around.told(person, by=northvale.officer, matter=Matter.DECISION)


def test_decision_signed_is_told(northvale: World) -> None:
    review = make.signed(northvale)
    person = around.person(review, by=northvale.officer)
    assert untold(review) == [person]
    around.told(person, by=northvale.officer, matter=Matter.DECISION)
    assert untold(review) == []
    assert decision_of(people_of(review).get()).startswith("Told on Monday 16 November 2026")


def test_decision_that_was_sent_was_not_told_before_it_was_signed(northvale: World, monday: Any) -> None:
    monday.shift(3 * 24 * 3600)
    review = panel.sent(northvale)
    person = around.person(review, by=northvale.officer)
    with pytest.raises(Refused, match="The partners signed the decision on Thursday 19 November 2026"):
        around.told(person, by=northvale.officer, matter=Matter.DECISION, on=date(2026, 11, 18))


def test_not_told_needs_a_day_to_look_again(northvale: World) -> None:
    person = around.person(make.opened(northvale), by=northvale.officer)
    with pytest.raises(Refused, match="future"):
        around.not_told(person, by=northvale.officer, look_again_on=today())
    assert around.not_told(person, by=northvale.officer).constraint == "suspect"


def test_nobody_was_told_tomorrow(northvale: World) -> None:
    person = around.person(make.opened(northvale), by=northvale.officer)
    with pytest.raises(Refused, match="past"):
        around.told(person, by=northvale.officer, on=today() + timedelta(days=1))


@pytest.mark.parametrize("matter", [Matter.REVIEW, Matter.OTHER])
def test_nobody_was_told_before_the_local_authority_knew(northvale: World, matter: Matter) -> None:
    review = make.opened(northvale)
    person, aware = around.person(review, by=northvale.officer), review.notification.incident.aware_at
    with pytest.raises(Refused) as refused:
        around.told(person, by=northvale.officer, matter=matter, on=london_day(aware) - timedelta(days=1))
    said = f"The local authority became aware on {long_date(london_day(aware))}, so it was not told before"
    assert refused.value.fields == {"on": said}
    around.told(person, by=northvale.officer, matter=matter, on=london_day(aware))


def test_split_family_stands_apart(northvale: World) -> None:
    review = make.opened(northvale)
    around.person(review, by=northvale.officer)
    around.person(review, by=northvale.officer, kin=Kin.GRANDPARENT, known_as="G.A.")
    around.person(review, by=northvale.officer, kin=Kin.FATHER, known_as="F.B.", side="")
    found = {one.heading: len(one.members) for one in sides(people_of(review))}
    assert found == {ALONE: 1, "mother's household": 2}


def test_person_stands_once(northvale: World) -> None:
    review = make.opened(northvale)
    around.person(review, by=northvale.officer)
    with pytest.raises(Refused, match="already"):
        around.person(review, by=northvale.officer)


def test_person_typed_over_a_later_save_is_refused(northvale: World) -> None:
    person = around.person(make.opened(northvale), by=northvale.officer)
    given = {"revision": 1, "by": northvale.officer}
    services.change_person(person, facts={**around.PERSON, "care": "First"}, **given)
    with pytest.raises(Changed):
        services.change_person(person, facts={**around.PERSON, "care": "Second"}, **given)


@pytest.mark.parametrize("who", ["la", "scrutineer", "la_lead", "agency_lead"])
def test_only_the_unit_keeps_the_log(northvale: World, southmere: World, who: str) -> None:
    review = make.opened(northvale)
    person = around.person(review, by=northvale.officer)
    for by in (getattr(northvale, who), southmere.officer):
        with pytest.raises(Refused):
            around.person(review, by=by)
        with pytest.raises(Refused):
            around.told(person, by=by)
    wall_off(review.case, user=northvale.officer.user, by=northvale.manager, reason="Invented conflict")
    with pytest.raises(Refused):
        around.told(person, by=northvale.officer)


def test_entry_is_never_changed_or_removed(northvale: World) -> None:
    contact = around.told(around.person(make.opened(northvale), by=northvale.officer), by=northvale.officer)

    @recorded
    def change() -> None:
        FamilyContact.objects.filter(pk=contact.pk).update(text="Changed")

    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_board_asks_to_look_again_until_told(northvale: World, southmere: World, monday: Any) -> None:
    person = around.person(make.opened(northvale), by=northvale.officer)
    around.not_told(person, by=northvale.officer)
    until = today() + timedelta(days=7)
    assert [one.due_on for one in family_rows(northvale.officer, on=until)] == [until]
    assert family_rows(northvale.officer, on=today()) == []
    assert family_rows(southmere.officer, on=until) == family_rows(northvale.la, on=until) == []
    monday.shift(timedelta(days=1))
    around.told(person, by=northvale.officer)
    assert family_rows(northvale.officer, on=until) == []


def test_board_asks_to_tell_a_signed_decision(northvale: World) -> None:
    review = make.signed(northvale)
    around.person(review, by=northvale.officer)
    titles = [one.title for one in family_rows(northvale.officer, on=today())]
    assert titles == ["Tell the family the decision, or record why not"]


def test_decision_was_not_told_before_it_was_signed(northvale: World) -> None:
    person = around.person(make.signed(northvale), by=northvale.officer)
    with pytest.raises(Refused, match="not told before"):
        around.told(person, by=northvale.officer, matter=Matter.DECISION, on=today() - timedelta(days=1))


def test_decision_taken_again_is_told_again(northvale: World, monday: Any) -> None:
    review = sent_reviews.sent(northvale)
    person = around.person(review, by=northvale.officer)
    around.told(person, by=northvale.officer, matter=Matter.DECISION)
    sent_reviews.answered(review, PanelAnswerKind.ASKS_TO_RECONSIDER, by=northvale.officer)
    redecide(make.found(review), reason="Invented letter", by=northvale.officer)
    assert untold(make.found(review)) == []
    monday.shift(timedelta(days=1))
    make.write_all(make.found(review), by=northvale.officer, note=" again")
    put_to_partners(make.found(review), by=northvale.second_officer)
    for partner in northvale.partners:
        sign(make.found(review), by=partner, answer=Answer.YES, reason="Invented agreement")
    assert untold(make.found(review)) == [person]
    assert decision_of(people_of(review).get()).startswith(
        "Nothing recorded yet of the decision taken again."
    )
    titles = [one.title for one in family_rows(northvale.officer, on=today())]
    assert titles == ["Tell the family the decision, or record why not"]
    around.told(person, by=northvale.officer, matter=Matter.DECISION)
    assert family_rows(northvale.officer, on=today()) == []


def test_board_asks_for_a_family_nobody_wrote_down(northvale: World, southmere: World) -> None:
    review = make.signed(northvale)
    rows = family_rows(northvale.officer, on=today())
    assert [(one.title, one.reference) for one in rows] == [
        ("Tell the family the decision, or record why not", review.case.reference)
    ]
    assert family_rows(southmere.officer, on=today()) == []


def test_what_was_recorded_last_stands(northvale: World, monday: Any) -> None:
    """That somebody had been told after all is recorded after the reason not to tell them."""
    person = around.person(make.opened(northvale), by=northvale.officer)
    monday.shift(timedelta(days=1))
    around.not_told(person, by=northvale.officer)
    around.told(person, by=northvale.officer, on=today() - timedelta(days=1))
    assert family_rows(northvale.officer, on=today() + timedelta(days=7)) == []


def test_log_is_frozen_without_what_was_said(northvale: World) -> None:
    review = make.opened(northvale)
    around.told(around.person(review, by=northvale.officer), by=northvale.officer)
    facts = facts_of(review)["family-told"]
    assert facts[0][0] == "Mother"
    assert "Invented account" not in str(facts)
    assert "M.A." not in str(facts)
