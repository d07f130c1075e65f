"""A count as a strip of days for the eyes and a paragraph for a letter."""

from datetime import date

from cspr.deadlines import calendar
from cspr.deadlines.models import Deadline
from cspr.deadlines.presenters.counts import was_set_by_hand
from cspr.deadlines.rules import rule_of, settings_of
from cspr.govuk.parts import Strip, StripDay
from cspr.now import london_day
from cspr.statute.england_and_wales import Calendar
from cspr.statute.working_days import Day, Explanation, in_words

KINDS = {"day 0": "zero", "counted": "counted", "skipped": "skipped", "due": "due"}


def clock_strip(deadline: Deadline, on: date, in_force: Calendar | None = None) -> Strip:
    """A deadline laid out day by day as it stands on a London date, with its paragraph for a letter."""
    rule = rule_of(deadline)
    explained = explanation_of(deadline, in_force or calendar.current())
    return strip_of(explained, name=rule.title, event=rule.starts, task=rule.verb_title, today=on)


def strip_of(
    explained: Explanation, *, name: str, event: str = "", task: str = "", today: date | None = None
) -> Strip:
    """Any count laid out; ``event`` is what happened on day 0, ``task`` what must be done in time."""
    days = [StripDay(day.date, _kind(day), _note(day)) for day in explained.in_date_order]
    sentence = explained.as_text(event=event, task=task)
    shown = today if today and any(day.on == today for day in days) else None
    return Strip(name=name, sentence=sentence, days=days, today=shown)


def explanation_of(deadline: Deadline, in_force: Calendar) -> Explanation:
    """How the due date now in force was reached. A date that was set, rather than counted, says so."""
    rule = rule_of(deadline)
    if was_set_by_hand(deadline, in_force):
        return _set(deadline, in_force, f"The due date was set to {in_words(deadline.due_on)}.")
    explained = rule.explain(deadline.start_on, in_force, settings=settings_of(deadline))
    if explained.due == deadline.due_on:
        return explained
    begun = in_words(london_day(deadline.started_at))
    return _set(
        deadline, in_force, f"It began on {begun}, so it is due no earlier than the next working day."
    )


def _set(deadline: Deadline, in_force: Calendar, why: str) -> Explanation:
    due = deadline.due_on
    days = (
        Day(deadline.start_on, "day 0", reason=in_force.why_not(deadline.start_on) or ""),
        Day(due, "due", reason=in_force.why_not(due) or "", is_due=True),
    )
    return Explanation(deadline.start_on, due, why, days)


def _kind(day: Day) -> str:
    return "due" if day.is_due else KINDS[day.kind]


def _note(day: Day) -> str:
    """What stands under the day; where the due day does not work, that too."""
    return f"{day.words}, {day.reason}" if day.kind == "due" and day.reason else day.words
