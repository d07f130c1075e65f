"""Dates that cannot all be true are refused, with the sentence on the date being answered."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine

from cspr.workflow import Refused
from notifications import nhs_number
from notifications.services.referral import answer_page
from notifications.services.referral_rows import add_child, add_row, answer_child
from tests.factories.people import World
from tests.factories.referrals import ANSWERS, CHILD, complete, started, with_child

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DEATH = {"nature": "death", "serious_harm_reason": ""}


@pytest.fixture(autouse=True)
def on_a_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def refused(referral: Any, page: str, world: World, **changes: Any) -> dict[str, str]:
    """What is refused when a page is answered with these changes."""
    answers = {**ANSWERS[page], **changes}
    with pytest.raises(Refused) as refusal:
        answer_page(referral, page=page, answers=answers, revision=None, by=world.referrer)
    return refusal.value.fields


def on(day: date) -> dict[str, Any]:
    return {"occurred_precision": "EXACT", "occurred_on": day, "occurred_until_on": day}


@pytest.mark.parametrize(
    ("page", "changes", "column"),
    [
        ("when", on(date(2026, 11, 24)), "occurred_on"),
        ("awareness", {"agency_aware_on": date(2026, 11, 24)}, "agency_aware_on"),
        ("safeguarding-lead", {"lead_consulted_on": date(2026, 11, 24)}, "lead_consulted_on"),
        ("harm", {**DEATH, "died_on": date(2026, 11, 24)}, "died_on"),
    ],
)
def test_tomorrow_is_refused(northvale: World, page: str, changes: dict, column: str) -> None:
    assert "today or in the past" in refused(started(northvale.referrer), page, northvale, **changes)[column]


@pytest.mark.parametrize(
    ("page", "changes", "column"),
    [
        ("awareness", {"agency_aware_on": date(2026, 11, 11)}, "agency_aware_on"),
        ("safeguarding-lead", {"lead_consulted_on": date(2026, 11, 11)}, "lead_consulted_on"),
        ("harm", {**DEATH, "died_on": date(2026, 11, 11)}, "died_on"),
        ("when", on(date(2026, 11, 13)), "occurred_on"),
    ],
)
def test_order_of_the_days_is_kept_from_both_ends(
    northvale: World, page: str, changes: dict, column: str
) -> None:
    assert "November 2026" in refused(complete(northvale.referrer), page, northvale, **changes)[column]


def test_incident_before_the_birth_is_refused(northvale: World) -> None:
    fields = refused(complete(northvale.referrer), "when", northvale, **on(date(2020, 3, 26)))
    assert (
        fields["occurred_until_on"]
        == "The incident must be on or after the child’s date of birth, Friday 27 March 2020"
    )


def test_death_before_the_birth_is_refused(northvale: World) -> None:
    referral = started(northvale.referrer)
    with_child(referral, northvale.referrer)
    fields = refused(referral, "harm", northvale, **DEATH, died_on=date(2020, 3, 1))
    assert "child’s date of birth, Friday 27 March 2020" in fields["died_on"]


def test_birth_after_the_incident_is_refused_unless_unborn(northvale: World) -> None:
    referral = complete(northvale.referrer)
    late = {**CHILD["identity"], "born_on": date(2026, 11, 13)}
    with pytest.raises(Refused) as refusal:
        add_child(referral, answers=late, by=northvale.referrer)
    assert "“An unborn child”" in refusal.value.fields["born_on"]
    unborn = {**late, "kind": "unborn", "born_on": None, "nhs_number": "", "expected_on": date(2027, 1, 1)}
    assert add_child(referral, answers=unborn, by=northvale.referrer).pk


def test_expected_birth_later_than_a_pregnancy_lasts_is_refused(northvale: World) -> None:
    unborn = {**CHILD["identity"], "kind": "unborn", "born_on": None, "nhs_number": ""}
    with pytest.raises(Refused) as refusal:
        add_child(
            started(northvale.referrer),
            answers={**unborn, "expected_on": date(2028, 1, 1)},
            by=northvale.referrer,
        )
    assert "next 10 months" in refusal.value.fields["expected_on"]


def test_about_a_day_does_not_contradict_its_neighbour(northvale: World) -> None:
    referral = complete(northvale.referrer)
    about = {
        **ANSWERS["when"],
        **on(date(2026, 11, 13)),
        "occurred_precision": "ABOUT",
        "occurred_time": None,
    }
    assert answer_page(referral, page="when", answers=about, revision=None, by=northvale.referrer)


def test_about_this_year_may_end_in_the_future(northvale: World) -> None:
    about = {
        "occurred_precision": "ABOUT",
        "occurred_on": date(2026, 1, 1),
        "occurred_until_on": date(2026, 12, 31),
        "occurred_time": None,
    }
    referral = started(northvale.referrer)
    assert answer_page(referral, page="when", answers=about, revision=None, by=northvale.referrer)


def test_aware_at_an_earlier_hour_of_the_day_it_happened_is_refused(northvale: World) -> None:
    fields = refused(complete(northvale.referrer), "awareness", northvale, agency_aware_time=time(9, 14))
    assert "after the incident, 09:15" in fields["agency_aware_time"]


def test_an_hour_that_has_not_come_is_refused(northvale: World) -> None:
    changes = {"agency_aware_on": MONDAY.date(), "agency_aware_time": time(9, 31)}
    fields = refused(started(northvale.referrer), "awareness", northvale, **changes)
    assert fields == {"agency_aware_time": "The time your agency became aware must be in the past"}


def test_plan_that_ends_before_it_begins_is_refused(northvale: World) -> None:
    child = with_child(started(northvale.referrer), northvale.referrer)
    dates = {"protection_from_on": date(2025, 2, 1), "protection_until_on": date(2025, 1, 1)}
    answers = {**CHILD["plans"], "protection_plan": "before", "protection_category": "NEG", **dates}
    with pytest.raises(Refused) as refusal:
        answer_child(child, page="plans", answers=answers, revision=None, by=northvale.referrer)
    assert set(refusal.value.fields) == set(dates)


def test_key_date_in_the_future_is_refused(northvale: World) -> None:
    day = date(2026, 12, 1)
    answers = {
        "happened_precision": "EXACT",
        "happened_on": day,
        "happened_until_on": day,
        "event": "x",
        "source": "y",
    }
    with pytest.raises(Refused) as refusal:
        add_row(started(northvale.referrer), page="key-dates", answers=answers, by=northvale.referrer)
    assert refusal.value.fields["happened_on"] == "The date must be today or in the past"


def test_midnight_on_a_june_sunday_in_utc_is_monday_in_london(northvale: World) -> None:
    with time_machine.travel(datetime(2026, 6, 21, 23, 30, tzinfo=UTC), tick=False):
        referral = started(northvale.referrer)
        answers = {
            **ANSWERS["awareness"],
            "agency_aware_on": date(2026, 6, 22),
            "agency_aware_time": time(0, 10),
        }
        assert answer_page(referral, page="awareness", answers=answers, revision=None, by=northvale.referrer)


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("9434765919", True),
        ("9434765918", False),
        ("943476591", False),
        ("٩٤٣٤٧٦٥٩١٩", False),
        ("0000000000", True),
    ],
)
def test_nhs_number_check_digit(number: str, valid: bool) -> None:
    assert nhs_number.is_valid(number) is valid
