"""Writing a rapid review: sections, criteria, the decision. Rules 5.2, 5.4, 5.5, 6.1."""

import pytest

from cspr.cases.services import wall_off
from cspr.models import Changed
from cspr.workflow import Refused
from rapid_reviews.options.review import Met, Outcome
from rapid_reviews.selectors.facts import facts_of, first_words
from rapid_reviews.services.signing import put_to_partners
from rapid_reviews.services.writing import answer_criterion, save_section, write_decision, write_detail
from rapid_reviews.workflow.content import CRITERIA, DETAILS, missing_before_signing
from tests.factories import rapid_reviews as make
from tests.factories.people import World


def test_what_is_missing_is_said_until_all_is_written(northvale: World) -> None:
    review = make.opened(northvale)
    missing = missing_before_signing(review)
    assert "Write the section “Equality and context”." in missing
    assert sum(one.startswith("Answer, with the reason") for one in missing) == 8
    assert missing[-1] == "Write the proposed decision with its rationale."
    assert missing_before_signing(make.write_all(review, by=northvale.officer)) == []


def test_review_without_its_equality_section_is_not_put_to_the_partners(northvale: World) -> None:
    review = make.written(northvale)
    save_section(review, section="equality", text="", revision=None, by=northvale.officer)
    with pytest.raises(Refused, match="Equality and context"):
        put_to_partners(review, by=northvale.officer)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_each_decision_asks_for_what_follows_from_it(northvale: World, outcome: Outcome) -> None:
    review = make.opened(northvale)
    write_decision(review, outcome=outcome, rationale="Invented", revision=None, by=northvale.officer)
    asked = [
        one for one in missing_before_signing(make.found(review)) if one.startswith("Write with the decision")
    ]
    assert len(asked) == sum(required for _, required in DETAILS[outcome])


def test_decision_needs_its_rationale(northvale: World) -> None:
    review = make.opened(northvale)
    with pytest.raises(Refused) as refused:
        write_decision(review, outcome=Outcome.NONE, rationale=" ", revision=None, by=northvale.officer)
    assert "rationale" in refused.value.fields


def test_criterion_needs_its_reason(northvale: World) -> None:
    review = make.opened(northvale)
    with pytest.raises(Refused) as refused:
        answer_criterion(
            review,
            criterion=CRITERIA[0].what,
            answer=Met.UNCLEAR,
            reason="",
            revision=None,
            by=northvale.officer,
        )
    assert "reason" in refused.value.fields


def test_what_follows_comes_after_the_decision(northvale: World) -> None:
    review = make.opened(northvale)
    with pytest.raises(Refused, match="proposed decision first"):
        write_detail(review, answers={}, revision=None, by=northvale.officer)


def test_section_saved_over_a_later_one_shows_it(northvale: World) -> None:
    review = make.opened(northvale)
    save_section(review, section="incident", text="Invented first", revision=1, by=northvale.officer)
    with pytest.raises(Changed):
        save_section(
            review, section="incident", text="Invented second", revision=1, by=northvale.second_officer
        )


def test_two_sections_are_written_side_by_side(northvale: World) -> None:
    review = make.opened(northvale)
    save_section(review, section="incident", text="Invented one", revision=1, by=northvale.officer)
    save_section(review, section="equality", text="Invented two", revision=1, by=northvale.second_officer)
    texts = {one.key: one.text for one in make.found(review).sections.all()}
    assert (texts["incident"], texts["equality"]) == ("Invented one", "Invented two")


@pytest.mark.parametrize("who", ["la", "la_lead", "scrutineer", "agency_lead"])
def test_review_is_written_by_the_unit_only(northvale: World, who: str) -> None:
    review = make.opened(northvale)
    with pytest.raises(Refused):
        save_section(review, section="incident", text="Invented", revision=1, by=getattr(northvale, who))


def test_unit_of_another_partnership_writes_nothing(northvale: World, southmere: World) -> None:
    review = make.opened(northvale)
    with pytest.raises(Refused, match="cannot open this case"):
        save_section(review, section="incident", text="Invented", revision=1, by=southmere.officer)


def test_walled_off_officer_writes_nothing(northvale: World) -> None:
    review = make.opened(northvale)
    wall_off(review.case, user=northvale.officer.user, by=northvale.manager, reason="Invented conflict")
    with pytest.raises(Refused, match="cannot open this case"):
        save_section(review, section="incident", text="Invented", revision=1, by=northvale.officer)


def test_case_says_what_it_knows_without_names(northvale: World) -> None:
    review = make.opened(northvale)
    facts = facts_of(review)
    assert ["Reference of the national system", "SIN-2026-00042"] in facts["identifiers"]
    assert facts["children"][0][0] == "Child 1"
    assert "Invented Child" not in str(facts)
    assert "Northvale Invented School" in str(facts["agencies"])


def test_section_starts_from_what_the_referral_says(northvale: World) -> None:
    review = make.opened(northvale)
    assert first_words(review, "incident") == "An invented account of an invented incident."
    assert first_words(review, "equality") == ""
