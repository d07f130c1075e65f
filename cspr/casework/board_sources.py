"""Where the board's rows come from: one source a kind of act, each a fixed number of queries."""

from collections.abc import Iterable
from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import get_urlconf, reverse

from cspr.casework.board import Source, Waiting
from cspr.people.models import Membership, Partner
from cspr.permissions import LOCAL_AUTHORITY, Permission, can
from notifications.options import ReferralStatus
from notifications.options.incident import IncidentStatus
from notifications.selectors import board as selectors
from notifications.selectors.board import OpenIncident, OpenQuestion
from notifications.selectors.sharing import answers_to_read, shared_cases

NOWHERE = UUID(int=0)
TO_DO = {
    IncidentStatus.TRIAGE: ("Test the route and ask the partners", "incident"),
    IncidentStatus.NOTIFIABLE: ("Send the notification and record it", "notification"),
    IncidentStatus.NOT_NOTIFIABLE: ("Tell of the death and record it as sent", "notification"),
}


def incidents(acting: Membership) -> Iterable[Waiting]:
    """What the incidents of one's cases wait for: the unit's step, a partner's view, the local authority's decision."""
    if not can(acting, Permission.SEE_CASES):
        return []
    own = TO_DO.keys() if acting.is_unit else {IncidentStatus.VIEWS_REQUESTED}
    found = selectors.open_incidents(acting, own | _watched(acting), own=own)
    questions = selectors.open_questions(one.case_id for one in found)
    rows = (_incident(one, questions.get(one.case_id), acting) for one in found)
    return [row for row in rows if row is not None]


def _watched(acting: Membership) -> set[IncidentStatus]:
    """What this person waits for others to do: everybody the partners' views, the local authority the unit's steps."""
    watched = {IncidentStatus.VIEWS_REQUESTED}
    notifies = acting.partner == LOCAL_AUTHORITY and can(acting, Permission.GIVE_VIEW)
    return watched | TO_DO.keys() if notifies else watched


def _incident(incident: OpenIncident, question: OpenQuestion | None, acting: Membership) -> Waiting | None:
    if incident.status == IncidentStatus.VIEWS_REQUESTED:
        return _question(incident, question, acting) if question is not None else None
    title, page = TO_DO[IncidentStatus(incident.status)]
    if acting.is_unit:
        return _row(incident, title, page)
    return _row(incident, title, "case", told="Waiting for the business unit", for_others=True)


def _question(incident: OpenIncident, question: OpenQuestion, acting: Membership) -> Waiting:
    missing = [one for one in Partner if one not in question.answered]
    asked = f"asked by {question.asked_by}"
    if can(acting, Permission.GIVE_VIEW) and acting.partner in missing:
        return _row(
            incident, "Give your view: is this a notifiable incident?", "incident_give_view", told=asked
        )
    if can(acting, Permission.DECIDE_NOTIFIABLE):
        waits = f"still to answer: {_named(missing)}" if missing else "all three partners have answered"
        return _row(incident, "Decide whether to notify", "incident_decide_notifiable", told=waits)
    waits = f"Waiting for the {_named(missing)}" if missing else "Waiting for the local authority's decision"
    return _row(incident, "Is this a notifiable incident?", "incident", told=waits, for_others=True)


def _named(partners: list[Partner]) -> str:
    return " and the ".join(one.label for one in partners)


@cache
def _pattern(page: str, urlconf: str) -> str:
    """The address of a page of one case or referral with a place for its id: a hundred rows resolve it once."""
    return reverse(page, args=[NOWHERE], urlconf=urlconf).replace(str(NOWHERE), "{}")


def _address(page: str, case_id: UUID) -> str:
    return _pattern(page, get_urlconf() or settings.ROOT_URLCONF).format(case_id)


def _row(
    incident: OpenIncident, title: str, page: str, *, told: str = "", for_others: bool = False
) -> Waiting:
    return Waiting(
        title=title,
        href=_address(page, incident.case_id),
        reference=incident.reference,
        pseudonym=incident.pseudonym,
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
            href=_address("referral", one.id),
            reference="Draft",
            told=f"started by {one.started_by}",
        )
        if one.status == ReferralStatus.DRAFT
        else Waiting(
            title="The decision on your referral",
            href=_address("referral", one.id),
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
            title=f"Tell {one.recipient}: the mail did not go out",
            href=_address("case_told", one.case_id),
            reference=one.reference,
            pseudonym=one.pseudonym,
        )
        for one in selectors.failed_tellings(acting)
    ]


def shared_with_us(acting: Membership) -> Iterable[Waiting]:
    """What another area shares and the unit has not read yet (rule 4.8)."""
    if not can(acting, Permission.ANSWER_SHARED):
        return []
    return [
        Waiting(
            title="Read what another area shares with you",
            href=_address("shared_case", one.area_id),
            reference=one.reference,
            pseudonym=one.pseudonym,
            told=f"shared by {one.partnership}",
        )
        for one in shared_cases(acting, unread=True)
    ]


def answers_of_areas(acting: Membership) -> Iterable[Waiting]:
    """Answers of other areas that the unit has not read yet (rule 4.8)."""
    if not can(acting, Permission.SHARE):
        return []
    return [
        Waiting(
            title="Read the answer of another area",
            href=_address("case_areas", one.case_id),
            reference=one.reference,
            pseudonym=one.pseudonym,
            told=f"answered by {one.area}",
        )
        for one in answers_to_read(acting)
    ]


SOURCES: tuple[Source, ...] = (incidents, referrals, failed_tellings, shared_with_us, answers_of_areas)


def waiting_for(acting: Membership) -> list[Waiting]:
    """All that waits for this capacity."""
    return [row for source in SOURCES for row in source(acting)]
