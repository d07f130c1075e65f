"""Required content and the chapter's words: what a step asks for, when, and on whose authority."""

import pytest

from cspr.statute import criteria, definitions, sources
from cspr.statute.definitions import DEFINITIONS, ROUTES, Definition, Route, route
from cspr.statute.duties import DUTIES, Duty, Step, missing, required

SENT = {"system_reference", "sent_at", "sent_by", "evidence"}
WORDS = [each.text for each in DEFINITIONS] + [duty.sentence for duty in DUTIES]


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: f"{duty.key}-{duty.what}-{duty.step.name}")
def test_a_duty_cites_a_known_source(duty: Duty) -> None:
    assert duty.source in sources.ALL
    assert duty.sentence == duty.sentence.strip() != ""


@pytest.mark.parametrize("step", Step)
def test_a_step_asks_for_each_thing_once(step: Step) -> None:
    asked = [duty.what for duty in DUTIES if duty.step == step]
    assert asked
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("without", sorted(SENT))
def test_sending_is_not_recorded_without_each_proof(without: str) -> None:
    assert missing(Step.RECORD_SENT, SENT) == ()
    assert [duty.what for duty in missing(Step.RECORD_SENT, SENT - {without})] == [without]


def test_a_condition_asks_only_where_it_holds() -> None:
    always = {duty.what for duty in required(Step.SUBMIT_REFERRAL)}
    abroad = {duty.what for duty in required(Step.SUBMIT_REFERRAL, circumstances={"outside England"})}
    assert abroad - always == {"normally_resident"}


def test_the_decision_asks_for_both_halves_the_place_the_views_and_the_route() -> None:
    asked = {duty.key for duty in required(Step.DECIDE_NOTIFIABLE)}
    assert asked == {"C1", "3.1", "4.2", "4.3", "4.4"}
    assert "3.2" in {
        duty.key for duty in required(Step.DECIDE_NOTIFIABLE, circumstances={"the child did not die"})
    }


def test_a_name_is_never_required() -> None:
    assert not [duty for duty in DUTIES if duty.step == Step.SUBMIT_REFERRAL and duty.what.endswith("name")]


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        (criteria.LOCAL_CRITERIA, 4),
        (criteria.LOCAL_CIRCUMSTANCES, 4),
        (criteria.NATIONAL_CRITERIA, 3),
        (criteria.NATIONAL_CIRCUMSTANCES, 4),
        (criteria.REVIEWER, 6),
        (criteria.REPORT, 3),
        (criteria.RECOMMENDATION, 4),
    ],
)
def test_a_list_of_the_chapter_is_complete(rule: tuple[Duty, ...], rows: int) -> None:
    assert len(rule) == rows


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda definition: definition.term)
def test_a_hint_ends_with_its_citation(definition: Definition) -> None:
    assert definition.hint.endswith(f". {definition.source.cite()}.")
    assert ".." not in definition.hint


def test_a_serious_case_joins_its_two_halves_with_and() -> None:
    assert "is known or suspected; and The child has died" in definitions.SERIOUS_CASE.hint


def test_the_chapters_slip_is_nowhere_repeated() -> None:
    assert not [words for words in WORDS if "avoids the safety" in words]


@pytest.mark.parametrize(
    ("key", "clocks", "rapid_review"),
    [("A", ("C1", "C2"), True), ("B", ("C3",), False), ("C", ("C3",), False), ("D", (), False)],
)
def test_a_route_starts_its_clocks_and_only_a_leads_to_a_rapid_review(
    key: str, clocks: tuple[str, ...], rapid_review: bool
) -> None:
    assert (route(key).clocks, route(key).rapid_review) == (clocks, rapid_review)


def test_there_are_four_routes() -> None:
    assert [each.key for each in ROUTES] == ["A", "B", "C", "D"]
    assert all(isinstance(each, Route) and each.source in sources.ALL for each in ROUTES)
