"""Telling somebody something a duty names (rules C2, C7, C11, C13): one recipient, one row, one proof.

A telling is asked, then told by mail (the worker settles it when the mail service has accepted the message)
or by hand. When the last one of a clock is told, what `cspr.dispatch.completions` holds for the clock runs
in the same transaction.
"""

import logging
import uuid
from datetime import date, datetime
from typing import Any

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case
from cspr.dispatch import phrases, selectors
from cspr.dispatch.completions import REGISTERED
from cspr.dispatch.models import How, Message, Telling, TellingKind
from cspr.dispatch.services.outbox import post, send_again
from cspr.dispatch.services.recipients import To
from cspr.now import now
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import AlreadyDone, Refused

log = logging.getLogger(__name__)

WAITING = {
    TellingKind.SERIOUS_INCIDENT_TO_PARTNER: phrases.INCIDENT_TO_PARTNER,
    TellingKind.SERIOUS_INCIDENT_TO_AREA: phrases.INCIDENT_TO_AREA,
    TellingKind.INCIDENT_TO_BODY: phrases.SOMETHING_WAITS,
    TellingKind.DECISION_TO_REFERRER: phrases.REFERRAL_DECIDED,
    TellingKind.RAPID_REVIEW_TO_PANEL: phrases.SOMETHING_WAITS,
    TellingKind.ANSWER_TO_PANEL: phrases.SOMETHING_WAITS,
    TellingKind.REVIEW_DECIDED: phrases.REVIEW_DECIDED,
    TellingKind.REVIEW_NOT_HELD: phrases.REVIEW_NOT_HELD,
    TellingKind.REVIEWER_NAMED: phrases.REVIEWER_NAMED,
    TellingKind.REPORT_BEFORE_PUBLICATION: phrases.REPORT_WAITS,
    TellingKind.DELAY: phrases.DELAY,
    TellingKind.OTHER: phrases.SOMETHING_WAITS,
}


@recorded
def tell(
    case: Case,
    *,
    what: TellingKind,
    to: To,
    by: Membership,
    clock: str = "",
    link: str = "",
    until: date | None = None,
    note: str = "",
) -> Telling:
    """Ask that a recipient be told; queues the mail, or leaves it to a person where no address is held.

    Asked twice while the first is open: the first is answered. ``link`` is used for people who sign in here
    only.
    """
    same = {
        "case": case, "what": what, "clock": clock, "recipient": to.recipient, "partner": to.partner,
        "partnership": to.partnership, "body": to.body, "recipient_name": to.name,
    }  # fmt: skip
    asked_already = Telling.objects.filter(
        **{
            f"{name}__isnull" if value is None else name: value is None or value
            for name, value in same.items()
        },
        status__in=Telling.OPEN,
    ).first()
    if asked_already is not None:
        return asked_already
    telling = Telling(
        **same, email=to.email, status=Telling.Status.FAILED, note=note, asked_at=now(), asked_by=by
    )
    _mail(telling, to=to.membership or to.email, link=link if to.membership else "", until=until, by=by)
    telling.save(force_insert=True)
    _record(telling, "asked", by=by)
    if telling.status == Telling.Status.FAILED:
        _record(telling, "failed", by=by)
    return telling


def _mail(telling: Telling, *, to: Membership | str, link: str, until: date | None, by: Membership) -> None:
    """Queue the mail of a telling; without an address, or to somebody walled off, the telling needs a
    person.
    """
    if not to:
        return
    case = telling.case
    words = WAITING[TellingKind(telling.what)]
    message = post(to=to, subject=words, reference=case.reference, link=link, until=until, by=by, about=case)
    if message is not None:
        telling.message, telling.status = message, Telling.Status.QUEUED


@recorded
def tell_by_hand(
    telling: Telling, *, by: Membership, how: How, at: datetime, note: str = "", proof: Any = None
) -> Telling:
    """Record that a recipient was told by a person: how, when, with what proof.

    Its unsent mail is stopped.
    """
    if not can(by, Permission.TELL):
        raise Refused(f"This is not yours to do: it needs {Permission.TELL.whose}.")
    locked = _lock(telling)
    if locked.status in Telling.TOLD:
        if locked.told_by_id == by.pk and locked.status == Telling.Status.TOLD_BY_HAND:
            return locked
        raise AlreadyDone(by=locked.told_by, what=str(locked))
    if locked.status == Telling.Status.STOPPED:
        raise Refused("This recipient is no longer to be told.")
    if at > now():
        raise Refused(fields={"at": "The moment must be in the past"})
    _stop_mail(locked)
    locked.status, locked.how, locked.told_at, locked.told_by = Telling.Status.TOLD_BY_HAND, How(how), at, by
    locked.note, locked.proof = note or locked.note, proof
    locked.save()
    _record(locked, "told_by_hand", by=by, how=How(how).label)
    _complete(locked)
    return locked


@recorded
def retry(telling: Telling, *, by: Membership, email: str = "", link: str = "") -> Telling:
    """Try a failed telling again by mail: the same message, or a new one where an address is given."""
    locked = _lock(telling)
    if locked.status != Telling.Status.FAILED:
        raise Refused("Only a telling that failed can be tried again.")
    if email and email != locked.email:
        locked.email = email
        _mail(locked, to=email, link="", until=None, by=by)
    elif locked.message is not None and locked.message.status == Message.Status.DEAD:
        locked.message, locked.status = send_again(locked.message, by=by), Telling.Status.QUEUED
    else:
        _mail(locked, to=locked.email, link=link, until=None, by=by)
    if locked.status != Telling.Status.QUEUED:
        raise Refused(
            fields={"email": "Enter an email address, or record that the recipient was told in another way"}
        )
    locked.save()
    _record(locked, "retried", by=by)
    return locked


@recorded
def stop_telling(telling: Telling, *, by: Membership, reason: str) -> Telling:
    """A recipient is no longer to be told, with a reason; the clock no longer waits for them."""
    if not reason.strip():
        raise Refused(fields={"reason": "Enter why this recipient is no longer to be told"})
    locked = _lock(telling)
    if locked.status not in Telling.OPEN:
        raise Refused("This recipient was told already, or is no longer to be told.")
    _stop_mail(locked)
    locked.status = Telling.Status.STOPPED
    locked.save()
    _record(locked, "stopped", by=by, reason=reason)
    _complete(locked)
    return locked


def settle_tellings(limit: int = 200) -> int:
    """Carry what became of the mails over to their tellings; one that cannot be settled holds up no other
    (R20).
    """
    settled = 0
    for telling_id in list(selectors.to_settle().values_list("pk", flat=True)[:limit]):
        try:
            settled += _settle(telling_id)
        except Exception:  # one case's fault stays its own, and is tried again at the next drain
            log.exception("telling %s could not be settled", telling_id)
    return settled


@recorded
def _settle(telling_id: uuid.UUID) -> int:
    telling = _lock(Telling.objects.get(pk=telling_id))
    message = telling.message
    if telling.status not in Telling.OPEN or message is None:
        return 0
    if message.status == Message.Status.SENT:
        telling.status, telling.how = Telling.Status.SENT, How.EMAIL
        telling.told_at, telling.told_by = message.accepted_at, message.queued_by or telling.asked_by
        telling.save()
        _record(telling, "sent", by=None, proof=message.header)
        _complete(telling)
    elif telling.status == Telling.Status.QUEUED and message.status != Message.Status.QUEUED:
        telling.status = Telling.Status.FAILED
        telling.save()
        _record(telling, "failed", by=None)
    else:
        return 0
    return 1


def _lock(telling: Telling) -> Telling:
    """Lock every telling of the clock, in one order: two that end at once must not each see the other as
    untold.
    """
    rows = Telling.objects.select_for_update(of=("self",)).filter(
        case_id=telling.case_id, clock=telling.clock
    )
    rows = rows.select_related("case__partnership", "asked_by__user").order_by("pk")
    return next(row for row in rows if row.pk == telling.pk)


def _stop_mail(telling: Telling) -> None:
    """Stop a mail that nobody is delivering at this moment."""
    if telling.message_id is not None:
        waiting = Message.objects.filter(
            pk=telling.message_id, status=Message.Status.QUEUED, lease_until__isnull=True
        )
        waiting.update(status=Message.Status.STOPPED)


def _complete(telling: Telling) -> None:
    """Run what follows, when this was the last recipient the clock waited for."""
    case, clock = telling.case, telling.clock
    follows = REGISTERED.get(clock)
    if follows is None or not selectors.all_told(case, clock=clock):
        return
    at, by = selectors.last_told(case, clock=clock)
    follows(case, clock=clock, at=at, by=by)


def _record(telling: Telling, kind: str, *, by: Membership | None, **detail: str) -> None:
    told = {"recipient": telling.recipient_name, "what": TellingKind(telling.what).label, **detail}
    record(f"telling.{kind}", by=by, subject=telling, case=telling.case, detail=told)
