"""Where the board's rows come from: one source a kind of act, each a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import get_urlconf, reverse

from cspr.casework.board import Found, LongSource, Source, Wanted, When
from cspr.govuk.parts import Waiting
from cspr.people.models import Membership, Partner
from cspr.permissions import Permission, can
from notifications.options import ReferralStatus
from notifications.options.incident import IncidentStatus
from notifications.selectors import board as selectors
from notifications.selectors.board import OpenIncident, OwnReferral, Turns
from notifications.selectors.sharing import answers_to_read, shared_cases
from rapid_reviews.presenters import stage as rapid_review

NOWHERE = UUID(int=0)
TO_DO = {
    IncidentStatus.TRIAGE: ("Test the route and ask the partners", "incident"),
    IncidentStatus.NOTIFIABLE: ("Send the notification and record it", "notification"),
    IncidentStatus.NOT_NOTIFIABLE: ("Tell of the death and record it as sent", "notification"),
}


def incidents(acting: Membership, wanted: Wanted) -> Found:
    """What the incidents of one's cases wait for: the unit's step, a partner's view, the local authority's decision."""
    if not can(acting, Permission.SEE_CASES):
        return Found([])
    ranked = selectors.open_incidents(acting, _turns(acting), wanted.within, wanted.narrowed)
    hidden = {When(place): total - len(ranked.rows[place]) for place, total in ranked.totals.items()}
    return Found([_incident(one, acting) for rows in ranked.rows.values() for one in rows], hidden)


def _turns(acting: Membership) -> Turns:
    """Whose turn it is. Everybody watches for the partners' views, the local authority for the unit's steps too."""
    asked = {IncidentStatus.VIEWS_REQUESTED}
    if acting.is_unit:
        return Turns(own=TO_DO.keys(), watched=asked)
    if can(acting, Permission.DECIDE_NOTIFIABLE):
        return Turns(own=asked, watched=TO_DO.keys())
    if can(acting, Permission.GIVE_VIEW):
        return Turns(own=asked, watched=(), answered_for=acting.partner)
    return Turns(own=(), watched=asked)


def _incident(incident: OpenIncident, acting: Membership) -> Waiting:
    if incident.status == IncidentStatus.VIEWS_REQUESTED:
        return _question(incident, acting)
    title, page = TO_DO[IncidentStatus(incident.status)]
    if acting.is_unit:
        return _row(incident, title, page)
    return _row(incident, title, "case", told="Waiting for the business unit", for_others=True)


def _question(incident: OpenIncident, acting: Membership) -> Waiting:
    missing = [one for one in Partner if one not in incident.answered]
    if incident.is_own and acting.partner in missing:
        return _row(
            incident,
            "Give your view: is this a notifiable incident?",
            "incident_give_view",
            told=f"asked by {incident.asked_by}",
        )
    if incident.is_own:
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


def referrals(acting: Membership) -> Found:
    """An agency's drafts to finish, and its referrals that wait for the decision."""
    if not can(acting, Permission.MAKE_REFERRAL):
        return Found([])
    found = selectors.own_referrals(acting)
    totals = {one.status: one.total for one in found}
    shown = Counter(one.status for one in found)
    hidden = {
        When.LATER: totals.get(ReferralStatus.DRAFT, 0) - shown[ReferralStatus.DRAFT],
        When.OTHERS: totals.get(ReferralStatus.SUBMITTED, 0) - shown[ReferralStatus.SUBMITTED],
    }
    return Found([_referral(one) for one in found], hidden)


def _referral(one: OwnReferral) -> Waiting:
    if one.status == ReferralStatus.DRAFT:
        return Waiting(
            title="Finish the referral",
            href=_address("referral", one.id),
            reference="Draft",
            told=f"started by {one.started_by}",
        )
    return Waiting(
        title="The decision on your referral",
        href=_address("referral", one.id),
        reference=one.reference or "",
        told="Waiting for the partnership",
        for_others=True,
    )


def failed_tellings(acting: Membership) -> Found:
    """Recipients whom no mail reached: somebody has to tell them (C2)."""
    if not can(acting, Permission.TELL):
        return Found([])
    found = selectors.failed_tellings(acting)
    rows = [
        Waiting(
            title=f"Tell {one.recipient}: the mail did not go out",
            href=_address("case_told", one.case_id),
            reference=one.reference,
            pseudonym=one.pseudonym,
        )
        for one in found
    ]
    return Found(rows, {When.LATER: found[0].total - len(found)} if found else {})


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


SOURCES: tuple[Source, ...] = (
    referrals,
    failed_tellings,
    shared_with_us,
    answers_of_areas,
    rapid_review.waiting,
)
"""Each gives all its rows, or the first of them and how many it hides."""
LONG_SOURCES: tuple[LongSource, ...] = (incidents,)
"""Those with rows by the thousand: each is asked for what the board shows of it."""


def waiting_for(acting: Membership, wanted: Wanted) -> Found:
    """All that waits for this capacity, as far as it is asked for, and how much more there is."""
    found = [source(acting, wanted) for source in LONG_SOURCES]
    found += [_asked_for(source(acting), acting, wanted) for source in SOURCES]
    hidden: Counter[When] = Counter()
    for one in found:
        hidden.update(one.hidden)
    return Found([row for one in found for row in one], hidden)


def _asked_for(rows: Iterable[Waiting], acting: Membership, wanted: Wanted) -> Found:
    """Of these rows those of the cases asked for. What a source hides is not counted then: it may be another case's."""
    if not wanted.narrowed:
        return rows if isinstance(rows, Found) else Found(list(rows))
    given = list(rows)
    references = {one.reference for one in given}
    within = selectors.references_within(acting, references, wanted.narrowed) if given else set()
    return Found([one for one in given if one.reference in within])
