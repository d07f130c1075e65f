"""The register of proceedings: kind, lead, reference, next date, holds; the family's one contact. Rule 7.3."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from cspr.audit.models import Event
from cspr.cases import proceedings as register
from cspr.cases.kinds import HoldOn
from cspr.cases.models import Case, FamilyLead, Proceeding, ProceedingHold
from cspr.cases.services import wall_off
from cspr.deadlines.feed_dates import dates_of
from cspr.govuk.dates import london_moment
from cspr.models import Changed
from cspr.now import today
from cspr.workflow import AlreadyDone, Refused
from rapid_reviews.models import RapidReview
from rapid_reviews.presenters.proceedings import proceedings_facts, register_page
from rapid_reviews.selectors.facts import facts_of
from rapid_reviews.services import proceedings as services
from tests.factories import around_reviews as around
from tests.factories import incidents
from tests.factories import rapid_reviews as make
from tests.factories.board import board_rows
from tests.factories.people import World


@pytest.fixture
def case(northvale: World) -> Case:
    return incidents.received(northvale).case


# ---- register
def test_proceeding_is_registered_with_lead_and_next_date(case: Case, northvale: World) -> None:
    row = around.proceeding(case, by=northvale.officer, next_on=date(2026, 12, 1), next_event="Trial")
    assert (str(row), row.status, row.next_event) == ("Criminal investigation or trial", "running", "Trial")
    assert Event.objects.filter(kind="proceeding.registered", case_id=case.pk).count() == 1


def test_next_event_needs_its_day(case: Case, northvale: World) -> None:
    with pytest.raises(Refused) as refused:
        around.proceeding(case, by=northvale.officer, next_event="Trial")
    assert "next_on" in refused.value.fields


def test_change_over_a_later_save_is_refused_and_history_kept(case: Case, northvale: World) -> None:
    row = around.proceeding(case, by=northvale.officer)
    register.change(row, facts={**around.PROCEEDING, "note": "First"}, by=northvale.officer, revision=1)
    with pytest.raises(Changed):
        register.change(row, facts={**around.PROCEEDING, "note": "Second"}, by=northvale.officer, revision=1)
    assert Proceeding.objects.get(pk=row.pk).history.count() == 2


@pytest.mark.parametrize("who", ["la", "scrutineer", "la_lead", "referrer"])
def test_only_the_unit_keeps_the_register(case: Case, northvale: World, southmere: World, who: str) -> None:
    row = around.proceeding(case, by=northvale.officer)
    for by in (getattr(northvale, who), southmere.officer):
        with pytest.raises(Refused):
            around.proceeding(case, by=by)
        with pytest.raises(Refused):
            around.on_hold(row, by=by)
        with pytest.raises(Refused):
            services.end(row, ended_on=today(), outcome="Invented", by=by)
        with pytest.raises(Refused):
            register.name_family_lead(case, name="x", agency="y", by=by)


def test_walled_officer_keeps_nothing(case: Case, northvale: World) -> None:
    row = around.proceeding(case, by=northvale.officer)
    wall_off(case, user=northvale.officer.user, by=northvale.manager, reason="Invented conflict")
    with pytest.raises(Refused):
        around.on_hold(row, by=northvale.officer)
    assert board_rows(northvale.officer, "proceeding") == []


# ---- take over
def test_take_over_brings_what_the_referral_told_once(northvale: World) -> None:
    known = around.told_in_a_referral(northvale)
    case = known.referral.case
    rows = [services.take_over(case, known_id=known.pk, by=northvale.officer) for _ in range(2)]
    assert rows[0] == rows[1]
    row = Proceeding.objects.get()
    assert (row.kind, row.lead_body, row.reference, row.next_on) == (
        "coroner", "Invented Coroner", "INV-2", date(2026, 12, 10),
    )  # fmt: skip
    assert [hold.on for hold in row.holds.all()] == ["publication"]
    assert register_page(case, northvale.officer)["to_take_over"] == []


def test_take_over_of_another_case_is_refused(northvale: World, southmere: World) -> None:
    known = around.told_in_a_referral(northvale)
    other = incidents.received(southmere).case
    with pytest.raises(Refused):
        services.take_over(other, known_id=known.pk, by=southmere.officer)
    with pytest.raises(Refused):
        services.take_over(known.referral.case, known_id=known.pk, by=southmere.officer)


def test_take_over_of_little_known_can_be_completed(northvale: World) -> None:
    known = around.told_in_a_referral(
        northvale, lead="", next_on=None, next_event="Some day", holds=[], hold_reason=""
    )
    row = services.take_over(known.referral.case, known_id=known.pk, by=northvale.officer)
    assert (row.lead_body, row.note) == ("Not known yet", "Some day")


# ---- holds
def test_hold_says_who_placed_and_who_lifted_it(case: Case, northvale: World) -> None:
    row = around.proceeding(case, by=northvale.officer)
    hold = around.on_hold(row, by=northvale.officer)
    assert list(register.standing_holds(case, on=HoldOn.PUBLICATION)) == [hold]
    assert not register.standing_holds(case, on=HoldOn.INTERVIEWS)
    with pytest.raises(Refused):
        register.lift_hold(hold, reason=" ", by=northvale.officer)
    lifted = register.lift_hold(hold, reason="Invented verdict", by=northvale.second_officer)
    assert (lifted.placed_by, lifted.lifted_by) == (northvale.officer, northvale.second_officer)
    assert (
        register.lift_hold(hold, reason="Again", by=northvale.second_officer).lifted_reason
        == "Invented verdict"
    )
    with pytest.raises(AlreadyDone):
        register.lift_hold(hold, reason="Again", by=northvale.officer)
    assert not register.standing_holds(case, on=HoldOn.PUBLICATION)


def test_hold_placed_twice_is_one(case: Case, northvale: World) -> None:
    row = around.proceeding(case, by=northvale.officer)
    assert around.on_hold(row, by=northvale.officer) == around.on_hold(row, by=northvale.officer)
    with pytest.raises(Refused, match="held up already"):
        around.on_hold(row, by=northvale.second_officer)
    assert ProceedingHold.objects.count() == 1


def test_proceeding_ends_once_it_holds_nothing_up(case: Case, northvale: World) -> None:
    row = around.proceeding(case, by=northvale.officer, next_on=date(2026, 12, 1), next_event="Trial")
    hold = around.on_hold(row, by=northvale.officer)
    with pytest.raises(Refused, match="Lift the hold on publishing first"):
        services.end(row, ended_on=today(), outcome="Invented", by=northvale.officer)
    steps = register_page(case, northvale.officer)["proceedings"][0].steps
    assert [one.refusals for one in steps if one.label == "Record that it ended"] == [
        ("Lift the hold on publishing first.",)
    ]
    register.lift_hold(hold, reason="Invented", by=northvale.officer)
    ended = services.end(row, ended_on=today(), outcome="Invented", by=northvale.officer)
    assert (ended.status, ended.next_on) == ("ended", None)
    with pytest.raises(Refused):
        around.on_hold(ended, by=northvale.officer)
    assert services.reopen(row, reason="Invented appeal", by=northvale.officer).status == "running"


def test_proceeding_does_not_end_tomorrow(case: Case, northvale: World) -> None:
    row = around.proceeding(case, by=northvale.officer)
    with pytest.raises(Refused, match="past"):
        services.end(row, ended_on=today() + timedelta(days=1), outcome="x", by=northvale.officer)


# ---- the family's one contact
def test_one_person_speaks_with_the_family(case: Case, northvale: World) -> None:
    named = {"name": "Invented Worker", "agency": "Invented Council"}
    first = register.name_family_lead(case, **named, by=northvale.officer)
    assert register.name_family_lead(case, **named, by=northvale.officer) == first
    with pytest.raises(Refused, match="why this is changed"):
        register.name_family_lead(case, name="Another", agency="Invented Police", by=northvale.officer)
    register.name_family_lead(
        case, name="Another", agency="Invented Police", reason="Invented", by=northvale.officer
    )
    lead = register.family_lead(case)
    assert lead is not None
    assert (lead.name, FamilyLead.objects.count()) == ("Another", 2)


# ---- board, feed, the review
def test_next_date_stands_on_the_board_and_in_the_feed(
    case: Case, northvale: World, southmere: World
) -> None:
    row = around.proceeding(case, by=northvale.officer, next_on=date(2026, 12, 1), next_event="Trial")
    board = [(one.due_on, one.reference) for one in board_rows(northvale.officer, "proceeding")]
    assert board == [(date(2026, 12, 1), case.reference)]
    feed = dates_of(northvale.la)
    assert [(one.on, one.what) for one in feed] == [(date(2026, 12, 1), "Next date in proceedings")]
    assert board_rows(southmere.officer, "proceeding") == dates_of(southmere.officer) == []
    services.end(row, ended_on=today(), outcome="Invented", by=northvale.officer)
    assert board_rows(northvale.officer, "proceeding") == dates_of(northvale.la) == []


def test_board_asks_what_came_of_a_date_that_passed(case: Case, northvale: World, monday: Any) -> None:
    around.proceeding(case, by=northvale.officer, next_on=date(2026, 12, 1), next_event="Trial")
    assert [one.title for one in board_rows(northvale.officer, "proceeding")] == [
        "Prepare for the next date in proceedings"
    ]
    monday.move_to(london_moment(date(2026, 12, 2), time(0, 1)))
    assert [one.title for one in board_rows(northvale.officer, "proceeding")] == [
        "Record what came of a date in proceedings"
    ]


def test_register_is_frozen_with_the_section(northvale: World) -> None:
    review = make.opened(northvale)
    around.on_hold(around.proceeding(review.case, by=northvale.officer), by=northvale.officer)
    facts = dict(facts_of(review)["parallel"])
    assert "holds up publishing" in facts["Criminal investigation or trial"]


def test_proceeding_taken_over_is_told_once(northvale: World) -> None:
    known = around.told_in_a_referral(northvale)
    review = RapidReview(case=known.referral.case)
    before = dict(proceedings_facts(review))
    assert before == {
        "Coroner's investigation or inquest, told by Northvale Invented School": (
            "Invented Coroner; INV-2; Pre-inquest hearing"
        )
    }
    services.take_over(known.referral.case, known_id=known.pk, by=northvale.officer)
    assert [label for label, _ in proceedings_facts(review)] == ["Coroner's investigation or inquest"]
