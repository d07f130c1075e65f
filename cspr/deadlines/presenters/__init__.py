"""Clocks as a person reads them: a strip of days, a title with day and count, words for a letter."""

from cspr.deadlines.presenters.answers import Answer, answers
from cspr.deadlines.presenters.clock_page import ClockPage, clock_page
from cspr.deadlines.presenters.counts import told_of
from cspr.deadlines.presenters.strips import clock_strip, explanation_of, strip_of

__all__ = [
    "Answer",
    "ClockPage",
    "answers",
    "clock_page",
    "clock_strip",
    "explanation_of",
    "strip_of",
    "told_of",
]
