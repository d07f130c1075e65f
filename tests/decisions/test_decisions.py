"""One question, three partners, one answer each, given by three people; decided by somebody who did not ask."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from cspr.audit.models import Event
from cspr.audit.recording import recorded
from cspr.cases.models import Case
from cspr.cases.services import open_case, wall_off
from cspr.decisions.models import Answer, Decision, Question, SignOff
from cspr.decisions.services import ask, give_view, missing_partners, settle, take_back, view_refusal
from cspr.people.models import Membership, Partner
from cspr.permissions import Role
from cspr.workflow import AlreadyDone, Refused
from tests.audit.test_races import together
from tests.factories.people import World, make_member, make_world

YES, NO, CANNOT = Answer.YES, Answer.NO, Answer.CANNOT_TAKE_PART


@pytest.fixture
def case(northvale: World) -> Case:
    return open_case(northvale.partnership, by=northvale.officer)


@pytest.fixture
def question(northvale: World, case: Case) -> Decision:
    return ask(case, question=Question.NOTIFIABLE, by=northvale.officer, papers=[["Harm", "Invented"]])


def answer(decision: Decision, by: Membership, given: Answer = YES) -> SignOff:
    return give_view(decision, by=by, answer=given, reason="Invented reason")


def decide(decision: Decision, by: Membership, outcome: Answer = YES, **more: Any) -> Decision:
    return settle(decision, by=by, outcome=outcome, rationale="Invented rationale", **more)


def same_person(world: World, person: Membership, role: Role, partner: str = "") -> Membership:
    return make_member(role, user=person.user, partnership=world.partnership, partner=partner)


def test_the_three_answer_and_the_local_authority_decides(northvale: World, question: Decision) -> None:
    for partner in northvale.partners:
        answer(question, partner, NO if partner == northvale.icb else YES)
    decided = decide(question, northvale.la)
    assert (decided.status, decided.settled_by) == ("settled", northvale.la)
    assert Event.objects.get(kind="decision.settled").detail["dissent"] == "integrated care board"


def test_one_person_does_not_answer_for_two_partners(northvale: World, question: Decision) -> None:
    both = same_person(northvale, northvale.la, Role.PARTNER, Partner.ICB)
    answer(question, northvale.la)
    with pytest.raises(Refused, match="One person answers for one partner"):
        answer(question, both)
    assert missing_partners(question) == [Partner.ICB, Partner.POLICE]
    assert view_refusal(question, both) is not None


def test_one_person_does_not_decide_for_one_partner_and_answer_for_another(
    northvale: World, question: Decision
) -> None:
    both = same_person(northvale, northvale.icb, Role.PARTNER, Partner.LA)
    answer(question, northvale.icb)
    answer(question, northvale.la)
    with pytest.raises(Refused, match="One person answers for one partner"):
        decide(question, both, without_view_reason="Invented")


def test_who_asked_neither_answers_nor_decides_in_another_role(northvale: World, question: Decision) -> None:
    both = same_person(northvale, northvale.officer, Role.PARTNER, Partner.LA)
    with pytest.raises(Refused, match="You prepared this"):
        answer(question, both)
    for partner in northvale.partners:
        answer(question, partner)
    with pytest.raises(Refused, match="You prepared this"):
        decide(question, both)
    assert Decision.objects.get().status == "open"


def test_the_database_refuses_the_asker_as_the_one_who_decides(northvale: World, question: Decision) -> None:
    @recorded
    def force() -> None:
        Decision.objects.update(settled_at=question.asked_at, settled_by=question.asked_by)

    with pytest.raises(IntegrityError, match="asker_does_not_settle"), transaction.atomic():
        force()


@pytest.mark.parametrize("who", ["la", "icb", "police", "officer", "manager"])
def test_another_partnership_is_refused_and_told_nothing(
    northvale: World, southmere: World, case: Case, question: Decision, who: str
) -> None:
    stranger = getattr(southmere, who)
    for partner in northvale.partners:
        answer(question, partner)
    acts: list[Callable[[], Any]] = [
        lambda: answer(question, stranger),
        lambda: decide(question, stranger),
        lambda: take_back(question, by=stranger, reason="Invented"),
        lambda: ask(case, question=Question.NOTIFIABLE, by=stranger),
    ]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert "Northvale" not in str(refused.value)


def test_a_partner_behind_a_wall_neither_answers_nor_decides(
    northvale: World, case: Case, question: Decision
) -> None:
    for partner in (northvale.icb, northvale.la):
        wall_off(case, user=partner.user, by=northvale.manager, reason="Knows the family")
    with pytest.raises(Refused):
        answer(question, northvale.icb)
    with pytest.raises(Refused):
        decide(question, northvale.la, without_view_reason="Invented")


@pytest.mark.parametrize("who", ["officer", "manager", "scrutineer", "la_lead", "icb", "police"])
def test_nobody_but_the_local_authority_decides(northvale: World, question: Decision, who: str) -> None:
    with pytest.raises(Refused, match="not yours"):
        decide(question, getattr(northvale, who), without_view_reason="Invented")


@pytest.mark.parametrize("who", ["la", "icb", "scrutineer", "la_lead", "referrer"])
def test_only_the_unit_asks(northvale: World, case: Case, who: str) -> None:
    with pytest.raises(Refused):
        ask(case, question=Question.NOTIFIABLE, by=getattr(northvale, who))


def test_a_view_after_the_decision_is_refused(northvale: World, question: Decision) -> None:
    answer(question, northvale.la)
    decide(question, northvale.la, without_view_reason="Invented reason")
    with pytest.raises(Refused, match="closed"):
        answer(question, northvale.icb)


def test_a_missing_view_needs_a_reason_and_one_who_cannot_take_part_has_given_theirs(
    northvale: World, question: Decision
) -> None:
    answer(question, northvale.la)
    answer(question, northvale.icb, CANNOT)
    with pytest.raises(Refused) as refused:
        decide(question, northvale.la)
    assert "police" in refused.value.fields["without_view_reason"]
    assert "integrated care board" not in refused.value.fields["without_view_reason"]


def test_a_decision_is_yes_or_no(northvale: World, question: Decision) -> None:
    with pytest.raises(Refused) as refused:
        decide(question, northvale.la, CANNOT, without_view_reason="Invented")
    assert set(refused.value.fields) == {"outcome"}


def test_the_same_press_twice_changes_nothing_and_another_is_told(
    northvale: World, question: Decision
) -> None:
    first = answer(question, northvale.icb)
    assert answer(question, northvale.icb).pk == first.pk
    colleague = make_member(Role.PARTNER, partnership=northvale.partnership, partner=Partner.ICB)
    with pytest.raises(AlreadyDone) as done:
        answer(question, colleague)
    assert done.value.by == northvale.icb
    decide(question, northvale.la, without_view_reason="Invented")
    assert decide(question, northvale.la, without_view_reason="Invented").settled_by == northvale.la
    assert Event.objects.filter(kind="decision.settled").count() == 1


def test_an_answer_given_is_not_changed(northvale: World, question: Decision) -> None:
    answer(question, northvale.icb, YES)
    with pytest.raises(AlreadyDone):
        answer(question, northvale.icb, NO)
    assert SignOff.objects.get().answer == YES


@pytest.mark.usefixtures("committed")
def test_at_once_one_answer_a_partner_and_one_decision() -> None:
    world = make_world()
    colleague = make_member(Role.PARTNER, partnership=world.partnership, partner=Partner.LA)
    case = open_case(world.partnership, by=world.officer)
    given = [world.la, colleague, world.icb, world.icb, world.police, world.police]
    deciders, outcomes = [world.la, colleague, world.la, colleague], [YES, NO, YES, NO]
    for _ in range(8):
        question = ask(case, question=Question.NOTIFIABLE, by=world.officer)
        wrong = together(6, lambda number, q=question: answer(q, given[number]) and None)
        assert {type(one) for one in wrong} <= {AlreadyDone}
        assert question.sign_offs.count() == 3
        wrong = together(4, lambda number, q=question: decide(q, deciders[number], outcomes[number]) and None)
        assert {type(one) for one in wrong} == {AlreadyDone}
        assert Event.objects.filter(kind="decision.settled", subject_id=str(question.pk)).count() == 1
    connection.close()
