"""Which route follows from which answers: the whole table of rule 4.4."""

from itertools import product

import pytest

from cspr.statute.definitions import RouteKey
from notifications.options import AbuseKnown, CareStatus, Nature
from notifications.options.incident import PlaceTest
from notifications.workflow.routes import RouteAnswers, clocks_wanted, possible, proposed

KNOWN, SUSPECTED, NEITHER = AbuseKnown.KNOWN, AbuseKnown.SUSPECTED, AbuseKnown.NEITHER
DEATH, HARM, OTHER = Nature.DEATH, Nature.SERIOUS_HARM, Nature.OTHER
HERE, ABROAD, ELSEWHERE = PlaceTest.IN_AREA, PlaceTest.ABROAD_RESIDENT, PlaceTest.NEITHER
LOOKED_AFTER, LEAVER, NO_CARE = CareStatus.LOOKED_AFTER, CareStatus.CARE_LEAVER, CareStatus.NEITHER


@pytest.mark.parametrize(
    ("abuse", "nature", "place", "care", "age", "route", "told"),
    [
        (SUSPECTED, HARM, HERE, NO_CARE, None, "A", False),
        (KNOWN, DEATH, HERE, NO_CARE, None, "A", False),
        (KNOWN, DEATH, ABROAD, NO_CARE, None, "A", False),
        (KNOWN, DEATH, ELSEWHERE, NO_CARE, None, "D", False),
        (NEITHER, DEATH, HERE, NO_CARE, None, "D", False),
        (SUSPECTED, OTHER, HERE, NO_CARE, None, "D", False),
        (SUSPECTED, DEATH, HERE, LOOKED_AFTER, 9, "A", True),
        (NEITHER, DEATH, HERE, LOOKED_AFTER, 9, "B", True),
        (SUSPECTED, DEATH, ELSEWHERE, LOOKED_AFTER, 9, "B", True),
        (SUSPECTED, HARM, HERE, LOOKED_AFTER, 9, "A", False),
        (NEITHER, HARM, HERE, LOOKED_AFTER, 9, "D", False),
        (SUSPECTED, DEATH, HERE, LEAVER, 17, "A", True),
        (NEITHER, DEATH, HERE, LEAVER, 17, "C", True),
        (SUSPECTED, DEATH, HERE, LEAVER, 18, "C", True),
        (SUSPECTED, DEATH, HERE, LEAVER, 24, "C", True),
        (SUSPECTED, DEATH, HERE, LEAVER, 25, "D", False),
        (SUSPECTED, DEATH, HERE, LEAVER, None, "C", True),
        (SUSPECTED, HARM, HERE, LEAVER, 20, "D", False),
    ],
)
def test_route_follows_from_the_answers(
    abuse: str, nature: str, place: str, care: str, age: int | None, route: str, told: bool
) -> None:
    answers = RouteAnswers(abuse, nature, place, care, age)
    assert (proposed(answers), answers.death_to_be_told) == (route, told)


def everything() -> list[RouteAnswers]:
    ages = (None, 0, 17, 18, 24, 25)
    return [
        RouteAnswers(*row)
        for row in product(
            (KNOWN, SUSPECTED, NEITHER), Nature.values, PlaceTest.values, CareStatus.values, ages
        )
    ]


def test_the_proposed_route_can_always_be_confirmed() -> None:
    assert all(proposed(answers) in possible(answers) for answers in everything())


def test_a_death_that_has_to_be_told_never_leaves_without_its_clock() -> None:
    told = [answers for answers in everything() if answers.death_to_be_told]
    assert told
    assert all(
        "C3" in clocks_wanted(route_key=key, death_to_be_told=True)
        for answers in told
        for key in possible(answers)
    )
    assert all(RouteKey.D not in possible(answers) for answers in told)


def test_without_a_route_the_clocks_of_a_serious_incident_run() -> None:
    assert clocks_wanted(route_key="", death_to_be_told=False) == {"C1", "C2"}


@pytest.mark.parametrize(
    ("route", "clocks"), [("A", {"C1", "C2"}), ("B", {"C3"}), ("C", {"C3"}), ("D", set())]
)
def test_clocks_of_a_route(route: str, clocks: set[str]) -> None:
    assert clocks_wanted(route_key=route, death_to_be_told=False) == clocks


def test_a_serious_incident_in_which_a_looked_after_child_died_runs_all_three() -> None:
    assert clocks_wanted(route_key="A", death_to_be_told=True) == {"C1", "C2", "C3"}
