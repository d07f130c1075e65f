"""Two people at one moment, really committed: withdrawn once, read once, nothing answered that is shared no more."""

import pytest

from cspr.audit.models import Event
from cspr.workflow import AlreadyDone, Refused
from notifications.models import AreaAnswer, OtherArea
from notifications.services.shared import receive
from notifications.services.sharing import Chosen, withdraw_share
from tests.factories import incidents, sharing
from tests.factories.people import World, make_world
from tests.notifications.test_incident_races import together

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def areas(committed: None) -> tuple[World, World, OtherArea]:
    """Both areas, and the one named on a case of the other."""
    north, south = make_world("NVL", "Northvale"), make_world("SMR", "Southmere")
    return north, south, sharing.area_of(incidents.ready(north), to=south, by=north.officer)


def count(kind: str) -> int:
    return Event.objects.filter(kind=kind).count()


def test_two_who_withdraw_and_two_who_read_at_one_moment(areas: tuple[World, World, OtherArea]) -> None:
    north, south, area = areas
    made = sharing.shared(area, by=north.officer, chosen=Chosen(note="Invented"))
    together(*(lambda who=who: receive(area, by=who) for who in (south.officer, south.manager)))
    assert count("share.received") == 1
    done = together(
        *(
            lambda who=who: withdraw_share(made, by=who, reason="Invented")
            for who in (north.officer, north.manager)
        )
    )
    assert [type(one) for one in done].count(AlreadyDone) == 1
    assert count("share.withdrawn") == 1


def test_an_answer_and_a_withdrawal_at_one_moment(areas: tuple[World, World, OtherArea]) -> None:
    north, south, area = areas
    made = sharing.shared(area, by=north.officer, chosen=Chosen(note="Invented"))
    given, _ = together(
        lambda: sharing.answered(area, by=south.officer),
        lambda: withdraw_share(made, by=north.officer, reason="Invented"),
    )
    assert isinstance(given, (AreaAnswer, Refused))
    assert AreaAnswer.objects.count() == count("area.answered") == int(isinstance(given, AreaAnswer))
    made.refresh_from_db()
    assert made.withdrawn_at is not None
