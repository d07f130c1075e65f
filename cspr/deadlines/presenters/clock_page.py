"""A clock, opened: what started it, the rule, the days, what changed, who is reminded, words for a letter."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from cspr.deadlines import calendar
from cspr.deadlines.models import Deadline, DueDate, Reminder
from cspr.deadlines.presenters.counts import told_of
from cspr.deadlines.presenters.strips import clock_strip
from cspr.deadlines.rules import rule_of, settings_of
from cspr.deadlines.state import State, state
from cspr.govuk.dates import long_date, long_moment
from cspr.govuk.parts import Strip, Table
from cspr.govuk.words import capital
from cspr.people.models import Membership
from cspr.statute.sources import Source
from cspr.statute.working_days import in_words


@dataclass(frozen=True)
class ClockPage:
    """Everything the page of one clock shows, as sentences."""

    title: str
    told: str
    late: bool
    began: str
    rule: str
    sources: list[Source]
    satisfied_by: str
    ended: str
    calendar: str
    strip: Strip
    letter: str
    changes: Table
    reminders: Table


def clock_page(
    deadline: Deadline, on: date, *, due_dates: Iterable[DueDate], reminders: Iterable[Reminder]
) -> ClockPage:
    """The page of a deadline on a London date."""
    rule, in_force = rule_of(deadline), calendar.current()
    strip = clock_strip(deadline, on)
    return ClockPage(
        title=_title(deadline),
        told=capital(told_of(deadline, on, in_force)),
        late=state(deadline, on, in_force) in {State.OVERDUE, State.MET_LATE} and rule.breach,
        began=_began(deadline),
        rule=f"Rule {rule.key}: {rule.period(settings_of(deadline)).words}.",
        sources=_sources(rule.source),
        satisfied_by=rule.satisfied_by,
        ended=_ended(deadline),
        calendar=f"Bank holidays of England and Wales are counted as announced until {in_words(in_force.known_until)}.",
        strip=replace(strip, sentence=""),
        letter=strip.sentence,
        changes=_changes(deadline, due_dates),
        reminders=_reminders(reminders, owner=rule.owner, others=rule.reminders.escalate_to),
    )


def _title(deadline: Deadline) -> str:
    return f"{rule_of(deadline).verb_title}: due {long_date(deadline.due_on)}"


def _began(deadline: Deadline) -> str:
    rule = rule_of(deadline)
    moment = (
        long_date(deadline.start_on)
        if rule.backwards or rule.counted_from
        else long_moment(deadline.started_at)
    )
    return f"{capital(rule.starts)}: {moment} (recorded by {_who(deadline.started_by)})."


def _ended(deadline: Deadline) -> str:
    if deadline.withdrawn_at is not None:
        moment, by = long_moment(deadline.withdrawn_at), _who(deadline.withdrawn_by)
        return f"Withdrawn on {moment} by {by}: {deadline.withdrawn_reason}"
    if deadline.met_at is not None:
        return f"Met on {long_moment(deadline.met_at)}, recorded by {_who(deadline.met_by)}."
    return ""


def _sources(source: Source) -> list[Source]:
    return [source, source.authority] if source.authority is not source else [source]


def _who(membership: Membership | None) -> str:
    return str(membership) if membership else "the system, from the list of GOV.UK"


def _changes(deadline: Deadline, due_dates: Iterable[DueDate]) -> Table:
    first = ("First due date", long_date(deadline.first_due_on), "", "")
    later = [(long_moment(one.set_at), long_date(one.due_on), one.why, _who(one.set_by)) for one in due_dates]
    head = ("Set", "Due", "Why", "By")
    return Table(caption="Due dates", head=head, rows=[first, *later] if later else [], row_headers=True)


def _reminders(reminders: Iterable[Reminder], *, owner: str, others: Iterable[str]) -> Table:
    brought_to = " and ".join(others)
    rows = [
        (long_date(one.fires_on), brought_to if one.escalates else owner, _outcome(one)) for one in reminders
    ]
    return Table(
        caption="Reminders", head=("Day", "To", "Outcome"), rows=rows, empty="No reminder is planned."
    )


def _outcome(one: Reminder) -> str:
    if one.told_at is None:
        return "Being told" if one.fired_at else "Waits"
    return (
        f"Not told: {one.told_nobody_because}"
        if one.told_nobody_because
        else f"Told {long_moment(one.told_at)}"
    )
