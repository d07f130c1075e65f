"""The board holds a line of each national review until all is recorded that the page asks for. Rule 7.2."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from cspr.cases.services import wall_off
from cspr.now import today
from cspr.workflow import Refused
from rapid_reviews.models import RapidReview
from rapid_reviews.options.family import Matter
from rapid_reviews.options.sending import PanelAnswerKind
from rapid_reviews.presenters.family import NOT_YET
from rapid_reviews.presenters.national import national_shown
from rapid_reviews.services.closing import close_not_meeting
from rapid_reviews.services.national import (
    record_national_considered,
    record_national_scope,
    record_secretary_told,
)
from rapid_reviews.services.signing import redecide
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories import sent_reviews as panel
from tests.factories.board import national_rows
from tests.factories.people import World

Kind = PanelAnswerKind
TITLE = "Record what is missing of the national review"


def national(world: World, **letter: Any) -> RapidReview:
    """Sent, and answered by a national review."""
    review = panel.sent(world)
    panel.answered(review, Kind.NATIONAL_REVIEW, by=world.officer, **letter)
    return make.found(review)


def discussed(review: RapidReview, world: World, **said: Any) -> None:
    given = {"scope": "", "method": "", "engagement": "", "partners": ["LA"], **said}
    record_national_scope(review, discussed_on=today(), by=world.officer, **given)


def is_missing_on_the_page(review: RapidReview, world: World) -> bool:
    """Whether the page says of anything that it is not recorded yet, or that nobody of the family is written down."""
    page = national_shown(make.found(review), world.officer)
    said = [str(row.value) for row in (*page.letters[-1].rows, *page.told, *page.family)]
    return bool(page.missing) or NOT_YET in said or not page.family


def test_line_names_what_is_missing_and_goes_when_all_is_recorded(northvale: World, monday: Any) -> None:
    review, by = national(northvale), northvale.officer
    (row,) = national_rows(by)
    assert (row.title, row.due_on, row.for_others) == (TITLE, None, False)
    assert row.href == reverse("rapid_review_national", args=[review.case_id])
    assert row.told == (
        "not recorded yet: what the Panel considered, the scope, the method, how the Panel will engage with people, "
        "a discussion with each partner, that the Secretary of State was told and that the family was told"
    )
    steps: list[tuple[Callable[[], Any], str]] = [
        (lambda: discussed(review, northvale, scope="Invented"), "the scope"),
        (lambda: discussed(review, northvale, method="Invented", partners=["ICB"]), "the method"),
        (
            lambda: record_national_considered(review, criteria=["themes"], circumstances=[], by=by),
            "what the Panel considered",
        ),
        (
            lambda: discussed(review, northvale, engagement="Invented"),
            "how the Panel will engage with people",
        ),
        (
            lambda: discussed(review, northvale, scope="Invented", partners=["POLICE"]),
            "a discussion with each partner",
        ),
        (
            lambda: record_secretary_told(review, told_on=today(), how_known="Invented", by=by),
            "that the Secretary of State was told",
        ),
    ]
    for step, gone in steps:
        assert gone in national_rows(by)[0].told
        step()
        monday.shift(60)
        assert gone not in national_rows(by)[0].told
    assert national_rows(by)[0].told == "not recorded yet: that the family was told"
    mother = around.person(review, by=by)
    father = around.person(review, by=by, known_as="F.B.")
    around.told(mother, by=by, matter=Matter.NATIONAL)
    around.told(father, by=by, matter=Matter.REVIEW)
    assert len(national_rows(by)) == 1
    assert is_missing_on_the_page(review, northvale)
    around.not_told(father, by=by, matter=Matter.NATIONAL)
    assert national_rows(by) == []
    assert not is_missing_on_the_page(review, northvale)


def test_another_letter_asks_what_it_considered_again(northvale: World, monday: Any) -> None:
    review = national(northvale, criteria=["themes"])
    assert "considered" not in national_rows(northvale.officer)[0].told
    monday.shift(3600)
    panel.answered(review, Kind.NATIONAL_REVIEW, by=northvale.officer)
    (row,) = national_rows(northvale.officer)
    assert "what the Panel considered" in row.told


def test_line_is_the_units_alone(northvale: World, southmere: World) -> None:
    review = national(northvale)
    wall_off(review.case, user=northvale.second_officer.user, by=northvale.manager, reason="Invented")
    seen = {name: len(national_rows(one)) for name, one in northvale.everybody().items()}
    assert {name for name, number in seen.items() if number} == {"officer", "manager"}
    assert national_rows(southmere.officer) == []


@pytest.mark.parametrize("kind", [one for one in Kind if one != Kind.NATIONAL_REVIEW])
def test_other_answers_have_no_such_line(northvale: World, kind: Kind) -> None:
    panel.answered(panel.sent(northvale), kind, by=northvale.officer)
    assert national_rows(northvale.officer) == []


def test_line_stands_while_the_decision_is_taken_again_and_the_review_cannot_be_closed(
    northvale: World,
) -> None:
    review = panel.sent(northvale)
    panel.answered(review, Kind.DISAGREES, by=northvale.officer)
    again = make.found(redecide(make.found(review), reason="Invented", by=northvale.officer))
    panel.answered(again, Kind.NATIONAL_REVIEW, by=northvale.officer)
    assert [one.title for one in national_rows(northvale.officer)] == [TITLE]
    with pytest.raises(Refused, match="The Panel holds a national review"):
        close_not_meeting(
            make.found(again), reason="Invented", correspondence=panel.wrote(), by=northvale.manager
        )
    assert [one.title for one in national_rows(northvale.officer)] == [TITLE]
