"""Verbs on proceedings that need more than the register: taken over from a referral, ended, running again. Rule 7.3."""

from datetime import date
from uuid import UUID

from cspr.audit.recording import recorded
from cspr.cases import proceedings as register
from cspr.cases.kinds import ProceedingKind
from cspr.cases.models import Case, Proceeding
from cspr.cases.workflow import END, REOPEN
from cspr.engine import apply
from cspr.now import today
from cspr.people.models import Membership
from cspr.permissions import Permission
from cspr.workflow import Refused
from rapid_reviews.selectors.proceedings import find_known
from rapid_reviews.services.rights import require

KEEP = Permission.KEEP_PROCEEDINGS


@recorded
def take_over(case: Case, *, known_id: UUID, by: Membership) -> Proceeding:
    """Register a proceeding as a referral told of it, with the holds it told of. Taken over twice it is one."""
    require(case, KEEP, by=by)
    Case.objects.select_for_update().get(pk=case.pk)
    known = find_known(case, known_id)
    if known is None:
        raise Refused("This proceeding is in no referral of this case.")
    standing = Proceeding.objects.filter(case=case, taken_from=known.pk).first()
    if standing is not None:
        return standing
    facts = {
        "kind": known.kind or ProceedingKind.OTHER,
        "other_kind": "" if known.kind and known.kind != ProceedingKind.OTHER else "As told in a referral",
        "lead_body": known.lead or "Not known yet",
        "lead_contact": known.lead_contact,
        "reference": known.proceeding_reference[:100],
        "next_on": known.next_on,
        "next_event": known.next_event if known.next_on else "",
        "note": known.next_event if not known.next_on else "",
    }
    row = register.register(case, facts=facts, by=by, taken_from=known.pk)
    for on in known.holds or []:
        reason = (known.hold_reason or "As told in a referral")[:2_000]
        register.place_hold(row, on=on, reason=reason, asked_for_by=known.lead or "Not known yet", by=by)
    return row


@recorded
def end(proceeding: Proceeding, *, ended_on: date, outcome: str, by: Membership) -> Proceeding:
    """Record that a proceeding ended, and how. Its holds have to be lifted first."""
    require(proceeding.case, KEEP, by=by)
    if ended_on > today():
        raise Refused(fields={"ended_on": "The day it ended must be today or in the past"})
    changes = {"ended_on": ended_on, "outcome": outcome, "next_on": None, "next_event": ""}
    return apply(
        proceeding,
        END,
        by=by,
        changes={**changes, "_history_user": by.user},
        detail={"kind": proceeding.get_kind_display()},
    )


@recorded
def reopen(proceeding: Proceeding, *, reason: str, by: Membership) -> Proceeding:
    """Record that a proceeding runs again, as on appeal."""
    require(proceeding.case, KEEP, by=by)
    nobody = {"ended_at": None, "ended_by": None, "ended_on": None, "_history_user": by.user}
    return apply(proceeding, REOPEN, by=by, reason=reason, changes=nobody)
