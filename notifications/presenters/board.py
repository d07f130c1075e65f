"""This stage's rows of the board: whose turn an incident is, mail that reached nobody, answers of other areas."""

from collections.abc import Callable

from cspr.cases.waiting import Kinds, Row
from cspr.govuk.addresses import address
from cspr.govuk.parts import Waiting
from cspr.people.models import Membership, Partner
from cspr.permissions import Permission, can
from notifications.options.incident import IncidentStatus
from notifications.selectors import board as selectors
from notifications.selectors.board import Turns

TO_DO = {
    IncidentStatus.TRIAGE: ("Test the route and ask the partners", "incident"),
    IncidentStatus.NOTIFIABLE: ("Send the notification and record it", "notification"),
    IncidentStatus.NOT_NOTIFIABLE: ("Tell of the death and record it as sent", "notification"),
}


def kinds(acting: Membership) -> Kinds:
    """What of this stage waits for this capacity."""
    return selectors.kinds(acting, _turns(acting))


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


def _incident(row: Row, acting: Membership) -> Waiting:
    if row.facts["status"] == IncidentStatus.VIEWS_REQUESTED:
        return _question(row, acting)
    title, page = TO_DO[IncidentStatus(row.facts["status"])]
    if acting.is_unit:
        return row.waiting(title, page)
    return row.waiting(title, "case", told="Waiting for the business unit")


def _question(row: Row, acting: Membership) -> Waiting:
    missing = [one for one in Partner if one not in row.facts["answered"]]
    if row.for_others:
        waits = f"the {_named(missing)}" if missing else "the local authority's decision"
        return row.waiting("Is this a notifiable incident?", "incident", told=f"Waiting for {waits}")
    if acting.partner in missing:
        title = "Give your view: is this a notifiable incident?"
        return row.waiting(title, "incident_give_view", told=f"asked by {row.facts['asked_by']}")
    waits = f"still to answer: {_named(missing)}" if missing else "all three partners have answered"
    return row.waiting("Decide whether to notify", "incident_decide_notifiable", told=waits)


def _named(partners: list[Partner]) -> str:
    return " and the ".join(one.label for one in partners)


def _untold(row: Row, acting: Membership) -> Waiting:
    """Somebody has to tell whom no mail reached (C2)."""
    return row.waiting(f"Tell {row.facts['recipient']}: the mail did not go out", "case_told")


def _area_answer(row: Row, acting: Membership) -> Waiting:
    """An answer of another area that the unit has not read yet (rule 4.8)."""
    told = f"answered by {row.facts['area']}"
    return row.waiting("Read the answer of another area", "case_areas", told=told)


def _glass(row: Row, acting: Membership) -> Waiting:
    """Whoever broke the glass is asked why by somebody else, on the day; it stays until what was found is recorded."""
    return row.waiting("Look at why the glass was broken", "broken_glass", told=f"by {row.facts['name']}")


def _shared(row: Row, acting: Membership) -> Waiting:
    """What another area shares and the unit has not read yet (rule 4.8)."""
    return Waiting(
        title="Read what another area shares with you",
        href=address("shared_case", row.about),
        reference=row.reference,
        pseudonym=row.pseudonym,
        told=f"shared by {row.facts['by']}",
    )


ROWS: dict[str, Callable[[Row, Membership], Waiting]] = {
    "incident": _incident,
    "untold": _untold,
    "area_answer": _area_answer,
    "glass": _glass,
    "shared": _shared,
}
"""How the row of each kind reads."""
