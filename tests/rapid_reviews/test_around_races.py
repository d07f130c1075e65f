"""Two people at one moment, really committed: one number each, one of each thing, a decision before a conflict."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from cspr.cases import proceedings as register
from cspr.cases.models import FamilyLead, Proceeding, ProceedingHold
from cspr.models import Changed
from cspr.now import today
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import Attendance, FamilyPerson, MeetingPack, Minute, Quorum, SafetyAction
from rapid_reviews.services.attendance import declare_conflict
from rapid_reviews.services.meeting import set_quorum, write_minute
from rapid_reviews.services.packs import freeze_pack
from rapid_reviews.services.proceedings import take_over
from rapid_reviews.services.safety import complete_action
from rapid_reviews.workflow.meeting import missing_partners
from tests.factories import around_reviews as around
from tests.factories import rapid_reviews as make
from tests.factories.people import make_bodies, make_world

pytestmark = pytest.mark.usefixtures("committed")


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that all begin together; a refusal is an answer too."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        barrier.wait(timeout=10)
        try:
            return act()
        except (AlreadyDone, Changed, Refused) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_meeting_written_by_two_at_once() -> None:
    make_bodies()
    world = make_world()
    review = make.opened(world)
    meeting = around.held(review, world)
    item = {"item": "Invented", "discussion": "Invented"}
    at_once(
        lambda: write_minute(meeting, by=world.officer, **item),
        lambda: write_minute(meeting, by=world.second_officer, **item),
    )
    assert sorted(Minute.objects.values_list("position", flat=True)) == [1, 2]
    police = meeting.attendance.get(partner="POLICE")
    decided, _ = at_once(
        lambda: write_minute(meeting, by=world.officer, **item, decision="Invented", who="x"),
        lambda: declare_conflict(police, reason="Invented", by=world.second_officer),
    )
    assert missing_partners(around.fresh(meeting)) == ["POLICE"]
    assert isinstance(decided, Refused) is not Minute.objects.exclude(decision="").exists()
    first, second = ({"name": name, "agency": "Invented Council"} for name in ("One", "Two"))
    answers = at_once(
        lambda: register.name_family_lead(review.case, **first, by=world.officer),
        lambda: register.name_family_lead(review.case, **second, by=world.second_officer),
    )
    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert FamilyLead.objects.count() == 1


def test_two_of_the_unit_do_the_same_at_once() -> None:
    make_bodies()
    world = make_world()
    review = make.opened(world)
    both = (world.officer, world.second_officer)
    action, meeting = around.action(review, by=world.officer), around.held(review, world)
    done = at_once(*(partial(complete_action, action, done_on=today(), note="", by=one) for one in both))
    assert sum(isinstance(one, AlreadyDone) for one in done) == 1
    assert SafetyAction.objects.get().status == "done"
    packs = at_once(*(partial(freeze_pack, meeting, by=one) for one in both))
    assert packs[0] == packs[1] == MeetingPack.objects.get()
    listed = at_once(*(partial(around.present, meeting, world.manager, by=one) for one in both))
    assert sum(isinstance(one, Refused) for one in listed) == 1
    assert Attendance.objects.filter(membership=world.manager).count() == 1
    family = at_once(*(partial(around.person, review, by=one) for one in both))
    assert sum(isinstance(one, Refused) for one in family) == 1
    assert FamilyPerson.objects.count() == 1


def test_two_take_a_proceeding_over_at_once() -> None:
    make_bodies()
    world = make_world()
    known = around.told_in_a_referral(world)
    case = known.referral.case
    rows = at_once(
        *(
            partial(take_over, case, known_id=known.pk, by=one)
            for one in (world.officer, world.second_officer)
        )
    )
    assert rows[0] == rows[1] == Proceeding.objects.get()
    assert ProceedingHold.objects.count() == 1


def test_quorum_set_by_two_at_once_is_set_by_one() -> None:
    make_bodies()
    world = make_world()
    given = {"by": world.manager, "revision": 0}
    answers = at_once(
        partial(set_quorum, world.partnership, partners=["LA"], **given),
        partial(set_quorum, world.partnership, partners=["ICB"], **given),
    )
    assert sum(isinstance(one, Changed) for one in answers) == 1
    assert Quorum.objects.count() == 1
