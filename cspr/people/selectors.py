"""Reads about people and organisations."""

from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from cspr.now import today
from cspr.people.models import (
    Agency,
    Body,
    BodyKind,
    Membership,
    MembershipQuerySet,
    Partner,
    Partnership,
    User,
)
from cspr.people.workflow import SEE_THE_PARTNERSHIP
from cspr.permissions import Permission, Role, can

CHOSEN = "acting"


def capacities(user_id: UUID) -> list[Membership]:
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


def panel_officers() -> list[Membership]:
    """Who acts today for a body that is the Panel today: whom ``cspr.cases.reach`` lets come to what was sent."""
    day = today()
    officers = Membership.objects.current().filter(
        role=Role.PANEL_OFFICER, body__kind=BodyKind.PANEL, body__effective_from__lte=day
    )
    in_force = officers.exclude(body__effective_until__lt=day)
    return list(in_force.select_related("user", "body").order_by("pk"))


def people_within(acting: Membership) -> MembershipQuerySet:
    """The roles a person manages: of their own partnership and of the agencies that serve it; all for an administrator.

    Ended roles included. A closed account is seen by an administrator only. A guest of a request has no account: the
    organisation serves no partnership here, and who they are belongs to the case.
    """
    every = Membership.objects.select_related("user", "partnership", "agency", "body")
    if acting.role == Role.ADMINISTRATOR:
        return every.exclude(agency__isnull=False, agency__partnerships__isnull=True)
    if acting.partnership_id is None:
        return every.none()
    serves = Agency.partnerships.through.objects.filter(
        partnership_id=acting.partnership_id, agency_id=OuterRef("agency_id")
    )
    return every.filter(Q(partnership_id=acting.partnership_id) | Exists(serves)).filter(user__is_active=True)


def reaches_beyond(user: User, acting: Membership) -> bool:
    """Whether a person holds a current role that ``acting`` does not manage."""
    own = people_within(acting).values("pk")
    return Membership.objects.current().filter(user=user).exclude(pk__in=own).exists()


def partnerships_within(acting: Membership) -> QuerySet[Partnership]:
    """Partnerships whose people somebody manages."""
    if acting.role == Role.ADMINISTRATOR:
        return Partnership.objects.all()
    own = [acting.partnership_id] if acting.partnership_id else []
    return Partnership.objects.filter(pk__in=own)


def agencies_within(acting: Membership) -> QuerySet[Agency]:
    """Agencies whose people somebody manages."""
    return Agency.objects.filter(partnerships__in=partnerships_within(acting)).distinct()


def still_sees(user: User, partnership: Partnership) -> bool:
    """Whether another role of the person, in force or to come, opens the partnership's cases."""
    roles = Membership.objects.filter(user=user, partnership=partnership, role__in=SEE_THE_PARTNERSHIP)
    return roles.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today()), ended_at__isnull=True).exists()


def people_listed(acting: Membership, *, words: str, role: str, ended: bool) -> MembershipQuerySet:
    """The people somebody manages, narrowed: in force and to come, or ended."""
    found = people_within(acting)
    over = Q(ended_at__isnull=False) | Q(ends_on__lt=today()) | Q(user__is_active=False)
    found = found.filter(over) if ended else found.exclude(over)
    if words:
        found = found.filter(Q(user__full_name__icontains=words) | Q(user__email__icontains=words))
    if role:
        found = found.filter(role=role)
    return found.order_by("user__full_name", "role", "pk")


def person_within(acting: Membership | None, membership_id: UUID) -> Membership | None:
    """One role somebody manages, or None."""
    if acting is None or not can(acting, Permission.MANAGE_PEOPLE):
        return None
    return people_within(acting).select_related("ended_by__user").filter(pk=membership_id).first()


def agency_within(acting: Membership | None, agency_id: UUID) -> Agency | None:
    """One agency whose people somebody manages, or None."""
    if acting is None or not can(acting, Permission.MANAGE_PEOPLE):
        return None
    return agencies_within(acting).filter(pk=agency_id).first()


def bodies() -> QuerySet[Body]:
    """The national bodies."""
    return Body.objects.order_by("kind", "-effective_from")


def panels() -> QuerySet[Body]:
    """The Panel, under each name it has had: whom a Panel officer acts for."""
    return bodies().filter(kind=BodyKind.PANEL)


def has_second_factor(user_id: UUID | None) -> bool:
    """Whether a person has set up a second factor, recovery codes alone not counting."""
    return (
        Authenticator.objects.filter(user_id=user_id).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    )
