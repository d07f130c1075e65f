"""Verbs of the clocks: start, meet and move them; sweep and tell; the calendar; the feed; the partnership's numbers."""

from cspr.deadlines.rules import rule_of, settings_of
from cspr.deadlines.services.clocks import correct, meet, move, running, start, withdraw
from cspr.deadlines.services.firing import sweep
from cspr.deadlines.services.reminders import drop_reminders, plan_reminders
from cspr.deadlines.services.round import Round, make_round
from cspr.deadlines.services.telling import Tally, tell

__all__ = [
    "Round",
    "Tally",
    "correct",
    "drop_reminders",
    "make_round",
    "meet",
    "move",
    "plan_reminders",
    "rule_of",
    "running",
    "settings_of",
    "start",
    "sweep",
    "tell",
    "withdraw",
]
