"""One step: by whom, once, all of it or nothing. The table here is made up; the rows are decisions and drafts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from cspr.audit.models import Event
from cspr.audit.verification import faults
from cspr.cases.models import Case, StatusChange
from cspr.cases.services import grant_access, open_case, wall_off
from cspr.decisions.models import Decision, Question
from cspr.decisions.services import ask
from cspr.engine import apply
from cspr.now import now
from cspr.people.models import Membership
from cspr.permissions import Permission, Role
from cspr.statute.sources import CHAPTER_4
from cspr.workflow import STAYS, AlreadyDone, Refused, Transition
from notifications.models import Referral
from tests.audit.test_races import together
from tests.factories.people import World, make_agency, make_member, make_world
from tests.factories.referrals import started

OPEN, SETTLED, TAKEN_BACK = "open", "settled", "taken_back"


def row(name: str, from_: str, to: str, **more: Any) -> Transition:
    given = {"permission": Permission.TRIAGE, **more}
    return Transition(
        name, name.replace("_", " ").capitalize(), frozenset({from_}), to, source=CHAPTER_4, **given
    )


CLOSE = row("close_it", OPEN, TAKEN_BACK, past="taken_back")
SHUT = row("shut_it", OPEN, TAKEN_BACK)
OPEN_AGAIN = row("open_again", TAKEN_BACK, OPEN)
STAY = row("stay", OPEN, OPEN)
RECORD = row("record_it", OPEN, STAYS)
SEND = row("send", "draft", "submitted", permission=Permission.MAKE_REFERRAL, past="submitted")


@pytest.fixture
def case(northvale: World) -> Case:
    return open_case(northvale.partnership, by=northvale.officer)


@pytest.fixture
def question(northvale: World, case: Case) -> Decision:
    return ask(case, question=Question.NOTIFIABLE, by=northvale.officer)


def steps(subject: Any) -> list[str]:
    return list(
        StatusChange.objects.filter(subject_id=subject.pk)
        .order_by("changed_at")
        .values_list("transition", flat=True)
    )


def test_a_step_writes_status_change_moment_person_and_event(northvale: World, question: Decision) -> None:
    done = apply(
        question, CLOSE, by=northvale.manager, reason="Invented", changes={"taken_back_reason": "Invented"}
    )
    stored = Decision.objects.get()
    assert (stored.status, stored.taken_back_by) == (TAKEN_BACK, northvale.manager)
    assert done.taken_back_at == stored.taken_back_at
    change = StatusChange.objects.get()
    assert (change.from_status, change.to_status, change.reason) == (OPEN, TAKEN_BACK, "Invented")
    assert Event.objects.filter(kind="decision.close_it").count() == 1


def test_pressed_twice_by_one_person_nothing_happens_twice(northvale: World, question: Decision) -> None:
    apply(question, CLOSE, by=northvale.manager)
    again = apply(question, CLOSE, by=northvale.manager)
    assert again.status == TAKEN_BACK
    assert steps(question) == ["close_it"]


def test_pressed_by_a_second_person_it_is_already_done(northvale: World, question: Decision) -> None:
    apply(question, CLOSE, by=northvale.manager)
    with pytest.raises(AlreadyDone) as done:
        apply(question, CLOSE, by=northvale.officer)
    assert done.value.by == northvale.manager


def test_a_step_taken_in_an_earlier_round_is_not_this_round_s(northvale: World, question: Decision) -> None:
    for step in (CLOSE, OPEN_AGAIN, SHUT):
        apply(question, step, by=northvale.manager)
    with pytest.raises(Refused, match="cannot be done"):
        apply(question, CLOSE, by=northvale.officer)
    assert steps(question) == ["close_it", "open_again", "shut_it"]


def test_a_step_that_stays_is_taken_each_time(northvale: World, question: Decision) -> None:
    apply(question, STAY, by=northvale.manager)
    apply(question, STAY, by=northvale.manager)
    assert steps(question) == ["stay", "stay"]


def test_a_step_that_only_records_moves_nothing_and_leaves_the_last_step_the_last(
    northvale: World, question: Decision
) -> None:
    for step in (CLOSE, OPEN_AGAIN):
        apply(question, step, by=northvale.manager)
    done = apply(question, RECORD, by=northvale.officer)
    assert (done.status, steps(question)) == (OPEN, ["close_it", "open_again"])
    assert Event.objects.filter(kind="decision.record_it").count() == 1
    assert apply(question, OPEN_AGAIN, by=northvale.manager).status == OPEN
    apply(question, SHUT, by=northvale.manager)
    with pytest.raises(Refused, match="cannot be done"):
        apply(question, RECORD, by=northvale.officer)


def test_a_row_without_a_case_is_moved_once_too(northvale: World) -> None:
    draft = started(northvale.referrer)
    apply(draft, SEND, by=northvale.referrer, changes={"reference": "NVL-R-2026-0001"})
    assert apply(draft, SEND, by=northvale.referrer).status == "submitted"
    with pytest.raises(AlreadyDone):
        apply(draft, SEND, by=northvale.agency_lead)
    assert Event.objects.filter(kind="referral.send").count() == 1
    assert not StatusChange.objects.filter(subject_id=draft.pk).exists()


def test_an_agency_comes_to_its_own_rows_only(northvale: World, southmere: World) -> None:
    draft = started(northvale.referrer)
    for stranger in (northvale.other_referrer, southmere.referrer):
        with pytest.raises(Refused, match="cannot open"):
            apply(draft, SEND, by=stranger)
    assert Referral.objects.get().status == "draft"


def strangers(northvale: World, southmere: World, case: Case) -> dict[str, Membership]:
    walled = make_member(Role.OFFICER, partnership=northvale.partnership)
    wall_off(case, user=walled.user, by=northvale.manager, reason="Invented")
    lender = make_agency(northvale.partnership)
    return {
        "other officer": southmere.officer,
        "other manager": southmere.manager,
        "walled officer": walled,
        "referrer": make_member(Role.REFERRER, agency=lender),
        "former officer": make_member(
            Role.OFFICER, partnership=northvale.partnership, ends_on=northvale.officer.starts_on
        ),
    }


def test_nobody_moves_what_they_cannot_open(
    northvale: World, southmere: World, case: Case, question: Decision
) -> None:
    anybody = row("anybody_s", OPEN, TAKEN_BACK, permission=Permission.SIGNED_IN)
    for name, stranger in strangers(northvale, southmere, case).items():
        for step in (CLOSE, anybody):
            with pytest.raises(Refused) as refused:
                apply(question, step, by=stranger)
            assert "Northvale Officer" not in str(refused.value), name
    assert steps(question) == []


def test_a_stranger_is_not_told_who_did_it(northvale: World, southmere: World, question: Decision) -> None:
    apply(question, CLOSE, by=northvale.manager)
    for stranger in (southmere.manager, northvale.scrutineer):
        with pytest.raises(Refused) as refused:
            apply(question, CLOSE, by=stranger)
        assert "Northvale Manager" not in str(refused.value)


def test_a_role_that_ended_a_moment_ago_moves_nothing(northvale: World, question: Decision) -> None:
    acting = northvale.second_officer
    assert acting.is_current
    Membership.objects.filter(pk=acting.pk).update(ended_at=now(), ended_by=northvale.manager)
    with pytest.raises(Refused):
        apply(question, CLOSE, by=acting)


def test_a_grant_on_the_case_is_enough_to_come_to_it(
    northvale: World, case: Case, question: Decision
) -> None:
    see = row("see_it", OPEN, OPEN, permission=Permission.SEE_CASES)
    with pytest.raises(Refused):
        apply(question, see, by=northvale.la_lead)
    grant_access(case, to=northvale.la_lead, by=northvale.manager, reason="Escalated")
    assert apply(question, see, by=northvale.la_lead).status == OPEN


def test_the_status_is_read_under_the_lock(northvale: World, question: Decision) -> None:
    stale = Decision.objects.get()
    apply(question, SHUT, by=northvale.manager)
    assert stale.status == OPEN
    with pytest.raises(Refused):
        apply(stale, CLOSE, by=northvale.officer)


@pytest.mark.parametrize("column", ["status", "id", "pk"])
def test_what_the_engine_sets_cannot_be_slipped_in(northvale: World, question: Decision, column: str) -> None:
    with pytest.raises(ValueError, match=column):
        apply(question, CLOSE, by=northvale.manager, changes={column: "settled"})
    assert Decision.objects.get().status == OPEN


def test_an_error_in_what_else_is_written_undoes_the_step(northvale: World, question: Decision) -> None:
    before = Event.objects.count()

    def fail(subject: Decision) -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - made up, nothing to match
        apply(question, CLOSE, by=northvale.manager, write=fail)
    assert Decision.objects.get().status == OPEN
    assert steps(question) == []
    assert Event.objects.count() == before


def test_a_step_that_needs_a_reason_has_one(northvale: World, question: Decision) -> None:
    careful = row("careful", OPEN, TAKEN_BACK, needs_reason=True)
    with pytest.raises(Refused) as refused:
        apply(question, careful, by=northvale.manager, reason=" \n")
    assert set(refused.value.fields) == {"reason"}


@pytest.mark.usefixtures("committed")
def test_two_people_at_once_one_step_and_the_other_is_told() -> None:
    world = make_world()
    case = open_case(world.partnership, by=world.officer)
    rounds, told = 10, []
    subjects = []
    for _ in range(rounds):
        subject = ask(case, question=Question.NOTIFIABLE, by=world.officer)
        subjects.append(subject)
        people = [world.manager, world.second_officer, world.manager, world.officer]
        wrong = together(4, _pressing(subject, people))
        told.extend(wrong)
    assert [type(error) for error in told if not isinstance(error, AlreadyDone)] == []
    assert [steps(subject) for subject in subjects] == [["close_it"]] * rounds
    assert list(faults()) == []
    connection.close()


def _pressing(subject: Decision, people: list[Membership]) -> Callable[[int], None]:
    def press(number: int) -> None:
        apply(subject, CLOSE, by=people[number])

    return press
