"""The public page's answers: the last day for each duty, with its arithmetic and its source. Nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from cspr.deadlines.presenters.strips import strip_of
from cspr.govuk.dates import long_date
from cspr.govuk.parts import Strip
from cspr.statute.clocks import NoClock, clock_in_force
from cspr.statute.england_and_wales import Calendar
from cspr.statute.sources import Source


@dataclass(frozen=True)
class Answer:
    """One duty's last day, or in ``note`` why there is none."""

    heading: str
    rule: str = ""
    source: str = ""
    strip: Strip | None = None
    note: str = ""


def answers(asked: Mapping[str, Any], in_force: Calendar) -> list[Answer]:
    """Every answer that the dates given allow, in the order of the duties."""
    given: list[Answer] = []
    aware, sent = asked.get("aware_on"), asked.get("sent_on")
    if aware:
        note = _time_note(aware, asked.get("aware_time"))
        given += [_answer("C1", aware, in_force, note=note), _answer("C2", aware, in_force)]
        if not sent:
            latest = clock_in_force("C1", aware).due(aware, in_force)
            given.append(_answer("C5", latest, in_force, note=LATEST, event=AT_THE_LATEST))
    if sent:
        given.append(_answer("C5", sent, in_force))
    if publish := asked.get("publish_on"):
        given.append(_answer("C11", publish, in_force, note=BACKWARDS))
    if decided := asked.get("decided_on"):
        given.append(_answer("C10", decided, in_force))
    return given


LATEST = (
    "Counted from the last day for notifying, so this is the latest it can be."
    " A notification sent earlier makes the rapid review due earlier: enter the day it was sent."
)
AT_THE_LATEST = "the notification is sent to the Panel at the latest"
BACKWARDS = "A report changed after it was sent has to be sent again by this day."


def _answer(key: str, day: date, in_force: Calendar, *, note: str = "", event: str = "") -> Answer:
    try:
        rule = clock_in_force(key, day)
    except NoClock:
        return Answer(
            "Rapid review" if key == "C5" else key, note=f"No such time limit is known for {long_date(day)}."
        )
    explained = rule.explain(day, in_force)
    return Answer(
        heading=f"{rule.verb_title} by {long_date(explained.due)}",
        rule=f"Rule {rule.key}: {rule.period().words}{' before publication' if rule.backwards else ''}.",
        source=_sources(rule.source),
        strip=strip_of(explained, name=rule.title, event=event or rule.starts, task=rule.verb_title),
        note=note,
    )


def _sources(source: Source) -> str:
    """The source, and the one with more authority that it restates."""
    stated = source.cite()
    return stated if source.authority is source else f"{stated}; {source.authority.cite()}"


def _time_note(day: date, clock: time | None) -> str:
    if clock is None:
        return ""
    return f"At {clock:%H:%M} on the London clock it is {long_date(day)}; the time of day does not change the last day."
