"""How this stage looks from the case page: how far it is, what can be done next, what is known in short."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from cspr.cases.models import Case
from cspr.govuk.parts import Row, Stage, Step
from cspr.now import london_day
from cspr.people.models import Membership
from cspr.permissions import Permission, can
from cspr.workflow import refusals
from notifications.models import Notification
from notifications.options import ReferralStatus
from notifications.options.incident import IncidentStatus
from notifications.presenters import incident as incident_presenter
from notifications.presenters import incident_papers
from notifications.selectors.incident import questions
from notifications.workflow.notification import RECORD_SENT

NO_REVIEW = {
    IncidentStatus.NOT_NOTIFIABLE: "decided not notifiable",
    IncidentStatus.LINKED: "joined to another case",
}


def notification_of(case: Case) -> Notification | None:
    """The notification of a case, where one is prepared or sent; asked for once, or not where it came with the case."""
    found: Notification | None = getattr(case, "notification", None)
    if found is not None:
        found.incident = case.incident
    return found


def case_stages(case: Case, acting: Membership, later: Sequence[str]) -> list[Stage]:
    """Referral and notification with their dates; the stages after them lie ahead, or say why they are not taken."""
    incident = case.incident
    no_more = NO_REVIEW.get(IncidentStatus(incident.status), "")
    no_review = no_more or (
        "" if incident.route in {"", "A"} else f"route {incident.route} has no rapid review"
    )
    after = "skipped" if no_review else "ahead"
    return [
        _referral(case),
        _notification(case, acting, no_more),
        *(Stage(label, after, why=no_review) for label in later),
    ]


def _referral(case: Case) -> Stage:
    state = "current" if case.incident.is_open else "done"
    return Stage("Referral", state, london_day(case.opened_at), reverse("incident", args=[case.pk]))


def _notification(case: Case, acting: Membership, no_more: str) -> Stage:
    incident = case.incident
    page = reverse("notification", args=[case.pk]) if can(acting, Permission.SEE_NAMES) else ""
    if incident.notified_at:
        return Stage("Notification", "done", london_day(incident.notified_at), page)
    if no_more and not incident.is_to_be_sent:
        return Stage("Notification", "skipped", why=no_more)
    return Stage("Notification", "ahead") if incident.is_open else Stage("Notification", "current", href=page)


def case_steps(case: Case, acting: Membership) -> list[Step]:
    """What this person can do on the case next; what cannot be done yet says why."""
    incident = case.incident
    steps = []
    if incident.is_open and can(acting, Permission.TRIAGE):
        steps.append(Step("Go on with the referral", reverse("incident", args=[case.pk])))
    steps += incident_presenter.steps(incident, acting)
    notification = notification_of(case)
    if notification is not None and not notification.is_sent and can(acting, Permission.PREPARE_NOTIFICATION):
        steps.append(Step("Prepare the notification", reverse("notification", args=[case.pk])))
        steps.append(
            Step(
                RECORD_SENT.label,
                reverse("record_sent", args=[case.pk]),
                tuple(refusals(notification, RECORD_SENT, acting)),
            )
        )
    return steps


def overview(case: Case, acting: Membership) -> dict[str, Any]:
    """What is known in short: the incident's facts, and the case it was joined to."""
    return {
        "rows": incident_presenter.fact_rows(case.incident),
        "referrals": referral_rows(case, acting),
        "status": case.incident.get_status_display(),
    }


def decisions_shown(case: Case, acting: Membership) -> list[incident_papers.Asked]:
    """Every version of every question put to the partners, the newest first."""
    return [incident_papers.asked(one, case, acting, may_answer=False) for one in questions(case)]


def referral_rows(case: Case, acting: Membership) -> list[Row]:
    """The referrals behind the case, each with its page for whoever may read it: names stand in it."""
    may_read = can(acting, Permission.SEE_REFERRALS)
    rows = case.referrals.order_by("submitted_at")
    return [
        Row(
            reference or "Referral",
            f"{agency}, {ReferralStatus(status).label.lower()}",
            href=reverse("referral", args=[pk]) if may_read else "",
            action="Read",
            about=f"the referral {reference}",
        )
        for pk, reference, status, agency in rows.values_list("pk", "reference", "status", "agency__name")
    ]
