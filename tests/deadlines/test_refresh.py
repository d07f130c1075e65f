"""GOV.UK's list of bank holidays: used whole or not at all, else the bundled one."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cspr.audit.models import Event
from cspr.deadlines import calendar
from cspr.deadlines.bank_holiday_list import Unusable, bundled, download, read_list
from cspr.deadlines.models import Holiday, HolidaySource
from cspr.deadlines.services import Change, apply_change, refresh_bank_holidays
from cspr.statute.bank_holidays import table
from tests.factories.clocks import at, make_clock
from tests.factories.people import World

ON = date(2026, 11, 24)
MOURNING = date(2026, 11, 25)


def whole(*, without: date | None = None, extra: dict[date, str] | None = None) -> dict[date, str]:
    days = {day: title for day, title in table().items() if day != without}
    return days | (extra or {})


def as_json(days: dict[date, str]) -> bytes:
    events = [{"title": title, "date": day.isoformat(), "notes": ""} for day, title in days.items()]
    return json.dumps({"england-and-wales": {"division": "england-and-wales", "events": events}}).encode()


def serving(content: bytes) -> Callable[[str], bytes]:
    return lambda address: content


def broken(address: str) -> bytes:
    raise Unusable("the list could not be fetched (URLError)")


def test_same_list_changes_nothing(db: None) -> None:
    done = refresh_bank_holidays(at(24), fetch=serving(as_json(whole())))
    assert (done.added, done.withdrawn, done.problem) == ((), (), "")
    assert calendar.state().refreshed_at == at(24)


def test_new_day_is_applied_like_a_proclaimed_one(northvale: World) -> None:
    deadline = make_clock(northvale)
    done = refresh_bank_holidays(at(24), fetch=serving(as_json(whole(extra={MOURNING: "State Funeral"}))))
    assert done.added == (MOURNING,)
    deadline.refresh_from_db()
    assert deadline.due_on == date(2026, 11, 27)
    assert Event.objects.get(kind="holiday.proclaimed").actor_name == "The system"
    again = refresh_bank_holidays(at(24), fetch=serving(as_json(whole(extra={MOURNING: "State Funeral"}))))
    assert again.added == ()


def test_coming_day_that_vanished_is_withdrawn_and_a_past_one_stays(db: None) -> None:
    moved = whole(without=date(2028, 5, 29), extra={date(2028, 6, 5): "Spring bank holiday (moved)"})
    done = refresh_bank_holidays(at(24), fetch=serving(as_json(moved)))
    assert (done.withdrawn, done.added) == ((date(2028, 5, 29),), (date(2028, 6, 5),))
    past = whole(without=date(2026, 8, 31), extra={date(2026, 8, 24): "Summer bank holiday (moved)"})
    done = refresh_bank_holidays(at(24), fetch=serving(as_json(past)))
    assert (done.withdrawn, done.added) == ((date(2028, 6, 5),), (date(2026, 8, 24), date(2028, 5, 29)))
    assert not calendar.current().is_working(date(2026, 8, 31))


def test_managers_decision_stands_against_the_list(northvale: World) -> None:
    christmas = date(2026, 12, 25)
    apply_change(MOURNING, title="Mourning", change=Change.PROCLAIM, by=northvale.manager)
    apply_change(christmas, title="", change=Change.WITHDRAW, by=northvale.manager)
    done = refresh_bank_holidays(at(24), fetch=serving(as_json(whole())))
    assert (done.added, done.withdrawn) == ((), ())
    assert not calendar.current().is_working(MOURNING)
    assert calendar.current().is_working(christmas)


def test_longer_list_makes_the_calendar_known_longer(db: None) -> None:
    coming = {day.replace(year=2029): title for day, title in table().items() if day.year == 2023}
    rules = {
        date(2029, 1, 1): "New Year", date(2029, 3, 30): "Good Friday", date(2029, 4, 2): "Easter Monday",
        date(2029, 5, 7): "Early May", date(2029, 5, 28): "Spring", date(2029, 8, 27): "Summer",
        date(2029, 12, 25): "Christmas Day", date(2029, 12, 26): "Boxing Day",
    }  # fmt: skip
    assert len(coming) == 9
    done = refresh_bank_holidays(at(24), fetch=serving(as_json(whole(extra=rules))))
    assert (done.added, done.known_until) == ((), date(2029, 12, 31))
    assert calendar.current().is_announced(date(2029, 12, 31))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>Service unavailable</html>",
        b"{}",
        b"[]",
        b'{"england-and-wales": {"events": []}}',
        b'{"england-and-wales": {"events": [{"title": "x"}]}}',
        b'{"england-and-wales": {"events": null}}',
        b"[" * 50_000,
        b" " * 1_000_001,
        as_json({day: title for day, title in table().items() if day.year < 2026}),
        as_json({day: title for day, title in table().items() if day.year != 2027}),
        as_json(dict(list(table().items())[:-3])),
        as_json(whole(extra={date(2026, 11, 28): "Saturday"})),
        as_json(whole(extra={MOURNING: ""})),
        as_json(whole(extra={MOURNING: "x" * 101})),
        as_json(whole())[:-40],
    ],
)
def test_garbage_or_part_of_a_list_is_refused_whole(db: None, content: bytes) -> None:
    with pytest.raises(Unusable):
        read_list(content, on=ON)
    done = refresh_bank_holidays(at(24), fetch=serving(content))
    assert done.problem
    assert not Holiday.objects.exists()
    assert calendar.state().refreshed_at is None


def test_list_of_another_country_is_refused_as_implausible(db: None) -> None:
    shifted = {day.replace(day=max(1, day.day - 7)): title for day, title in table().items()}
    weekdays = {day: title for day, title in shifted.items() if day.weekday() < 5}
    done = refresh_bank_holidays(at(24), fetch=serving(as_json(weekdays)))
    assert done.problem
    assert not Holiday.objects.exists()


def test_without_network_the_bundled_list_is_used_and_withdraws_nothing(northvale: World) -> None:
    refresh_bank_holidays(at(24), fetch=serving(as_json(whole(extra={MOURNING: "State Funeral"}))))
    done = refresh_bank_holidays(at(25), fetch=broken)
    assert (done.added, done.withdrawn) == ((), ())
    assert done.problem.startswith("the list could not be fetched")
    assert calendar.state().refreshed_at == at(24)
    assert Holiday.objects.get(ended_at__isnull=True).source == HolidaySource.GOV_UK


def test_bundled_list_agrees_with_the_calendar(db: None) -> None:
    in_force = calendar.current()
    announced: dict[date, Any] = dict(read_list(bundled(), on=ON))
    assert [day for day in announced if in_force.is_working(day)] == []


def test_only_https_is_fetched() -> None:
    for address in ("file:///etc/passwd", "http://www.gov.uk/bank-holidays.json"):
        with pytest.raises(Unusable, match="https"):
            download(address)
