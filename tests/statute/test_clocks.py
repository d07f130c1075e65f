"""The table of clocks: each row is sourced, owned and dated; editions never overlap; each gives its date."""

from datetime import date, timedelta
from itertools import combinations

import pytest

from cspr.statute import clocks, sources
from cspr.statute.clock import Clock, Reminders
from cspr.statute.clocks import CLOCKS, SETTINGS, NoClock, clock_in_force
from cspr.statute.working_days import Months, OnDate, WorkingDays, Years, england_and_wales

THURSDAY = date(2026, 11, 19)
KEYS = [f"C{number}" for number in range(1, 17)]
ROWS = pytest.mark.parametrize(
    "clock", CLOCKS, ids=lambda row: f"{row.key}-{row.level or 'any'}-{row.effective_from}"
)


def test_the_table_holds_every_clock_in_order() -> None:
    assert list(dict.fromkeys(clock.key for clock in CLOCKS)) == KEYS


@ROWS
def test_a_clock_cites_a_known_source(clock: Clock) -> None:
    assert clock.source in sources.ALL
    assert clock.source.cite()


@ROWS
def test_a_clock_has_words_for_everything_a_page_says(clock: Clock) -> None:
    for words in (clock.title, clock.verb_title, clock.starts, clock.satisfied_by, clock.owner):
        assert words == words.strip() != ""
    assert clock.verb_title[0].isupper()
    assert clock.recipients


@ROWS
def test_reminders_are_sorted_and_one_falls_on_the_day(clock: Clock) -> None:
    offsets = clock.reminders.offsets
    assert list(offsets) == sorted(set(offsets))
    assert 0 in offsets


@ROWS
def test_a_breach_escalates_after_the_due_date_to_somebody(clock: Clock) -> None:
    reminders = clock.reminders
    assert (reminders.escalate is None) == (reminders.escalate_to == ())
    if reminders.escalate is not None:
        assert reminders.escalate > 0
        assert clock.breach


@ROWS
def test_every_clock_can_show_its_arithmetic(clock: Clock) -> None:
    calendar = england_and_wales()
    told = clock.explain(THURSDAY, calendar)
    assert told.due == clock.due(THURSDAY, calendar)
    assert told.backwards == clock.backwards
    assert [day.date for day in told.days if day.is_due] == [told.due]


@pytest.mark.parametrize(
    ("one", "other"), [pair for pair in combinations(CLOCKS, 2) if pair[0].key == pair[1].key]
)
def test_two_rows_of_one_clock_are_never_in_force_together(one: Clock, other: Clock) -> None:
    for level in ("local", "national"):
        for row in (one, other):
            for day in (row.effective_from, row.effective_until or date(2100, 12, 31)):
                assert not (one.is_in_force(day, level=level) and other.is_in_force(day, level=level))


@pytest.mark.parametrize(
    ("key", "length"),
    [
        ("C1", WorkingDays(5)),
        ("C2", WorkingDays(5)),
        ("C3", WorkingDays(5)),
        ("C4", WorkingDays(1)),
        ("C5", WorkingDays(15)),
        ("C6", WorkingDays(10)),
        ("C7", WorkingDays(1)),
        ("C8", WorkingDays(15)),
        ("C9", OnDate()),
        ("C10", Months(6)),
        ("C11", WorkingDays(7)),
        ("C12", Years(1)),
        ("C13", WorkingDays(1)),
        ("C14", OnDate()),
        ("C15", Months(6)),
        ("C16", WorkingDays(7)),
    ],
)
def test_a_clock_has_the_length_of_its_rule(key: str, length: object) -> None:
    assert clock_in_force(key, THURSDAY).period() == length


@pytest.mark.parametrize(
    ("key", "due"),
    [
        ("C1", date(2026, 11, 26)),
        ("C4", date(2026, 11, 20)),
        ("C5", date(2026, 12, 10)),
        ("C6", date(2026, 12, 3)),
        ("C8", date(2026, 12, 10)),
        ("C9", date(2026, 11, 19)),
        ("C10", date(2027, 5, 19)),
        ("C11", date(2026, 11, 10)),
        ("C12", date(2027, 11, 19)),
        ("C16", date(2026, 11, 10)),
    ],
)
def test_a_clock_gives_its_date(key: str, due: date) -> None:
    assert clock_in_force(key, THURSDAY).due(THURSDAY, england_and_wales()) == due


def test_a_national_report_is_kept_three_years() -> None:
    assert clock_in_force("C12", THURSDAY, level="national").period() == Years(3)


def test_a_national_delay_is_told_to_the_secretary_of_state_alone() -> None:
    assert clock_in_force("C13", THURSDAY, level="national").recipients == ("Secretary of State",)
    assert clock_in_force("C13", THURSDAY).recipients == ("Panel", "Secretary of State")


def test_only_the_panels_reply_is_a_chase() -> None:
    assert [clock.key for clock in CLOCKS if not clock.breach] == ["C8"]


def test_only_publication_copies_count_back() -> None:
    assert [clock.key for clock in CLOCKS if clock.backwards] == ["C11", "C16"]


def test_an_agency_return_is_counted_from_the_rapid_reviews_start() -> None:
    assert {clock.key: clock.counted_from for clock in CLOCKS if clock.counted_from} == {"C6": "C5"}


def test_care_leavers_are_told_of_since_december_2023() -> None:
    before, after = (clock_in_force("C3", date(2023, 12, day)) for day in (14, 15))
    assert "care leaver" not in before.title
    assert "care leaver" in after.title
    assert after.source == sources.WT_2023


def test_a_clock_before_its_first_edition_is_refused() -> None:
    with pytest.raises(NoClock, match="C5"):
        clock_in_force("C5", date(2025, 5, 31))
    with pytest.raises(NoClock, match="C99"):
        clock_in_force("C99", THURSDAY)


def test_a_partnership_chooses_its_own_number() -> None:
    decide = clock_in_force("C4", THURSDAY)
    assert decide.due(THURSDAY, england_and_wales(), settings={"decide_notifiable_days": 3}) == date(
        2026, 11, 24
    )
    assert clock_in_force("C15", THURSDAY).period({"audit_months": 3}) == Months(3)


def test_a_setting_of_another_clock_changes_nothing() -> None:
    assert clock_in_force("C1", THURSDAY).period({"decide_notifiable_days": 3}) == WorkingDays(5)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_outside_its_limits_is_refused(setting: clocks.Setting) -> None:
    assert setting.least <= setting.default <= setting.most
    for n in (setting.least - 1, setting.most + 1):
        with pytest.raises(ValueError, match=setting.label[:10]):
            setting.period({setting.name: n})


def test_reminders_fall_on_working_days_around_the_due_date() -> None:
    calendar, due = england_and_wales(), date(2026, 11, 26)
    reminders = clock_in_force("C1", THURSDAY).reminders
    assert reminders.days(due, calendar) == tuple(date(2026, 11, day) for day in (24, 25, 26, 27))
    assert reminders.escalates_on(due, calendar) == date(2026, 11, 27)
    assert reminders.escalate_to == ("Business unit manager", "Lead safeguarding partner")


def test_reminders_skip_a_holiday_and_keep_a_sunday_that_is_due() -> None:
    calendar, sunday = england_and_wales(), date(2027, 3, 28)
    days = Reminders((-1, 0, 1)).days(sunday, calendar)
    assert days == (date(2027, 3, 25), sunday, date(2027, 3, 30))


def test_a_chase_escalates_to_nobody() -> None:
    assert clock_in_force("C8", THURSDAY).reminders.escalates_on(THURSDAY, england_and_wales()) is None


def test_a_holiday_proclaimed_later_moves_the_date() -> None:
    calendar = england_and_wales().with_changes(proclaimed={THURSDAY + timedelta(days=1): "Day of mourning"})
    assert clock_in_force("C1", THURSDAY).due(THURSDAY, calendar) == date(2026, 11, 27)
