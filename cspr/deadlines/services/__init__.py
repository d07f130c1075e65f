"""Verbs of the clocks: start, meet and move them; sweep and tell; the calendar; the feed; the partnership's numbers."""

from cspr.deadlines.rules import rule_of, settings_of
from cspr.deadlines.services.clocks import correct, meet, move, running, start, withdraw
from cspr.deadlines.services.feeds import hash_of, make_feed, revoke_feed
from cspr.deadlines.services.firing import sweep
from cspr.deadlines.services.holidays import (
    Change,
    Move,
    Preview,
    apply_change,
    preview_change,
    refuse_impossible,
)
from cspr.deadlines.services.numbers import numbers_of, set_numbers
from cspr.deadlines.services.refreshing import Refreshed, refresh_bank_holidays
from cspr.deadlines.services.reminders import drop_reminders, plan_reminders
from cspr.deadlines.services.round import Round, make_round
from cspr.deadlines.services.telling import Tally, tell

__all__ = [
    "Change",
    "Move",
    "Preview",
    "Refreshed",
    "Round",
    "Tally",
    "apply_change",
    "correct",
    "drop_reminders",
    "hash_of",
    "make_feed",
    "make_round",
    "meet",
    "move",
    "numbers_of",
    "plan_reminders",
    "preview_change",
    "refresh_bank_holidays",
    "refuse_impossible",
    "revoke_feed",
    "rule_of",
    "running",
    "set_numbers",
    "settings_of",
    "start",
    "sweep",
    "tell",
    "withdraw",
]
