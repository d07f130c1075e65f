"""What the referring agencies are told of the decision (C4): on their referral, and by mail without its content."""

from django.urls import reverse

from cspr.audit.recording import record, recorded
from cspr.decisions.models import Answer
from cspr.dispatch import services as dispatch
from cspr.dispatch.models import Telling, TellingKind
from cspr.dispatch.services import To
from cspr.now import now
from cspr.people.models import Membership
from notifications.models import Incident, Referral
from notifications.options import ReferralStatus
from notifications.selectors import incident as incidents
from notifications.services.referral import keep, record_outcome

OUTCOMES = {
    Answer.YES: "It will be notified",
    Answer.NO: "It will not be notified as a serious incident",
}
DECISION_CLOCK = "C4"


@recorded
def tell_referrers(incident: Incident, *, reason: str, by: Membership) -> None:
    """Record the outcome on every referral that still stands, and tell each referrer that it waits there."""
    outcome = OUTCOMES[Answer(incident.outcome)]
    for referral in incidents.referrals_of(incident):
        if referral.status == ReferralStatus.SUBMITTED:
            record_outcome(referral, outcome=outcome, reason=reason, by=by)
        elif referral.status == ReferralStatus.DECIDED:
            change_outcome(referral, outcome=outcome, reason=reason, by=by)
        else:
            continue
        _tell(incident, referral, by=by)


@recorded
def change_outcome(referral: Referral, *, outcome: str, reason: str, by: Membership) -> Referral:
    """Decided again after it was opened again: the referrer reads the later outcome, the history keeps the first."""
    locked = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    locked.outcome, locked.outcome_reason = outcome, reason
    locked.decided_at, locked.decided_by = now(), by
    locked.advance(None)
    keep(locked, by=by)
    detail = {"reference": locked.reference, "outcome": outcome}
    record("referral.outcome_changed", by=by, subject=locked, case=locked.case, detail=detail)
    return locked


def _tell(incident: Incident, referral: Referral, *, by: Membership) -> None:
    sender = referral.submitted_by or referral.started_by
    to = To(
        Telling.Recipient.NAMED,
        name=f"{referral.agency.name}, referral {referral.reference}",
        email=sender.user.email,
        membership=sender if sender.is_current else None,
    )
    dispatch.tell(
        incident.case,
        what=TellingKind.DECISION_TO_REFERRER,
        to=to,
        by=by,
        clock=DECISION_CLOCK,
        link=reverse("referral", args=[referral.pk]),
    )
