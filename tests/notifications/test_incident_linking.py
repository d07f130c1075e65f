"""Several referrals, one incident: who is suggested and why, and what goes along when cases are joined."""

from datetime import date, time
from typing import Any

import pytest
import time_machine

from cspr.audit.models import Event
from cspr.cases.kinds import HoldOn
from cspr.cases.models import Case, Proceeding
from cspr.cases.proceedings import family_lead, name_family_lead, standing_holds
from cspr.cases.services import wall_off
from cspr.deadlines.models import Deadline
from cspr.decisions.models import Decision, DecisionStatus
from cspr.govuk.dates import RoughDate, london_moment
from cspr.workflow import AlreadyDone, Refused
from notifications.models import Incident, Referral
from notifications.options.incident import IncidentStatus
from notifications.selectors.duplicates import likely_duplicates
from notifications.selectors.incident import incident_of, referrals_of
from notifications.services.linking import link
from notifications.workflow.sounds import alike, likely_slips, sound_alike
from tests.factories import around_reviews as around
from tests.factories import incidents as make
from tests.factories.people import World

MONDAY = london_moment(date(2026, 11, 23), time(9, 0))
FAR = {
    "occurred_precision": RoughDate.EXACT,
    "occurred_on": date(2026, 9, 1),
    "occurred_until_on": date(2026, 9, 1),
}
STRANGER = {"name": "Wholly Unlike", "born_on": date(2011, 1, 30)}


@pytest.fixture(autouse=True)
def monday() -> object:
    """Monday 23 November 2026, 9:00 in London."""
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Sean Smyth", "Shaun Smith"),
        ("Mohammed Khan", "Muhammad Kahn"),
        ("Katherine O'Neill", "Cathryn ONeil"),
        ("Zoë Müller", "Zoe Muller"),
        ("Smith, Aleksandra", "Alexandra Smith"),
        ("Baby of Smith", "Smyth"),
        ("Олександра Шевченко", "Олександра Шевченко"),
    ],
)
def test_names_that_sound_alike(first: str, second: str) -> None:
    assert sound_alike(first, second)


@pytest.mark.parametrize(
    ("first", "second"), [("Sean Smith", "Peter Smith"), ("", "Smith"), ("Amir Ali", "Rose May")]
)
def test_names_that_do_not(first: str, second: str) -> None:
    assert not sound_alike(first, second)


def test_each_word_counts_once() -> None:
    assert alike("Ali Ali", "Ali Khan") == 1


def test_dates_with_figures_changed_round() -> None:
    assert date(2020, 4, 3) in likely_slips(date(2020, 3, 4))
    assert date(2002, 3, 4) in likely_slips(date(2020, 3, 4))
    assert likely_slips(date(2011, 1, 30)) == [date(2011, 1, 30)]


@pytest.mark.parametrize(
    ("child", "answers", "reason"),
    [
        ({"name": "Invinted Chyldname", "born_on": date(2011, 1, 30)}, FAR, "A child’s name sounds alike"),
        ({"name": "Invented Childname", "born_on": None, "age": 6}, FAR, "A child has the same name"),
        ({**STRANGER, "born_on": date(2020, 3, 27)}, FAR, "A child has the same date of birth"),
        (
            {**STRANGER, "born_on": date(2002, 3, 27)},
            FAR,
            "A child’s date of birth is the same with figures changed round",
        ),
        (
            STRANGER,
            {"place_description": "12 Rosewood Terrace, DH1 3XX"},
            "It happened within 3 days of this one, on Thursday 12 November 2026, and the places are described alike",
        ),
        (
            {**STRANGER, "name": "Somebody Childname"},
            {},
            (
                "It happened within 3 days of this one, on Thursday 12 November 2026, "
                "and part of a child’s name sounds alike"
            ),
        ),
    ],
)
def test_a_suggestion_says_why(northvale: World, child: dict, answers: dict, reason: str) -> None:
    first = make.received(northvale, answers={"place_description": "At 12 Rosewood Terrace DH13XX"})
    second = make.received(northvale, by=northvale.other_referrer, answers=answers, nhs_number="", **child)
    found = likely_duplicates(second, to=northvale.officer)
    assert [one.incident for one in found] == [first]
    assert reason in found[0].reasons


def test_what_is_not_alike_is_not_suggested(northvale: World) -> None:
    make.received(northvale)
    other = make.received(northvale, by=northvale.other_referrer, answers=FAR, nhs_number="", **STRANGER)
    assert likely_duplicates(other, to=northvale.officer) == []


def test_a_case_behind_a_wall_is_not_suggested(northvale: World) -> None:
    first, second = make.received(northvale), make.received(northvale, by=northvale.other_referrer)
    wall_off(first.case, user=northvale.officer.user, by=northvale.manager, reason="Invented")
    assert likely_duplicates(second, to=northvale.officer) == []
    assert [one.incident for one in likely_duplicates(second, to=northvale.second_officer)] == [first]


def test_another_partnerships_case_is_not_suggested(northvale: World, southmere: World) -> None:
    make.received(southmere)
    assert likely_duplicates(make.received(northvale), to=northvale.officer) == []


def test_suggestions_take_the_same_queries_at_one_case_and_at_five(
    northvale: World, django_assert_max_num_queries: Any
) -> None:
    incident = make.received(northvale)
    for _ in range(5):
        make.received(northvale, by=northvale.other_referrer)
    with django_assert_max_num_queries(7):
        assert len(likely_duplicates(incident, to=northvale.officer)) == 5


@pytest.mark.parametrize("backwards", [False, True])
def test_joining_moves_the_referrals_and_closes_the_emptied_case(northvale: World, backwards: bool) -> None:
    first, second = make.received(northvale), make.received(northvale, by=northvale.other_referrer)
    source, target = (first, second) if backwards else (second, first)
    joined = link(source, into=target, by=northvale.officer, reason="One incident")
    case = Case.objects.get(pk=source.case_id)
    assert (joined.status, joined.linked_into) == (IncidentStatus.LINKED, target)
    assert (case.merged_into_id, case.closed_by) == (target.case_id, northvale.officer)
    assert len(referrals_of(target)) == 2
    assert referrals_of(joined) == []
    assert not Deadline.objects.filter(case=case, withdrawn_at=None).exists()


def test_the_earliest_receipt_and_the_earliest_awareness_stay(northvale: World) -> None:
    with time_machine.travel(london_moment(date(2026, 11, 19), time(9, 0)), tick=False):
        early = make.aware(make.received(northvale), by=northvale.officer)
    late = make.aware(
        make.received(northvale, by=northvale.other_referrer),
        by=northvale.officer,
        at=london_moment(date(2026, 11, 20), time(9, 0)),
    )
    link(early, into=late, by=northvale.officer, reason="One incident")
    kept = incident_of(late.case)
    assert kept.aware_at == make.AWARE
    due = {one.clock: (one.first_due_on, one.due_on) for one in Deadline.objects.filter(case=late.case)}
    assert due["C4"] == (date(2026, 11, 24), date(2026, 11, 20))
    assert due["C1"] == (date(2026, 11, 27), date(2026, 11, 20))


def test_a_later_awareness_changes_nothing(northvale: World) -> None:
    early = make.aware(make.received(northvale), by=northvale.officer)
    late = make.aware(
        make.received(northvale, by=northvale.other_referrer),
        by=northvale.officer,
        at=london_moment(date(2026, 11, 20), time(9, 0)),
    )
    link(late, into=early, by=northvale.officer, reason="One incident")
    assert incident_of(early.case).aware_at == make.AWARE


def test_a_wall_on_either_stands_on_both(northvale: World) -> None:
    first, second = make.received(northvale), make.received(northvale, by=northvale.other_referrer)
    wall_off(first.case, user=northvale.icb.user, by=northvale.manager, reason="Invented")
    wall_off(second.case, user=northvale.police.user, by=northvale.manager, reason="Invented")
    link(second, into=first, by=northvale.officer, reason="One incident")
    assert not Case.objects.visible_to(northvale.icb).exists()
    assert not Case.objects.visible_to(northvale.police).exists()


def test_proceedings_and_their_holds_go_along(northvale: World) -> None:
    source, target = make.received(northvale), make.received(northvale)
    hold = around.on_hold(around.proceeding(source.case, by=northvale.officer), by=northvale.officer)
    name_family_lead(source.case, name="Invented Worker", agency="Invented Council", by=northvale.officer)
    link(source, into=target, by=northvale.officer, reason="One incident")
    assert list(standing_holds(target.case, on=HoldOn.PUBLICATION)) == [hold]
    assert str(family_lead(target.case)) == "Invented Worker, Invented Council"
    assert not Proceeding.objects.filter(case=source.case).exists()
    assert Event.objects.filter(kind="proceeding.moved", case_id=target.case_id).count() == 1


def test_the_standing_cases_own_family_contact_stays(northvale: World) -> None:
    source, target = make.received(northvale), make.received(northvale)
    for case, name in ((source.case, "First"), (target.case, "Second")):
        name_family_lead(case, name=name, agency="Invented Council", by=northvale.officer)
    link(source, into=target, by=northvale.officer, reason="One incident")
    assert str(family_lead(target.case)) == "Second, Invented Council"


def test_an_open_question_on_either_case_is_taken_back(northvale: World) -> None:
    target, source = make.asked(northvale), make.asked(northvale, by=northvale.other_referrer)
    link(source, into=target, by=northvale.officer, reason="One incident")
    assert set(Decision.objects.values_list("status", flat=True)) == {DecisionStatus.TAKEN_BACK}
    assert incident_of(target.case).status == IncidentStatus.TRIAGE


@pytest.mark.parametrize("decided_first", [True, False])
def test_after_the_decision_nothing_is_joined(northvale: World, decided_first: bool) -> None:
    done, open_one = make.decided(northvale), make.received(northvale, by=northvale.other_referrer)
    source, target = (done, open_one) if decided_first else (open_one, done)
    with pytest.raises(Refused):
        link(source, into=target, by=northvale.officer, reason="One incident")
    assert Referral.objects.get(case=open_one.case).case_id == open_one.case_id


def test_joining_twice_joins_once_and_a_colleague_is_told_who_did(northvale: World) -> None:
    first, second = make.received(northvale), make.received(northvale, by=northvale.other_referrer)
    link(second, into=first, by=northvale.officer, reason="One incident")
    link(second, into=first, by=northvale.officer, reason="One incident")
    with pytest.raises(AlreadyDone):
        link(second, into=first, by=northvale.manager, reason="One incident")
    with pytest.raises(Refused):
        link(first, into=second, by=northvale.officer, reason="One incident")


def test_two_partnerships_cases_and_one_with_itself_are_refused(northvale: World, southmere: World) -> None:
    own, other = make.received(northvale), make.received(southmere)
    for target in (other, own):
        with pytest.raises(Refused):
            link(own, into=target, by=northvale.officer, reason="One incident")
    assert Incident.objects.filter(status=IncidentStatus.LINKED).count() == 0


@pytest.mark.parametrize("who", ["la", "icb", "scrutineer", "referrer"])
def test_only_the_unit_joins(northvale: World, who: str) -> None:
    first, second = make.received(northvale), make.received(northvale, by=northvale.other_referrer)
    with pytest.raises(Refused):
        link(second, into=first, by=getattr(northvale, who), reason="One incident")
