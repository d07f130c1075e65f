"""Reads about people and organisations."""

from datetime import date

from django.http import HttpRequest

from cspr.people.models import Body, BodyKind, Membership, Partner, Partnership
from cspr.permissions import Role

CHOSEN = "acting"


def capacities(user_id: object) -> list[Membership]:
    """The capacities a person may act in today, steadily ordered."""
    return list(
        Membership.objects.current()
        .filter(user_id=user_id)
        .select_related("user", "partnership", "agency", "body")
        .order_by("starts_on", "id")
    )


def acting_membership(request: HttpRequest) -> Membership | None:
    """The capacity chosen in this session, else the first one in force."""
    if not request.user.is_authenticated:
        return None
    chosen = request.session.get(CHOSEN)
    memberships = capacities(request.user.pk)
    return next(
        (one for one in memberships if str(one.pk) == chosen), memberships[0] if memberships else None
    )


def unit_of(partnership: Partnership) -> list[Membership]:
    """The business unit's people today."""
    return list(
        Membership.objects.current()
        .filter(partnership=partnership, role__in=[Role.OFFICER, Role.MANAGER])
        .select_related("user", "partnership")
    )


def managers_of(partnership: Partnership) -> list[Membership]:
    """The business unit's managers today."""
    return [one for one in unit_of(partnership) if one.role == Role.MANAGER]


def partners_of(partnership: Partnership, *, lead: bool = False) -> list[Membership]:
    """The delegated (or lead) safeguarding partners of a partnership today, in the order LA, ICB, police."""
    role = Role.LEAD_PARTNER if lead else Role.PARTNER
    people = (
        Membership.objects.current()
        .filter(partnership=partnership, role=role)
        .select_related("user", "partnership")
    )
    return sorted(people, key=lambda one: Partner.values.index(one.partner))


def body_in_force(kind: BodyKind, on: date) -> Body | None:
    """The body that holds an office on a date: a successor is a new row, not a new string."""
    return (
        Body.objects.filter(kind=kind, effective_from__lte=on)
        .exclude(effective_until__lt=on)
        .order_by("-effective_from")
        .first()
    )
