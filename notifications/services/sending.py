"""What a sending must say of itself before it is recorded (rule 4.6): reference, moment, sender, evidence, reasons."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import File

from cspr.deadlines import calendar
from cspr.govuk.dates import long_moment
from cspr.now import london_day, now
from cspr.statute.duties import Step, missing
from cspr.workflow import Refused
from notifications.models import Notification
from notifications.selectors.notification import deadline_told

FIELDS = {"sent_at": "sent_on", "sent_by": "sender_name"}
"""Where a sentence of the table of duties stands on the page."""


@dataclass(frozen=True)
class Sent:
    """What a person records about the sending. ``at`` is the moment in the national system, to the minute."""

    at: datetime
    system_reference: str
    sender_name: str
    evidence: "File[Any] | None"
    late_reason: str = ""
    early_reason: str = ""

    def held(self) -> set[str]:
        """What of the required content is there: the names of ``cspr.statute.duties``."""
        there = {
            "system_reference": self.system_reference,
            "sent_at": self.at,
            "sent_by": self.sender_name,
            "evidence": self.evidence,
        }
        return {what for what, value in there.items() if value}


def days_late(notification: Notification, at: datetime) -> int | None:
    """Working days between the due day and the London day of a moment; None where that is in time, or no clock runs.

    0 where only days that are no working days lie between.
    """
    deadline = deadline_told(notification.case)
    day = london_day(at)
    if deadline is None or day <= deadline.due_on:
        return None
    return calendar.current().between(deadline.due_on, day)


def late_in_words(days: int) -> str:
    """Say "2 working days late"."""
    if days == 0:
        return "less than one working day late"
    return f"{days} working day{'' if days == 1 else 's'} late"


def refuse_sending(notification: Notification, sent: Sent) -> None:
    """Raise Refused, by field, for what is not there and for a moment that cannot be."""
    wrong = {
        FIELDS.get(duty.what, duty.what): duty.sentence for duty in missing(Step.RECORD_SENT, sent.held())
    }
    wrong |= _wrong_moment(notification, sent)
    days = days_late(notification, sent.at)
    if days is not None and not sent.late_reason.strip():
        wrong["late_reason"] = f"Enter why it was sent {late_in_words(days)}"
    if wrong:
        raise Refused(fields=wrong)


def _wrong_moment(notification: Notification, sent: Sent) -> dict[str, str]:
    incident = notification.incident
    if sent.at > now():
        return {"sent_on": "The moment of sending must be in the past"}
    if incident.aware_at and sent.at < to_the_minute(incident.aware_at):
        aware = long_moment(incident.aware_at)
        return {"sent_on": f"The moment of sending must be after the local authority became aware, {aware}"}
    if is_before_decision(notification, sent.at) and not sent.early_reason.strip():
        return {"early_reason": "Enter why it was sent before the decision was recorded"}
    return {}


def is_before_decision(notification: Notification, at: datetime) -> bool:
    """Whether it was sent before the decision to notify was recorded."""
    decided = notification.incident.decided_at
    return decided is not None and at < to_the_minute(decided)


def to_the_minute(moment: datetime) -> datetime:
    """A moment as it is typed: without its seconds."""
    return moment.replace(second=0, microsecond=0)
