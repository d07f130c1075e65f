"""The calendar's pages: the bank holidays to come, and what a change would move."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cspr.deadlines.models import Holiday, HolidaySource
from cspr.deadlines.rules import rule_of
from cspr.deadlines.services import Change, Preview
from cspr.govuk.dates import long_date
from cspr.govuk.parts import Table
from cspr.now import london_day
from cspr.people.models import Membership
from cspr.statute.england_and_wales import Calendar

SHOWN_BACK = timedelta(days=31)


def holiday_table(in_force: Calendar, standing: Iterable[Holiday], on: date) -> Table:
    """The bank holidays from a month ago to the end of the known range, each with where it comes from."""
    decided = {one.day: one for one in standing}
    first = on - SHOWN_BACK
    days = (first + timedelta(days=n) for n in range((in_force.known_until - first).days + 1))
    rows = [
        (
            long_date(day),
            in_force.why_not(day),
            _source(decided.get(day)),
            _link(day, Change.WITHDRAW, "Withdraw"),
        )
        for day in days
        if in_force.why_not(day) not in (None, "weekend")
    ]
    return Table("Bank holidays", ("Day", "Name", "From", "Change"), rows, empty="No bank holiday is known.")


def withdrawn_table(standing: Iterable[Holiday], on: date) -> Table:
    """Days taken off the announced list, and the way back."""
    rows = [
        (long_date(one.day), one.title, _source(one), _link(one.day, Change.PROCLAIM, "Put back", one.title))
        for one in standing
        if not one.is_holiday and one.day >= on - SHOWN_BACK
    ]
    return Table("Withdrawn days", ("Day", "Name", "By", "Change"), rows)


def _source(decided: Holiday | None) -> str:
    if decided is None or (decided.source == HolidaySource.GOV_UK and decided.is_holiday):
        return "GOV.UK list"
    if decided.source == HolidaySource.GOV_UK:
        return "GOV.UK list no longer has it"
    who = decided.made_by.user.full_name if decided.made_by else "the system"
    note = f": {decided.note}" if decided.note else ""
    return f"{who}, {long_date(london_day(decided.made_at))}{note}"


def _link(day: date, change: Change, words: str, title: str = "") -> SafeString:
    url = reverse(
        "settings_calendar_change",
        args=[change.value, day.isoformat()],
        query={"title": title} if title else None,
    )
    about = long_date(day)
    return format_html('<a class="govuk-link" href="{}" aria-label="{} {}">{}</a>', url, words, about, words)


@dataclass(frozen=True)
class ChangePage:
    """What a person is shown before the calendar changes."""

    title: str
    button: str
    moves: Table
    elsewhere: str


def change_page(preview: Preview, acting: Membership, *, visible: Mapping[UUID, str]) -> ChangePage:
    """Rows for the cases this person may open (id to pseudonym), a number for the other partnerships' cases."""
    rows = [
        (
            one.deadline.case.reference,
            visible[one.deadline.case_id],
            rule_of(one.deadline).verb_title,
            long_date(one.before),
            long_date(one.after),
        )
        for one in preview.moves
        if one.deadline.case_id in visible
    ]
    others = sum(one.deadline.case.partnership_id != acting.partnership_id for one in preview.moves)
    head = ("Case", "Child", "Clock", "Due now", "Due then")
    proclaims = preview.change == Change.PROCLAIM
    return ChangePage(
        title=f"{'Proclaim' if proclaims else 'Withdraw'} {long_date(preview.day)}"
        + (f", {preview.title}" if preview.title else ""),
        button="Proclaim this bank holiday" if proclaims else "Withdraw this bank holiday",
        moves=Table(
            "Due dates that move",
            head,
            rows,
            show_caption=True,
            empty="No due date of your partnership moves.",
        ),
        elsewhere=_elsewhere(others),
    )


def _elsewhere(n: int) -> str:
    if not n:
        return "No due date of another partnership moves."
    also = "1 due date of another partnership" if n == 1 else f"{n} due dates of other partnerships"
    return f"On this installation {also} would move as well."
