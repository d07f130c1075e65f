"""The words of a reminder's mail: the clock's verb and how urgent it is, nothing of the case."""

from datetime import date

from cspr.dispatch.phrases import phrase
from cspr.statute.clock import Clock
from cspr.statute.clocks import CLOCKS


def _words(verb: str, urgency: str) -> str:
    plain = verb.replace("'", "’")
    return f"{plain} ({urgency})" if urgency else plain


URGENCIES = ("", "due today", "overdue", "overdue, brought to you")
for _clock in CLOCKS:
    for _urgency in URGENCIES:
        phrase(_words(_clock.verb_title, _urgency))


def reminder_phrase(rule: Clock, *, due: date, on: date, escalated: bool) -> str:
    """The registered phrase for a clock on a day. A chase or a time that runs out is never called overdue."""
    if on < due or (on > due and (rule.runs_through or not rule.breach)):
        return _words(rule.verb_title, "")
    if on == due:
        return _words(rule.verb_title, "due today")
    return _words(rule.verb_title, URGENCIES[3] if escalated else URGENCIES[2])
