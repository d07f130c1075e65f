"""Where the board's rows come from: one source a kind of act, each a fixed number of queries."""

from collections.abc import Iterable

from django.urls import reverse

from cspr.casework.board import Source, Waiting
from cspr.decisions.models import Decision
from cspr.people.models import Membership, Partner
from cspr.permissions import LOCAL_AUTHORITY, Permission, can
from notifications.models import Incident
from notifications.options import ReferralStatus
from notifications.options.incident import IncidentStatus
from notifications.selectors import board as selectors

TO_DO = {
    IncidentStatus.TRIAGE: ("Test the route and ask the partners", "incident"),
    IncidentStatus.NOTIFIABLE: ("Send the notification and record it", "notification"),
    IncidentStatus.NOT_NOTIFIABLE: ("Tell of the death and record it as sent", "notification"),
}


def incidents(acting: Membership) -> Iterable[Waiting]:
    """What the incidents of one's cases wait for: the unit's step, a partner's view, the local authority's decision."""
    if not can(acting, Permission.SEE_CASES):
        return []
    found = selectors.open_incidents(acting)
    questions = selectors.open_questions(found)
    rows = (_incident(one, questions.get(one.case_id), acting) for one in found)
    return [row for row in rows if row is not None]


def _incident(incident: Incident, question: Decision | None, acting: Membership) -> Waiting | None:
    if incident.status == IncidentStatus.VIEWS_REQUESTED:
        return _question(incident, question, acting) if question is not None else None
    title, page = TO_DO[IncidentStatus(incident.status)]
    if acting.is_unit:
        return _row(incident, title, page)
    if acting.partner == LOCAL_AUTHORITY and can(acting, Permission.GIVE_VIEW):
        return _row(incident, title, "case", told="Waiting for the business unit", for_others=True)
    return None


def _question(incident: Incident, question: Decision, acting: Membership) -> Waiting:
    missing = [one for one in Partner if one not in {given.partner for given in question.sign_offs.all()}]
    asked = f"asked by {question.asked_by.user.full_name}"
    if can(acting, Permission.GIVE_VIEW) and acting.partner in missing:
        return _row(incident, "Give your view: is this a notifiable incident?", "incident_give_view", told=asked)
    if can(acting, Permission.DECIDE_NOTIFIABLE):
        waits = f"still to answer: {_named(missing)}" if missing else "all three partners have answered"
        return _row(incident, "Decide whether to notify", "incident_decide_notifiable", told=waits)
    waits = f"Waiting for the {_named(missing)}" if missing else "Waiting for the local authority's decision"
    return _row(incident, "Is this a notifiable incident?", "incident", told=waits, for_others=True)


def _named(partners: list[Partner]) -> str:
    return " and the ".join(one.label for one in partners)


def _row(incident: Incident, title: str, page: str, *, told: str = "", for_others: bool = False) -> Waiting:
    return Waiting(
        title=title,
        href=reverse(page, args=[incident.case_id]),
        reference=incident.case.reference,
        pseudonym=incident.case.pseudonym,
        due_on=incident.due_on,
        told=told,
        for_others=for_others,
    )


def referrals(acting: Membership) -> Iterable[Waiting]:
    """An agency's drafts to finish, and its referrals that wait for the decision."""
    if not can(acting, Permission.MAKE_REFERRAL):
        return []
    return [
        Waiting(
            title="Finish the referral",
            href=reverse("referral", args=[one.pk]),
            reference="Draft",
            told=f"started by {one.started_by.user.full_name}",
        )
        if one.status == ReferralStatus.DRAFT
        else Waiting(
            title="The decision on your referral",
            href=reverse("referral", args=[one.pk]),
            reference=one.reference or "",
            told="Waiting for the partnership",
            for_others=True,
        )
        for one in selectors.own_referrals(acting)
    ]


def failed_tellings(acting: Membership) -> Iterable[Waiting]:
    """Recipients whom no mail reached: somebody has to tell them (C2)."""
    if not can(acting, Permission.TELL):
        return []
    return [
        Waiting(
            title=f"Tell {one.recipient_name}: the mail did not go out",
            href=reverse("case_told", args=[one.case_id]),
            reference=one.case.reference,
            pseudonym=one.case.pseudonym,
        )
        for one in selectors.failed_tellings(acting)
    ]


SOURCES: tuple[Source, ...] = (incidents, referrals, failed_tellings)


def waiting_for(acting: Membership) -> list[Waiting]:
    """All that waits for this capacity."""
    return [row for source in SOURCES for row in source(acting)]
