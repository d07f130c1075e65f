"""The public page answers "aware on ... : notify by ..." with its working, and refuses in sentences."""

from datetime import date

import pytest
from django.test import Client

from cspr.govuk.dates import long_date, typed_date

CASES = [
    # aware on, notify and tell by, rapid review at the latest by
    ("2026-11-19", "2026-11-26", "2026-12-17"),
    ("2026-11-20", "2026-11-27", "2026-12-18"),
    ("2026-11-21", "2026-11-27", "2026-12-18"),
    ("2026-11-22", "2026-11-27", "2026-12-18"),
    ("2026-12-18", "2026-12-29", "2027-01-20"),
    ("2026-12-24", "2027-01-05", "2027-01-26"),
    ("2026-12-25", "2027-01-05", "2027-01-26"),
    ("2027-03-25", "2027-04-05", "2027-04-26"),
    ("2026-04-02", "2026-04-13", "2026-05-05"),
    ("2026-08-28", "2026-09-07", "2026-09-28"),
    ("2028-02-28", "2028-03-06", "2028-03-27"),
]


def ask(**dates: str) -> str:
    sent: dict[str, str] = {}
    for name, value in dates.items():
        sent |= typed_date(name, date.fromisoformat(value)) if value.count("-") == 2 else {name: value}
    response = Client().get("/working-days", sent)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def on(day: str) -> str:
    return long_date(date.fromisoformat(day))


@pytest.mark.parametrize(("aware", "notify", "review"), CASES)
def test_aware_on_answers_three_duties(db: None, aware: str, notify: str, review: str) -> None:
    page = ask(aware_on=aware)
    assert f"Notify the Panel by {on(notify)}" in page
    assert f"Tell the safeguarding partners by {on(notify)}" in page
    assert f"Send the rapid review to the Panel by {on(review)}" in page
    assert "Counted from the last day for notifying" in page


def test_sent_on_counts_the_rapid_review_from_the_day_sent(db: None) -> None:
    page = ask(aware_on="2026-11-19", sent_on="2026-11-23")
    assert "Send the rapid review to the Panel by Monday 14 December 2026" in page
    assert "Counted from the last day for notifying" not in page


def test_publication_is_counted_back_and_review_runs_six_months(db: None) -> None:
    page = ask(publish_on="2027-01-05", decided_on="2026-08-31")
    assert "Send the report before publication by Tuesday 22 December 2026" in page
    assert "Publish the report by Sunday 28 February 2027" in page
    assert "Boxing Day" in page


def test_time_of_day_does_not_change_the_day(db: None) -> None:
    page = ask(aware_on="2026-06-14", aware_time="23:50")
    assert "At 23:50 on the London clock it is Sunday 14 June 2026" in page
    assert "Notify the Panel by Friday 19 June 2026" in page


def test_first_visit_asks_without_errors(db: None) -> None:
    page = Client().get("/working-days").content.decode()
    assert "There is a problem" not in page
    assert "Work out the last day" in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"aware_on_day": "", "publish_on_day": ""}, "Enter at least one date"),
        ({"aware_on_day": "31", "aware_on_month": "2", "aware_on_year": "2026"}, "must be a real date"),
        ({"aware_on_day": "1", "aware_on_month": "1", "aware_on_year": "26"}, "Year must include 4 numbers"),
        (
            {"aware_on_day": "1", "aware_on_month": "1", "aware_on_year": "2010"},
            "when the rules came into force",
        ),
        (
            {"publish_on_day": "1", "publish_on_month": "1", "publish_on_year": "2100"},
            "must be the same as or before",
        ),
        ({"aware_time": "16:40"}, "Enter the day as well as the time"),
        ({**typed_date("aware_on", date(2026, 11, 19)), "aware_time": "25:00"}, "must be a time"),
        ({**typed_date("aware_on", date(2026, 3, 29)), "aware_time": "01:30"}, "the clocks went forward"),
        (
            {**typed_date("aware_on", date(2026, 11, 19)), **typed_date("sent_on", date(2026, 11, 18))},
            "must be the same as or after",
        ),
        ({"aware_on_day": "\x00", "aware_on_month": "🙂", "aware_on_year": "٢٠٢٦"}, "There is a problem"),
        ({"aware_on_day": "9" * 3000}, "There is a problem"),
    ],
)
def test_bad_input_is_refused_in_a_sentence(db: None, sent: dict[str, str], sentence: str) -> None:
    response = Client().get("/working-days", sent)
    assert response.status_code == 200
    assert sentence in " ".join(response.content.decode().split())
    assert "The last days" not in response.content.decode()


def test_before_the_guidance_of_2025_the_rapid_review_has_no_answer(db: None) -> None:
    page = ask(aware_on="2020-02-03")
    assert "Notify the Panel by Monday 10 February 2020" in page
    assert "No such time limit is known for" in page


def test_unannounced_holidays_make_the_answer_provisional(db: None) -> None:
    assert "have not been announced yet" in ask(aware_on="2031-05-01")
