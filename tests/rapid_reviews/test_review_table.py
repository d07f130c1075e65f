"""Every status x step x person of the review, by the engine: done exactly when said here, else nothing is written."""

import pytest
from django.db import transaction

from cspr.cases.models import StatusChange
from cspr.cases.services import grant_access
from cspr.engine import apply
from cspr.people.models import Membership
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import RapidReview
from rapid_reviews.workflow.review import TRANSITIONS
from tests.factories import rapid_reviews as make
from tests.factories.people import World

UNIT = {"officer", "second_officer", "manager"}
MAY: dict[tuple[str, str], set[str]] = {
    ("gathering", "put_to_partners"): UNIT,
    ("with_partners", "take_back"): UNIT,
    ("signed", "take_back"): UNIT,
}
"""(status, step) -> whose. Nobody else, and no other step: the last signature and the leads' decision need theirs."""
MADE = {"gathering": make.written, "with_partners": make.with_partners, "signed": make.signed}


class Undone(Exception):
    """Raised to give a cell's changes back before the next cell."""


def done(review: RapidReview, step: str, by: Membership) -> bool:
    """Whether the step was taken anew; all of it is given back."""
    before = StatusChange.objects.count()
    try:
        with transaction.atomic():
            apply(review, TRANSITIONS[step], by=by, reason="Invented reason")
            if StatusChange.objects.count() == before:
                return False
            raise Undone
    except Undone:
        return True
    except (Refused, AlreadyDone):
        assert StatusChange.objects.count() == before
        return False


@pytest.mark.parametrize("status", MADE)
def test_step_is_taken_by_whose_it_is_and_nobody_else(
    northvale: World, southmere: World, status: str
) -> None:
    review = MADE[status](northvale)
    grant_access(review.case, to=northvale.la_lead, by=northvale.manager, reason="Invented escalation")
    own = northvale.everybody()
    strangers = {f"southmere {name}": who for name, who in southmere.everybody().items()}
    taken = {
        (step.name, name)
        for step in TRANSITIONS
        for name, who in {**own, **strangers}.items()
        if done(review, step.name, who)
    }
    said = {(step, name) for (at, step), names in MAY.items() if at == status for name in names}
    assert taken == said


def test_every_step_cites_its_source() -> None:
    assert [one.name for one in TRANSITIONS if not one.source.cite()] == []
