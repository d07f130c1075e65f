"""What a duty is: one thing required before a step, with the sentence that asks for it and its source."""

from dataclasses import dataclass
from enum import StrEnum

from cspr.statute.sources import Source


class Step(StrEnum):
    """The steps before which content is required."""

    SUBMIT_REFERRAL = "submit a referral"
    DECIDE_NOTIFIABLE = "decide whether the incident is notifiable"
    RECORD_SENT = "record the notification as sent"
    DECIDE_REVIEW = "decide on a local review"
    CONSIDER_NATIONAL = "consider a national review"
    APPOINT_REVIEWER = "appoint a reviewer"
    FINISH_REPORT = "finish the report"
    MAKE_RECOMMENDATION = "make a recommendation"


@dataclass(frozen=True)
class Duty:
    """One row. `key` is the rule in docs/rules.md; `what` names the thing in code; `sentence` asks a person
    for it.

    `condition` names the circumstance in which it is required; empty means always.
    """

    key: str
    step: Step
    what: str
    sentence: str
    source: Source
    condition: str = ""


def duties(
    step: Step, key: str, source: Source, *rows: tuple[str, str] | tuple[str, str, str]
) -> tuple[Duty, ...]:
    """Rows of one rule: (what, sentence) or (what, sentence, condition)."""
    return tuple(Duty(key, step, row[0], row[1], source, row[2] if len(row) > 2 else "") for row in rows)
