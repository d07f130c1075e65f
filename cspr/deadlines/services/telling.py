"""Telling whom a fired reminder concerns: one mail to one person for one deadline, whatever was missed before.

Separate from firing. Each deadline is one transaction in which its row is held, so a clock met at the same moment
either is met before, and nobody is told, or after. Two workers pass over what the other holds; a fault stays with its
deadline.
"""

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cspr.audit.recording import record, recorded
from cspr.deadlines.models import Deadline, Reminder
from cspr.deadlines.owners import Reminded
from cspr.deadlines.phrases import reminder_phrase
from cspr.deadlines.recipients import Audience
from cspr.deadlines.rules import rule_of
from cspr.dispatch.services import post
from cspr.now import london_day

BATCH = 200
log = logging.getLogger(__name__)


@dataclass
class Tally:
    """What one telling did: mails queued, deadlines settled, deadlines whose fault is in the log."""

    told: int = 0
    settled: int = 0
    failed: int = 0


def tell(at: datetime, *, batch: int = BATCH) -> Tally:
    """Tell of every reminder fired and not told, as of ``at``. What fails is tried again at the next run."""
    tally = Tally()
    after = uuid.UUID(int=0)
    while waiting := _waiting(after, batch):
        audience = Audience.of((one.case for one in waiting), on=london_day(at))
        for deadline in waiting:
            try:
                told = _tell_one(deadline, audience, at=at)
            except Exception:  # one deadline's fault holds up no other
                log.exception("reminders of deadline %s could not be told", deadline.pk)
                tally.failed += 1
            else:
                tally.told += told
                tally.settled += 1
        after = waiting[-1].pk
    return tally


def _waiting(after: uuid.UUID, batch: int) -> list[Deadline]:
    """The next deadlines with a reminder fired and not told, in the order of their ids."""
    untold = Reminder.objects.filter(fired_at__isnull=False, told_at__isnull=True, deadline_id__gt=after)
    ids = untold.order_by("deadline_id").values_list("deadline_id", flat=True).distinct()[:batch]
    return list(Deadline.objects.filter(pk__in=list(ids)).select_related("case").order_by("pk"))


@recorded
def _tell_one(deadline: Deadline, audience: Audience, *, at: datetime) -> int:
    locked = (
        Deadline.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        .filter(pk=deadline.pk)
        .select_related("case")
        .first()
    )
    if locked is None:
        return 0
    untold = Reminder.objects.filter(deadline=locked, fired_at__isnull=False, told_at__isnull=True)
    reminders = list(untold.order_by("escalates", "fires_on", "offset"))
    chosen = _latest_of_each(reminders, locked, audience)
    told: set[int] = set()
    mails = 0
    for to, reminder in chosen.values():
        if _post(locked, reminder, to=to, at=at):
            told.add(reminder.pk)
            mails += 1
    _settle(reminders, told, locked, at=at)
    if any(one.escalates and one.pk in told for one in reminders):
        rule = rule_of(locked)
        whom = " and ".join(f"the {word.lower()}" for word in rule.reminders.escalate_to)
        detail = {"title": rule.title, "due_on": locked.due_on.isoformat(), "to": whom}
        record("deadline.escalated", by=None, subject=locked, case=locked.case, detail=detail)
    return mails


def _latest_of_each(
    reminders: Iterable[Reminder], deadline: Deadline, audience: Audience
) -> dict[uuid.UUID, tuple[Reminded, Reminder]]:
    """Each person once, with the latest reminder that concerns them; one brought to somebody comes last."""
    rule, case = rule_of(deadline), deadline.case
    chosen: dict[uuid.UUID, tuple[Reminded, Reminder]] = {}
    for reminder in reminders:
        if _moot(reminder, deadline):
            continue
        people = audience.escalated_to(rule, case) if reminder.escalates else audience.owners(deadline, rule)
        for one in people:
            chosen[one.to.user_id] = (one, reminder)
    return chosen


def _moot(reminder: Reminder, deadline: Deadline) -> str:
    """Why a fired reminder concerns nobody any more, or nothing."""
    if not deadline.is_open:
        return Reminder.ENDED
    if reminder.due_on != deadline.due_on:
        return Reminder.MOVED
    return Reminder.JOINED if deadline.case.merged_into_id else ""


def _post(deadline: Deadline, reminder: Reminder, *, to: Reminded, at: datetime) -> bool:
    words = reminder_phrase(
        rule_of(deadline), due=deadline.due_on, on=london_day(at), escalated=reminder.escalates
    )
    case = deadline.case
    message = post(
        to=to.email or to.to,
        subject=words,
        reference=case.reference,
        link=to.link,
        until=deadline.due_on,
        by=None,
        about=case,
        partnership=to.to.partnership,
    )
    return message is not None


def _settle(reminders: list[Reminder], told: set[int], deadline: Deadline, *, at: datetime) -> None:
    for one in reminders:
        one.told_at = at
        if one.pk not in told:
            one.told_nobody_because = _moot(one, deadline) or (
                Reminder.SUPERSEDED if told else Reminder.NOBODY
            )
    Reminder.objects.bulk_update(reminders, ["told_at", "told_nobody_because"])
