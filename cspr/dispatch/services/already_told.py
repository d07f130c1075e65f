"""Keeping that a recipient was told outside this system, as by the national system at the moment of sending."""

from datetime import datetime
from typing import Any

from cspr.audit.recording import record, recorded
from cspr.cases.models import Case
from cspr.dispatch.models import How, Telling, TellingKind
from cspr.dispatch.services.recipients import To
from cspr.now import now
from cspr.people.models import Membership


@recorded
def record_told(
    case: Case,
    *,
    what: TellingKind,
    to: To,
    how: How,
    at: datetime,
    by: Membership,
    clock: str = "",
    note: str = "",
    proof: Any = None,
) -> Telling:
    """Keep a telling that has happened; no mail is queued. Recorded twice, the first is answered."""
    same = {"case": case, "what": what, "clock": clock, "recipient_name": to.name, "told_at": at, "how": how}
    standing = Telling.objects.filter(**same, status=Telling.Status.TOLD_BY_HAND).first()
    if standing is not None:
        return standing
    telling = Telling(
        **same,
        recipient=to.recipient,
        partner=to.partner,
        partnership=to.partnership,
        body=to.body,
        status=Telling.Status.TOLD_BY_HAND,
        note=note,
        proof=proof,
        asked_at=now(),
        asked_by=by,
        told_by=by,
    )
    telling.save(force_insert=True)
    detail = {"recipient": to.name, "what": TellingKind(what).label, "how": How(how).label}
    record("telling.told_by_hand", by=by, subject=telling, case=case, detail=detail)
    return telling
