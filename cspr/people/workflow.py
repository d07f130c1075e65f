"""Who may give which role to whom (roles.md). Pure: facts come in, a sentence that refuses comes out."""

from collections.abc import Iterable
from datetime import date

from cspr.permissions import Role

AGENCY_ROLES = frozenset({Role.REFERRER, Role.AGENCY_LEAD, Role.CONTRIBUTOR})
STAFF_ROLES = frozenset({Role.OFFICER, Role.MANAGER, Role.PARTNER, Role.LEAD_PARTNER, Role.SCRUTINEER})
"""Roles in a partnership: one person holds them in one partnership only at a time (roles.md)."""
PARTNER_ROLES = frozenset({Role.PARTNER, Role.LEAD_PARTNER})
A_MANAGER_GIVES = AGENCY_ROLES | STAFF_ROLES | {Role.REVIEWER}
SEE_THE_PARTNERSHIP = frozenset({Role.OFFICER, Role.MANAGER, Role.PARTNER, Role.SCRUTINEER})
"""Roles that open every case of the partnership. A lead partner sees a case once it is escalated (roles.md)."""

NOT_NOW = "This person cannot be given this role now. Ask a system administrator."
NOT_YOURSELF = "Nobody gives, changes or ends a role of their own. Ask somebody else who manages people."
NOT_A_MANAGERS = "This role is given by a system administrator."


def roles_to_give(role: Role) -> tuple[Role, ...]:
    """The roles that somebody in ``role`` gives, in the order of roles.md."""
    if role == Role.ADMINISTRATOR:
        return tuple(Role)
    return tuple(one for one in Role if one in A_MANAGER_GIVES) if role == Role.MANAGER else ()


def overlap(starts: date, ends: date | None, other_starts: date, other_ends: date | None) -> bool:
    """Whether two periods of London days share a day; an end of None is open."""
    return (ends is None or other_starts <= ends) and (other_ends is None or starts <= other_ends)


def clash(role: Role, partnership_id: object, held: Iterable[tuple[Role, object]]) -> str | None:
    """What stands against a role beside those held in the same days, as (role, partnership): a sentence or None."""
    for other, of_partnership in held:
        if (role == Role.ADMINISTRATOR) != (other == Role.ADMINISTRATOR):
            return "A system administrator sees no case content, so they hold no other role."
        if role in STAFF_ROLES and other in STAFF_ROLES and of_partnership != partnership_id:
            return "This person holds a role in another partnership in these days. End that one first."
    return None


def wrong_period(starts: date, ends: date | None, on: date) -> dict[str, str]:
    """What is wrong with a role's first and last day, by field."""
    if starts < on:
        return {"starts_on": "The first day must be today or in the future"}
    if ends is not None and ends < starts:
        return {"ends_on": "The last day must be the same as or after the first day"}
    return {}
