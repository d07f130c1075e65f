"""GOV.UK's list of bank holidays: fetched, read, and refused whole where it cannot be all of it."""

import http.client
import json
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from govuk_bank_holidays.bank_holidays import BankHolidays

SECONDS = 10
LARGEST = 1_000_000
DIVISION = "england-and-wales"
FEWEST_A_YEAR, MOST_A_YEAR = 8, 15


class Unusable(ValueError):
    """The list could not be fetched, or is not a whole list. Nothing of it is used."""


def download(address: str) -> bytes:
    """The list as GOV.UK serves it. Raises Unusable."""
    if not address.startswith("https://"):
        raise Unusable("the address of the list is not https")
    request = urllib.request.Request(address, headers={"Accept": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            content: bytes = answer.read(LARGEST + 1)
    except (OSError, urllib.error.URLError, http.client.HTTPException, ValueError) as error:
        raise Unusable(f"the list could not be fetched ({type(error).__name__})") from error
    return content


def bundled() -> bytes:
    """The list that the govuk-bank-holidays package carries."""
    return json.dumps(BankHolidays.load_backup_data()).encode()


def read_list(content: bytes, *, on: date) -> Mapping[date, str]:
    """Day to title, for England and Wales. Raises Unusable unless every year of the list is there and plausible."""
    if len(content) > LARGEST:
        raise Unusable("the list is too large")
    try:
        events = json.loads(content)[DIVISION]["events"]
        days = {date.fromisoformat(one["date"]): _title(one) for one in events}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Unusable(f"the list cannot be read ({type(error).__name__})") from error
    if len(days) != len(events):
        raise Unusable("the list names a day twice")
    if any(day.weekday() > 4 for day in days):
        raise Unusable("the list names a day at a weekend")
    _refuse_gaps(days, on=on)
    return days


def _refuse_gaps(days: Mapping[date, str], *, on: date) -> None:
    a_year = Counter(day.year for day in days)
    years = range(min(a_year, default=0), max(a_year, default=0) + 1)
    if on.year not in a_year:
        raise Unusable("the list does not cover this year")
    if any(not FEWEST_A_YEAR <= a_year[year] <= MOST_A_YEAR for year in years):
        raise Unusable("a year of the list is incomplete")


def _title(event: Mapping[str, Any]) -> str:
    title, notes = event["title"].strip(), event.get("notes", "").strip()
    if not title or len(title) + len(notes) > 100:
        raise ValueError("a holiday without a plain title")
    return f"{title} ({notes[0].lower()}{notes[1:]})" if notes else title
