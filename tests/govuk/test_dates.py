"""Dates and times as people type them."""

from datetime import UTC, date, datetime, time

import pytest
import time_machine

from cspr.govuk.dates import (
    DateParts,
    DateRefused,
    RoughDate,
    london_moment,
    long_date,
    long_moment,
    parse_time,
)
from cspr.govuk.fields import DateField, RoughDateField, TimeField, future_date, on_or_after, past_date
from cspr.govuk.forms import Form

READ = [
    (("27", "3", "2026"), date(2026, 3, 27)),
    (("27", "03", "2026"), date(2026, 3, 27)),
    ((" 7 ", "nov", "2026"), date(2026, 11, 7)),
    (("7", "November", "2026"), date(2026, 11, 7)),
    (("7", "Sept.", "2026"), date(2026, 9, 7)),
    (("29", "2", "2028"), date(2028, 2, 29)),
    (("٢٧", "3", "2026"), date(2026, 3, 27)),
]
REFUSED = [
    (("", "", ""), "Enter the date of the incident", ()),
    (("27", "3", ""), "Date of the incident must include a year", ("year",)),
    (("27", "", ""), "Date of the incident must include a month and year", ("month", "year")),
    (("", "3", "2026"), "Date of the incident must include a day", ("day",)),
    (("27", "3", "26"), "Year must include 4 numbers", ("year",)),
    (("27", "3", "20 26"), "Year must include 4 numbers", ("year",)),
    (("27", "3", "0026"), "Year must be between 1900 and 2100", ("year",)),
    (("27", "3", "9999"), "Year must be between 1900 and 2100", ("year",)),
    (("29", "2", "2026"), "Date of the incident must be a real date", ("day",)),
    (("31", "4", "2026"), "Date of the incident must be a real date", ("day",)),
    (("31", "13", "2026"), "Date of the incident must be a real date", ("month",)),
    (("32", "1", "2026"), "Date of the incident must be a real date", ("day",)),
    (("40", "13", "2026"), "Date of the incident must be a real date", ("day", "month", "year")),
    (("-1", "1", "2026"), "Date of the incident must be a real date", ("day",)),
    (("²", "1", "2026"), "Date of the incident must be a real date", ("day",)),
    (("1", "ju", "2026"), "Date of the incident must be a real date", ("month",)),
]


class IncidentForm(Form):
    on = DateField(label="Date of the incident")


def typed(name: str, parts: tuple[str, str, str]) -> dict[str, str]:
    return {f"{name}_{part}": text for part, text in zip(DateParts._fields, parts, strict=True)}


@pytest.mark.parametrize(("parts", "day"), READ)
def test_date_is_read(parts, day):
    form = IncidentForm(typed("on", parts))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == day


@pytest.mark.parametrize(("parts", "sentence", "wrong"), REFUSED)
def test_date_is_refused_with_the_wrong_box(parts, sentence, wrong):
    form = IncidentForm(typed("on", parts))
    [refusal] = form.errors.as_data().get("on", [None])
    assert refusal.messages == [sentence]
    assert (refusal.params or {}).get("wrong", ()) == wrong


def test_date_keeps_what_was_typed():
    markup = IncidentForm(typed("on", ("31", "Febuary", "26")))["on"].as_field_group()
    for text in ("31", "Febuary", "26"):
        assert f'value="{text}"' in markup


@time_machine.travel("2026-11-26 23:30 +0000")
@pytest.mark.parametrize(
    ("rule", "day", "sentence"),
    [
        (past_date, date(2026, 11, 26), None),
        (past_date, date(2026, 11, 27), "must be today or in the past"),
        (future_date, date(2026, 11, 26), "must be in the future"),
        (future_date, date(2026, 11, 27), None),
        (
            on_or_after(date(2026, 11, 26)),
            date(2026, 11, 25),
            "must be the same as or after Thursday 26 November 2026",
        ),
    ],
)
def test_rules_of_a_date(rule, day, sentence):
    assert rule(day) == sentence


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("16:40", time(16, 40)), ("16.40", time(16, 40)), ("1640", time(16, 40)), ("4:40pm", time(16, 40)),
        ("4.40 p.m.", time(16, 40)), ("4pm", time(16)), ("12am", time(0)), ("12pm", time(12)), ("noon", time(12)),
        ("Midnight", time(0)), ("0:05", time(0, 5)), ("24:00", None), ("16", None), ("13pm", None), ("9:60", None),
        ("soon", None), ("9:5", None),
    ],
)  # fmt: skip
def test_time_is_read(text, clock):
    assert parse_time(text) == clock


def test_time_field_refuses_with_a_sentence():
    class Clock(Form):
        at = TimeField(label="Time you were told", required=False)

    form = Clock({"at": "half four"})
    assert form.errors["at"] == ["Time you were told must be a time, like 16:40 or 4:40pm"]
    assert Clock({"at": ""}).is_valid()
    assert 'value="16:40"' in Clock(initial={"at": time(16, 40)})["at"].as_field_group()


def test_moment_in_summer_and_winter():
    assert london_moment(date(2026, 7, 1), time(9)) == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert london_moment(date(2026, 12, 1), time(9)) == datetime(2026, 12, 1, 9, tzinfo=UTC)


def test_moment_that_never_was_is_refused():
    with pytest.raises(DateRefused, match="clocks went forward"):
        london_moment(date(2026, 3, 29), time(1, 30))


def test_long_words():
    assert long_date(date(2026, 11, 26)) == "Thursday 26 November 2026"
    assert long_moment(datetime(2026, 7, 1, 15, 40, tzinfo=UTC)) == "Wednesday 1 July 2026 at 16:40"


class RoughForm(Form):
    start = RoughDateField(label="Start", rules=(past_date,))


MARCH = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("data", "answer", "words"),
    [
        ({"start_precision": "NOT_KNOWN"}, RoughDate("NOT_KNOWN"), "not known"),
        (
            {"start_precision": "EXACT", **typed("start_exact", ("1", "3", "2026"))},
            RoughDate("EXACT", MARCH, MARCH),
            "Sunday 1 March 2026",
        ),
        (
            {"start_precision": "ABOUT", **typed("start_about", ("", "3", "2026"))},
            RoughDate("ABOUT", MARCH, date(2026, 3, 31)),
            "about March 2026",
        ),
        (
            {"start_precision": "ABOUT", **typed("start_about", ("", "", "2024"))},
            RoughDate("ABOUT", date(2024, 1, 1), date(2024, 12, 31)),
            "about 2024",
        ),
        (
            {
                "start_precision": "BETWEEN",
                **typed("start_start", ("1", "3", "2026")),
                **typed("start_end", ("5", "may", "2026")),
            },
            RoughDate("BETWEEN", MARCH, date(2026, 5, 5)),
            "between Sunday 1 March 2026 and Tuesday 5 May 2026",
        ),
    ],
)
@time_machine.travel("2026-11-26 12:00 +0000")
def test_rough_date_is_read_and_said(data, answer, words):
    form = RoughForm(data)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["start"] == answer
    assert str(answer) == words


@pytest.mark.parametrize(
    ("data", "sentence", "box"),
    [
        ({}, "Select how exactly you know the start", None),
        ({"start_precision": "HARDLY"}, "Select how exactly you know the start", None),
        ({"start_precision": "EXACT"}, "Enter the start", "exact"),
        (
            {"start_precision": "ABOUT", **typed("start_about", ("", "3", ""))},
            "Start must include a year",
            "about",
        ),
        (
            {"start_precision": "EXACT", **typed("start_exact", ("1", "1", "2027"))},
            "Start must be today or in the past",
            "exact",
        ),
        (
            {
                "start_precision": "BETWEEN",
                **typed("start_start", ("5", "5", "2026")),
                **typed("start_end", ("1", "3", "2026")),
            },
            "The latest date must be the same as or after Tuesday 5 May 2026",
            "end",
        ),
    ],
)
@time_machine.travel("2026-11-26 12:00 +0000")
def test_rough_date_is_refused_with_the_wrong_box(data, sentence, box):
    [refusal] = RoughForm(data).errors.as_data()["start"]
    assert refusal.messages == [sentence]
    assert (refusal.params or {}).get("box") == box
